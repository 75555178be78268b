import { finite, number } from "./operators";
import { Table } from "./table";
import { ExpressionError, toBool, toNumber, toText, typeName, Value } from "./value";

/** Functions on numbers, and conversions. */
export const numberFunctions: Table = [
  ["max", (args) => extreme(args, Math.max)],
  ["min", (args) => extreme(args, Math.min)],
  ["floor", ([of]) => Math.floor(number(of!))],
  ["ceil", ([of]) => Math.ceil(number(of!))],
  ["abs", ([of]) => Math.abs(number(of!))],
  ["signum", ([of]) => Math.sign(number(of!))],
  ["pow", ([base, power]) => finite(number(base!) ** number(power!))],
  ["parseint", ([of, base]) => parse(toText(of!) ?? "", number(base!))],
  ["tonumber", ([of]) => converted(of!, toNumber(of!), "a number")],
  ["tobool", ([of]) => converted(of!, toBool(of!), "a bool")],
  ["tostring", ([of]) => converted(of!, toText(of!), "a string")],
];

function extreme(args: readonly Value[], of: (...numbers: number[]) => number): Value {
  if (args.length === 0) throw new ExpressionError("there is nothing to compare");
  return args.map(number).reduce((a, b) => of(a, b));
}

function parse(text: string, base: number): Value {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  if (!Number.isInteger(base) || base < 2 || base > 36) throw new ExpressionError(`parseint: no base ${base}`);
  const valid = /^-?[0-9a-z]+$/i.test(text) && [...text.replace("-", "").toLowerCase()].every((digit) => digits.includes(digit));
  if (!valid) throw new ExpressionError("parseint: the text is no number of that base");
  return finite(parseInt(text, base));
}

function converted(from: Value, to: Value | undefined, wanted: string): Value {
  if (from === null) return null;
  if (to === undefined) throw new ExpressionError(`${typeName(from)} is not ${wanted}`);
  return to;
}
