import * as arithmetic from "./arithmetic";
import { Numeric } from "./arithmetic";
import { BigFloat } from "./big-float";
import { number } from "./operators";
import { Table } from "./table";
import { convert } from "./types/convert";
import { ExpressionError, toText, Unknown, Value } from "./value";

/** Functions on numbers, and conversions. */
export const numberFunctions: Table = [
  ["max", (args) => extreme(args, 1)],
  ["min", (args) => extreme(args, -1)],
  ["floor", ([of]) => arithmetic.floor(number(of!))],
  ["ceil", ([of]) => arithmetic.ceil(number(of!))],
  ["abs", ([of]) => absolute(number(of!))],
  ["signum", ([of]) => Math.sign(whole(of!))],
  ["pow", ([base, power]) => double(float(base!) ** float(power!))],
  ["log", ([of, base]) => double(Math.log(float(of!)) / Math.log(float(base!)))],
  ["parseint", ([of, base]) => parse(toText(of!) ?? "", whole(base!))],
  ["tonumber", ([of], work) => convert(of!, "number", work)],
  ["tobool", ([of], work) => convert(of!, "bool", work)],
  ["tostring", ([of], work) => convert(of!, "string", work)],
];

function extreme(args: readonly Value[], wanted: 1 | -1): Value {
  const [first, ...more] = args.map(number);
  if (first === undefined) throw new ExpressionError("there is nothing to compare");
  return more.reduce((best, each) => (arithmetic.compare(each, best) === wanted ? each : best), first);
}

function absolute(of: Numeric): Numeric {
  return arithmetic.compare(of, 0) < 0 ? arithmetic.negate(of) : typeof of === "number" ? Math.abs(of) : of;
}

function parse(text: string, base: number): Value {
  if (base < 2 || base > 62) throw new ExpressionError(`parseint: no base ${base}`);
  if (base > 36) return new Unknown(`\${parseint(…)} (to the base ${base})`);
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  const [, sign, size = ""] = /^([-+]?)([0-9a-z]+)$/i.exec(text) ?? [];
  const places = [...size.toLowerCase()].map((digit) => digits.indexOf(digit));
  if (sign === undefined || places.includes(-1)) throw new ExpressionError("parseint: the text is no number of that base");
  if (size.length > MAX_DIGITS) return new Unknown("a number that is too large to be followed");
  const value = places.reduce((sum, digit) => sum * BigInt(base) + BigInt(digit), 0n);
  return BigFloat.rounded(sign === "-" ? -value : value, 0).simplest();
}

const MAX_DIGITS = 300;

/** What Terraform calculates with doubles, too. */
function double(of: number): Value {
  if (Number.isNaN(of)) throw new ExpressionError("there is no such number");
  // Beyond, the text of a double is not what Terraform calculates on with.
  return Math.abs(of) <= Number.MAX_SAFE_INTEGER ? of : new Unknown("a number of more digits than are followed");
}

function float(of: Value): number {
  const value = number(of);
  return typeof value === "number" ? value : Number(value.text());
}

function whole(of: Value): number {
  const value = number(of);
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new ExpressionError(`${toText(value)} is no whole number`);
}
