import { BigFloat } from "./big-float";
import { Numeric } from "./arithmetic";
import { ExpressionError, isList, isMap, toBool, toNumeric, toText, typeName, Unknown, Value, whyUnknown } from "./value";
import { checkSize, MAX_TEXT } from "./work";

const VERB = /%(?:(%)|([-0+ #]*)(?:\[(\d{1,4})\])?(\d*)(?:\.(\d*))?(?:\[(\d{1,4})\])?([a-zA-Z])|)/g;
const MAX_WIDTH = 1000;

/** A verb of a pattern with what stands between it and its sign. */
interface Verb {
  readonly letter: string;
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
}

/** How lists and maps are written by %v: as JSON. */
export type Encoder = (value: Value) => string | Unknown;

/** Terraform's `format` for what people use of it; another verb makes the text unknown. */
export function formatText(pattern: string, args: readonly Value[], encode: Encoder): Value {
  let next = 0;
  let most = 0;
  let isPlaced = false;
  let problem: Unknown | undefined;
  const text = pattern.replace(VERB, (whole, ...groups: (string | undefined)[]) => {
    const [percent, flags = "", first, width = "", precision, second, letter] = groups;
    if (percent !== undefined) return "%";
    if (letter === undefined) throw new ExpressionError(`format: there is no verb ${whole}`);
    const place = first ?? second;
    isPlaced ||= place !== undefined;
    const at = place === undefined ? next : Number(place) - 1;
    next = at + 1;
    most = Math.max(most, next);
    const arg = args[at];
    if (arg === undefined) throw new ExpressionError("format: there are fewer arguments than verbs");
    const formatted = verbText({ letter, flags, width, precision }, arg, encode);
    if (formatted instanceof Unknown) problem ??= formatted;
    return formatted instanceof Unknown ? "" : pad(formatted, flags, Number(width));
  });
  if (!isPlaced && most < args.length) throw new ExpressionError("format: there are more arguments than verbs");
  checkSize(text.length, MAX_TEXT);
  return problem ?? text;
}

function verbText(verb: Verb, arg: Value, encode: Encoder): string | Unknown {
  const why = whyUnknown(arg);
  if (why !== undefined) return new Unknown(why);
  const { letter, flags, precision } = verb;
  if (flags.includes("#")) return new Unknown(`\${format(…)} (with %#${letter})`);
  // A null is written in ways of its own.
  if (arg === null) return new Unknown(`\${format(…)} (of null)`);
  switch (letter) {
    case "v":
      return isList(arg) || isMap(arg) ? encode(arg) : typeof arg === "number" || arg instanceof BigFloat ? general(arg) : toText(arg)!;
    case "s":
      return cut(toText(arg) ?? wrong(letter, arg), precision);
    case "q":
      return quotedText(toText(arg) ?? wrong(letter, arg));
    case "t":
      return String(toBool(arg) ?? wrong(letter, arg));
    case "d":
      return whole(letter, arg).toString();
    case "b":
      return whole(letter, arg).toString(2);
    case "o":
      return whole(letter, arg).toString(8);
    case "x":
      return whole(letter, arg).toString(16);
    case "X":
      return whole(letter, arg).toString(16).toUpperCase();
    case "g":
      return precision === undefined ? general(numeric(letter, arg)) : new Unknown("${format(…)} (with %.g)");
    case "f":
      return fixed(numeric(letter, arg), precision);
    default:
      return new Unknown(`\${format(…)} (with %${letter})`);
  }
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : [...text].slice(0, Number(precision)).join("");
}

/** As Go quotes: letters beyond ASCII that can be printed stay, what can't is rare and not followed. */
function quotedText(text: string): string | Unknown {
  return /^[\t\n\r\x20-\x7e\u00a1-\u024f]*$/.test(text) ? JSON.stringify(text) : new Unknown("${format(…)} (with %q)");
}

function fixed(of: Numeric, precision: string | undefined): string {
  const digits = precision === undefined ? 6 : Number(precision);
  checkSize(digits, MAX_WIDTH);
  return (typeof of === "number" ? BigFloat.of(of) : of).fixed(digits);
}

/** With an exponent for a million and above, as Go's `%g` has it. */
function general(of: Numeric): string {
  const text = toText(of)!;
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  const digits = (whole + fraction).replace(/^0+/, "");
  const exponent = digits.length - fraction.length - 1;
  if (digits === "" || (exponent >= -4 && exponent < 6)) return text;
  const [first, more] = [digits.slice(0, 1), digits.slice(1).replace(/0+$/, "")];
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${sign}${first}${more === "" ? "" : `.${more}`}e${exponent < 0 ? "-" : "+"}${power}`;
}

function pad(text: string, flags: string, width: number): string {
  checkSize(width, MAX_WIDTH);
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const signed = sign !== "" && /^\d/.test(text) ? sign + text : text;
  const missing = Math.max(0, width - [...signed].length);
  if (flags.includes("-")) return signed + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + signed;
  const before = /^[-+ ]?/.exec(signed)![0];
  return before + "0".repeat(missing) + signed.slice(before.length);
}

function numeric(letter: string, value: Value): Numeric {
  return toNumeric(value) ?? wrong(letter, value);
}

function whole(letter: string, value: Value): bigint {
  const of = numeric(letter, value);
  const float = typeof of === "number" ? BigFloat.of(of) : of;
  return float.isWhole ? float.truncated() : wrong(letter, value);
}

function wrong(letter: string, value: Value): never {
  throw new ExpressionError(`format: ${typeName(value)} does not fit %${letter}`);
}
