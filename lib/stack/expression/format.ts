import { ExpressionError, toNumber, toText, typeName, Unknown, Value, whyUnknown } from "./value";
import { checkSize, MAX_TEXT } from "./work";

const VERB = /%(?:(%)|([-0+ ]*)(\d*)(?:\.(\d+))?([a-zA-Z#]))/g;
const MAX_WIDTH = 1000;

/** Terraform's `format` for the verbs s, v, d, q, x, X and f; another verb makes the text unknown. */
export function formatText(pattern: string, args: readonly Value[]): Value {
  let used = 0;
  let problem: Unknown | undefined;
  const text = pattern.replace(VERB, (...groups: (string | undefined)[]) => {
    const [, percent, flags = "", width = "", precision, verb = ""] = groups;
    if (percent !== undefined) return "%";
    if (used >= args.length) throw new ExpressionError("format: there are fewer arguments than verbs");
    const arg = args[used++]!;
    const why = whyUnknown(arg);
    const formatted = why === undefined ? verbText(verb, arg, precision) : new Unknown(why);
    if (formatted instanceof Unknown) problem ??= formatted;
    return formatted instanceof Unknown ? "" : pad(formatted, flags, Number(width));
  });
  checkSize(text.length, MAX_TEXT);
  return problem ?? text;
}

function verbText(verb: string, arg: Value, precision: string | undefined): string | Unknown {
  switch (verb) {
    case "s":
    case "v":
      return toText(arg) ?? new Unknown(`\${format(…)} (of ${typeName(arg)})`);
    case "q":
      return JSON.stringify(toText(arg) ?? "");
    case "d":
      return String(Math.trunc(numeric(arg)));
    case "x":
      return numeric(arg).toString(16);
    case "X":
      return numeric(arg).toString(16).toUpperCase();
    case "f":
      return numeric(arg).toFixed(Math.min(Number(precision ?? 6), 100));
    default:
      return new Unknown(`\${format(…)} (with %${verb})`);
  }
}

function pad(text: string, flags: string, width: number): string {
  checkSize(width, MAX_WIDTH);
  const signed = flags.includes("+") && /^\d/.test(text) ? `+${text}` : text;
  if (flags.includes("-")) return signed.padEnd(width);
  if (!flags.includes("0")) return signed.padStart(width);
  const sign = /^[-+]/.exec(signed)?.[0] ?? "";
  return sign + signed.slice(sign.length).padStart(width - sign.length, "0");
}

function numeric(value: Value): number {
  const number = toNumber(value);
  if (number === undefined) throw new ExpressionError(`format: ${typeName(value)} is no number`);
  return number;
}
