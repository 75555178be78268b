import { sortedEntries } from "../collections";
import { Table } from "../table";
import { isList, isMap, toNumeric, toText, Unknown, Value, whyUnknown } from "../value";
import { checkSize, MAX_TEXT, Work } from "../work";
import { fail, textOf } from "./arguments";

/** Functions between values and JSON. */
export const jsonFunctions: Table = [
  ["jsonencode", ([of], work) => encodeJson(of!, work)],
  ["jsondecode", ([of], work) => decode(textOf(of), work)],
];

/** A value as Terraform writes it in JSON; unknown where a part of it is. */
export function encodeJson(value: Value, work: Work): string | Unknown {
  const why = whyUnknown(value);
  if (why !== undefined) return new Unknown(why);
  return work.deeper(() => {
    if (isList(value)) {
      const items = value.map((item) => encodeJson(item, work));
      return enclose("[", items, "]");
    }
    if (!isMap(value)) return typeof value === "string" ? quotedText(value) : (toText(value) ?? "null");
    const members = sortedEntries(value).map(([key, item]) => prefixed(`${quotedText(key)}:`, encodeJson(item, work)));
    return enclose("{", members, "}");
  });
}

/** As Go does, so that the text is safe in HTML and JavaScript. */
function quotedText(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function enclose(open: string, parts: readonly (string | Unknown)[], close: string): string | Unknown {
  const texts: string[] = [];
  let length = 2;
  for (const part of parts) {
    if (part instanceof Unknown) return part;
    checkSize((length += part.length + 1), MAX_TEXT);
    texts.push(part);
  }
  return `${open}${texts.join(",")}${close}`;
}

function prefixed(prefix: string, value: string | Unknown): string | Unknown {
  return typeof value === "string" ? prefix + value : value;
}

/** A letter of Unicode's private range before a number that JavaScript may not hold: JSON.parse leaves it alone in a text. */
const NUMBER = "\ue000";
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
/** What JavaScript holds for certain. */
const SHORT = /^-?\d{1,15}$/;

function decode(text: string, work: Work): Value {
  work.spend(text.length >> 4);
  if (text.includes(NUMBER)) return new Unknown("${jsondecode(…)} (of a text with private letters)");
  const marked = text.replace(STRING_OR_NUMBER, (part) => {
    if (part.startsWith('"') || SHORT.test(part)) return part;
    // What is no number stays where it is, for JSON.parse to refuse.
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(part) ? `"${NUMBER}${part}"` : part;
  });
  return valueOf(parsed(marked), work);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("jsondecode: the text is no JSON");
  }
}

function valueOf(data: unknown, work: Work): Value {
  if (typeof data === "string")
    return data.startsWith(NUMBER)
      ? (toNumeric(data.slice(1)) ?? new Unknown("${jsondecode(…)} (of a very long number)"))
      : data.normalize();
  if (typeof data !== "object" || data === null) return data as boolean | number | null;
  return work.deeper(() => {
    if (Array.isArray(data)) return data.map((item) => valueOf(item, work));
    return new Map(Object.entries(data).map(([key, item]) => [key.normalize(), valueOf(item, work)]));
  });
}
