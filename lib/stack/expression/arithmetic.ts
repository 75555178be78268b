import { BigFloat } from "./big-float";
import { ExpressionError, Unknown } from "./value";

/**
 * A number of Terraform: a JavaScript number for what its shortest text spells, and a BigFloat for what none spells. What has more
 * bits than are followed is unknown.
 */
export type Numeric = number | BigFloat;
type Result = Numeric | Unknown;

/** Exponents of a result: far beyond any amount, and small enough to shift by. */
const MAX_EXPONENT = 20_000;

export function add(a: Numeric, b: Numeric): Result {
  return exactly(a, b, (x, y) => x + y) ?? result(float(a).plus(float(b)));
}

export function subtract(a: Numeric, b: Numeric): Result {
  return exactly(a, b, (x, y) => x - y) ?? result(float(a).minus(float(b)));
}

export function multiply(a: Numeric, b: Numeric): Result {
  return exactly(a, b, (x, y) => x * y) ?? result(float(a).times(float(b)));
}

/** Throws ExpressionError for zero by zero. */
export function divide(a: Numeric, b: Numeric): Result {
  if (b === 0) return a === 0 ? fail("zero can't be divided by zero") : new Unknown("an infinite number");
  return exactly(a, b, (x, y) => (x % y === 0 ? x / y : NaN)) ?? result(float(a).over(float(b)));
}

/** What is left has the sign of `a`; a remainder by zero is `a`, as cty has it. */
export function remainder(a: Numeric, b: Numeric): Result {
  if (b === 0) return a;
  // The sum turns -0 into 0.
  return exactly(a, b, (x, y) => (x % y) + 0) ?? result(float(a).remainder(float(b)));
}

export function compare(a: Numeric, b: Numeric): number {
  // The texts of two doubles are in the order of the doubles.
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  return float(a).compare(float(b));
}

export function negate(of: Numeric): Numeric {
  return typeof of === "number" ? -of : of.negated();
}

export function floor(of: Numeric): Numeric {
  return typeof of === "number" ? Math.floor(of) : whole(of.floor());
}

export function ceil(of: Numeric): Numeric {
  return typeof of === "number" ? Math.ceil(of) + 0 : whole(-of.negated().floor());
}

function whole(of: bigint): Numeric {
  return BigFloat.rounded(of, 0).simplest();
}

/** Where whole numbers that a double holds make another: it is exact, and what nearly all calculations are. */
function exactly(a: Numeric, b: Numeric, calculate: (a: number, b: number) => number): number | undefined {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return undefined;
  const made = calculate(a as number, b as number);
  return Number.isSafeInteger(made) ? made : undefined;
}

function float(of: Numeric): BigFloat {
  return typeof of === "number" ? BigFloat.of(of) : of;
}

function result(of: BigFloat): Result {
  return Math.abs(of.exponent) > MAX_EXPONENT ? new Unknown("a number that is too large to be followed") : of.simplest();
}

function fail(message: string): never {
  throw new ExpressionError(message);
}
