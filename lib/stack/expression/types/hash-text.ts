import { isList, isMap, ListOf, MapOf, toText, Value, whyUnknown } from "../value";
import { compareTexts } from "../order";

/** What cty orders lists, tuples, maps and objects in a set by: `makeSetHashBytes` of its `set_internals.go`. */
export function hashText(value: Value): string {
  if (whyUnknown(value) !== undefined) return "?";
  if (value === null) return "~";
  if (typeof value === "boolean") return value ? "T" : "F";
  if (typeof value === "string") return JSON.stringify(value);
  if (isList(value)) {
    const inside = value.map((each) => `${hashText(each)};`).join("");
    return value instanceof ListOf ? `[${inside}]` : `<${inside}>`;
  }
  if (!isMap(value)) return numberText(Number(toText(value)));
  const entries = [...value].sort(([a], [b]) => compareTexts(a, b));
  if (!(value instanceof MapOf)) return `<${entries.map(([, each]) => `${hashText(each)};`).join("")}>`;
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${hashText(each)};`).join("")}}`;
}

/** Go's `%.10g`. */
function numberText(of: number): string {
  const [digits = "", power = "0"] = of
    .toExponential(9)
    .replace(/\.?0+e/, "e")
    .split("e");
  const exponent = Number(power);
  const count = digits.replace(/[-.]/g, "").length;
  const most = count < 10 && count > exponent ? count : 10;
  if (exponent >= -4 && exponent < most) return String(Number(of.toPrecision(10)));
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
