import { BigFloat } from "./big-float";
import { list, sortedEntries } from "./collections";
import { formatText } from "./format";
import { Table } from "./table";
import { ExpressionError, isList, isMap, toText, typeName, Unknown, Value, whyUnknown } from "./value";
import { checkSize, MAX_TEXT, Work } from "./work";

/** Functions on texts. */
export const textFunctions: Table = [
  [
    "join",
    ([separator, ...lists], work) =>
      join(
        text(separator),
        lists.flatMap((each) => list(each)),
        work,
      ),
  ],
  ["split", ([separator, of]) => text(of).split(text(separator))],
  ["format", ([pattern, ...args], work) => formatText(text(pattern), args, (value) => encode(value, work))],
  ["formatlist", ([pattern, ...args], work) => formatList(text(pattern), args, work)],
  ["upper", ([of]) => text(of).toUpperCase()],
  ["lower", ([of]) => text(of).toLowerCase()],
  ["title", ([of]) => text(of).replace(/(^|\s)(\p{L})/gu, (_, space: string, letter: string) => space + letter.toUpperCase())],
  ["trimspace", ([of]) => text(of).trim()],
  ["trimprefix", ([of, prefix]) => (text(of).startsWith(text(prefix)) ? text(of).slice(text(prefix).length) : text(of))],
  ["trimsuffix", ([of, suffix]) => (text(of).endsWith(text(suffix)) ? text(of).slice(0, text(of).length - text(suffix).length) : text(of))],
  ["startswith", ([of, prefix]) => text(of).startsWith(text(prefix))],
  ["endswith", ([of, suffix]) => text(of).endsWith(text(suffix))],
  ["strcontains", ([of, part]) => text(of).includes(text(part))],
  ["replace", ([of, part, by]) => replace(text(of), text(part), text(by))],
  ["substr", ([of, offset, length]) => substring(text(of), Number(text(offset)), Number(text(length)))],
  ["strrev", ([of]) => [...text(of)].reverse().join("")],
  ["base64encode", ([of]) => Buffer.from(text(of), "utf8").toString("base64")],
  ["jsonencode", ([of], work) => encode(of!, work)],
  ["nonsensitive", ([of]) => of!],
];

function join(separator: string, items: readonly Value[], work: Work): Value {
  const why = items.map((item) => whyUnknown(item)).find((each) => each !== undefined);
  if (why !== undefined) return new Unknown(why);
  const texts = items.map(text);
  checkSize(
    texts.reduce((sum, each) => sum + each.length + separator.length, 0),
    MAX_TEXT,
  );
  work.spend(items.length);
  return texts.join(separator);
}

function formatList(pattern: string, args: readonly Value[], work: Work): Value {
  const length = args.reduce<number>((most, arg) => (isList(arg) ? Math.max(most, arg.length) : most), 0);
  return Array.from({ length }, (_, at) =>
    formatText(
      pattern,
      args.map((arg) => (isList(arg) ? (arg[at] ?? null) : arg)),
      (value) => encode(value, work),
    ),
  );
}

/** Between slashes the part is a regular expression, which a file from outside must not be able to run. */
function replace(of: string, part: string, by: string): Value {
  if (part.length > 1 && part.startsWith("/") && part.endsWith("/")) return new Unknown("${replace(…)} (with a regular expression)");
  const pieces = of.split(part);
  checkSize(of.length + pieces.length * by.length, MAX_TEXT);
  return pieces.join(by);
}

function substring(of: string, offset: number, length: number): Value {
  if (!Number.isInteger(offset) || !Number.isInteger(length)) throw new ExpressionError("substr: no whole number");
  const characters = [...of];
  const from = offset < 0 ? Math.max(0, characters.length + offset) : offset;
  return characters.slice(from, length < 0 ? undefined : from + length).join("");
}

function encode(value: Value, work: Work): string | Unknown {
  const why = whyUnknown(value);
  if (why !== undefined) return new Unknown(why);
  return work.deeper(() => {
    if (isList(value))
      return enclose(
        "[",
        value.map((item) => encode(item, work)),
        "]",
      );
    if (!isMap(value)) return safeJson(value);
    return enclose(
      "{",
      sortedEntries(value).map(([key, item]) => prefixed(`${safeJson(key)}:`, encode(item, work))),
      "}",
    );
  });
}

/** As Go does, so that the text is safe in HTML. */
function safeJson(value: Value): string {
  if (typeof value === "number" || value instanceof BigFloat) return toText(value)!;
  return JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
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

function text(value: Value | undefined): string {
  const result = toText(value ?? null);
  if (result === undefined) throw new ExpressionError(`${typeName(value ?? null)} is no text`);
  return result;
}
