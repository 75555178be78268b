/** ANSI escape sequences: CSI with its parameters, OSC with its text, and the two-character ones. */
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -~]?/g;
/** Control and formatting characters, among them those that reorder or hide text; and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const MARK = "\ufffd";
const SPACES = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu;
/** Nothing in it to take out, which is what nearly every text is. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Foreign text for one line of a terminal or a log: nothing in it can move the cursor, colour, hide, reorder or break the line.
 * What is taken out leaves a mark, so that two names which differ don't look the same.
 */
export function clean(text: string): string {
  return PRINTABLE_ASCII.test(text) ? text : text.replace(ESCAPES, MARK).replace(SPACES, " ").replace(INVISIBLE, MARK);
}

/** The same for a text that may have several lines. */
export function cleanLines(text: string): string {
  return text.split(/\r?\n/).map(clean).join("\n");
}

/** Plain data with every text in it cleaned, as a copy where it has to be; texts under `multiline` keys keep their lines. */
export function cleanData<T>(data: T, multiline: readonly string[]): T {
  return isClean(data, "", multiline) ? data : (cleanValue(data, "", multiline) as T);
}

function isClean(value: unknown, key: string, multiline: readonly string[]): boolean {
  if (typeof value === "string") return cleanText(value, key, multiline) === value;
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isClean(item, "", multiline));
  return Object.keys(value).every((name) => isClean((value as Record<string, unknown>)[name], name, multiline));
}

function cleanText(text: string, key: string, multiline: readonly string[]): string {
  return multiline.includes(key) ? cleanLines(text) : clean(text);
}

function cleanValue(value: unknown, key: string, multiline: readonly string[]): unknown {
  if (typeof value === "string") return cleanText(value, key, multiline);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, "", multiline));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cleanValue(part, name, multiline)]));
}

/**
 * A text about to be printed, so that no part of it is a command to the system whose log it ends up in: GitHub takes lines that
 * begin with `::`, and it, Azure and TeamCity take `##[`, `##vso[` and `##teamcity[` wherever they stand.
 */
export function withoutCommands(text: string): string {
  return text.replace(/##(?=\w*\[)/g, "# #").replace(/^(\s*):(?=:)/gm, "$1: ");
}

/** Characters that JSON leaves as they are, but that a terminal, a log or a reader's eye may act upon. */
const ACTIVE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What begins a command to a CI system wherever it stands in a line; `::` does so at the start only, where JSON has none. */
const COMMAND = /#(?=#\w*\[)/g;

/** JSON that says the same, with everything escaped that a terminal or a CI system would act upon. */
export function escapeJson(text: string): string {
  return text.replace(ACTIVE, escaped).replace(COMMAND, escaped);
}

/** UTF-16 code units, as JSON spells what is beyond the basic plane. */
function escaped(character: string): string {
  return [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}
