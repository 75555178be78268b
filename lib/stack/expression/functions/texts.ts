import { formatText } from "../format";
import { graphemes } from "../graphemes";
import { Table } from "../table";
import { isList, ListOf, Value } from "../value";
import { checkSize, MAX_TEXT, Work } from "../work";
import { fail, elementsOf, textOf, whenKnown, wholeNumberOf } from "./arguments";
import { encodeJson } from "./json";

/** Functions on texts. */
export const textFunctions: Table = [
  [
    "join",
    ([separator, ...lists], work) => join(textOf(separator), lists.length > 0 ? lists.flatMap(elementsOf) : fail("join: no list"), work),
  ],
  ["split", ([separator, of]) => split(textOf(of), textOf(separator))],
  ["format", ([pattern, ...args], work) => formatText(textOf(pattern), args, (value) => encodeJson(value, work))],
  ["formatlist", ([pattern, ...args], work) => formatList(textOf(pattern), args, work)],
  ["upper", ([of]) => eachLetter(textOf(of), upper)],
  ["lower", ([of]) => eachLetter(textOf(of), lower)],
  ["title", ([of]) => title(textOf(of))],
  ["trim", ([of, letters]) => trim(textOf(of), (letter) => textOf(letters).includes(letter))],
  ["trimspace", ([of]) => trim(textOf(of), isSpace)],
  ["trimprefix", ([of, prefix]) => (textOf(of).startsWith(textOf(prefix)) ? textOf(of).slice(textOf(prefix).length) : textOf(of))],
  ["trimsuffix", ([of, suffix]) => trimSuffix(textOf(of), textOf(suffix))],
  ["startswith", ([of, prefix]) => textOf(of).startsWith(textOf(prefix))],
  ["endswith", ([of, suffix]) => textOf(of).endsWith(textOf(suffix))],
  ["strcontains", ([of, part]) => textOf(of).includes(textOf(part))],
  ["substr", ([of, offset, length]) => substring(textOf(of), wholeNumberOf(offset), wholeNumberOf(length))],
  ["strrev", ([of]) => [...graphemes(textOf(of))].reverse().join("")],
  ["chomp", ([of]) => chomp(textOf(of))],
  ["indent", ([spaces, of]) => indent(textOf(of), wholeNumberOf(spaces))],
];

function join(separator: string, items: readonly Value[], work: Work): Value {
  return whenKnown(items, () => {
    const texts = items.map(textOf);
    checkSize(
      texts.reduce((sum, each) => sum + each.length + separator.length, 0),
      MAX_TEXT,
    );
    work.spend(items.length);
    return texts.join(separator);
  });
}

function split(of: string, separator: string): Value {
  return new ListOf("string", separator === "" ? [...of] : of.split(separator));
}

function formatList(pattern: string, args: readonly Value[], work: Work): Value {
  const lengths = new Set(args.flatMap((arg) => (isList(arg) ? [arg.length] : [])));
  const [length = 1, another] = lengths;
  if (another !== undefined) fail("formatlist: the lists are not of one length");
  const texts = Array.from({ length }, (_, at) =>
    formatText(
      pattern,
      args.map((arg) => (isList(arg) ? arg[at]! : arg)),
      (value) => encodeJson(value, work),
    ),
  );
  return new ListOf("string", texts);
}

/** As Go does it: each letter for itself, to one other letter. */
function eachLetter(of: string, change: (letter: string) => string): string {
  return of.replace(/[^]/gu, change);
}

function upper(letter: string): string {
  const changed = letter.toUpperCase();
  return [...changed].length === 1 ? changed : letter;
}

function lower(letter: string): string {
  return letter === "İ" ? "i" : letter.toLowerCase();
}

/** A word begins after anything but letters, digits and underscores; beyond ASCII, after a space. */
function title(of: string): string {
  return of.replace(/(?<![\w\u{80}-\u{10ffff}])[^]|(?<=\p{White_Space})[^]/gu, upper);
}

/** Without what both ends have of some letters. */
function trim(of: string, isLeftOut: (letter: string) => boolean): string {
  const letters = [...of];
  let from = 0;
  let to = letters.length;
  while (from < to && isLeftOut(letters[from]!)) from++;
  while (to > from && isLeftOut(letters[to - 1]!)) to--;
  return letters.slice(from, to).join("");
}

function isSpace(letter: string): boolean {
  return /\p{White_Space}/u.test(letter);
}

function trimSuffix(of: string, suffix: string): string {
  return of.endsWith(suffix) ? of.slice(0, of.length - suffix.length) : of;
}

function substring(of: string, offset: number, length: number): Value {
  if (offset >= 0 && length === 0) return "";
  const letters = graphemes(of);
  const from = offset < 0 ? Math.max(0, letters.length + offset) : offset;
  // A length of nothing from the end is, in Terraform, all that there is.
  return letters.slice(from, length <= 0 ? undefined : from + length).join("");
}

function chomp(of: string): string {
  let end = of.length;
  while (of[end - 1] === "\n" || of[end - 1] === "\r") end--;
  return of.slice(0, end);
}

function indent(of: string, spaces: number): string {
  if (spaces < 0) fail(`indent: ${spaces} is no number of spaces`);
  checkSize(of.length + (of.split("\n").length - 1) * spaces, MAX_TEXT);
  return of.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}
