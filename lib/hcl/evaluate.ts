import { HclValue } from "./template";

/** An expression that is no HCL. */
export const INVALID = Symbol("invalid");

/** An expression that is too long, or stands after too many others, to be read in seconds. */
export const TOO_LONG = Symbol("too long");

/** hcl2-parser takes time in proportion to the square of a list: a second and a half for this many letters, a minute and a half for eight times as many. */
const MAX_EXPRESSION = 64 * 1024;
const BATCH = 1000;
const MAX_INVALID = 20;

export type Evaluated = HclValue | typeof INVALID | typeof TOO_LONG;

/**
 * Reads expressions, each text once however often it stands in the file: what hcl2-parser costs is per expression (0.2 ms, and
 * 0.2 s to load), and inventories say the same few things again and again. Plain literals, which are nearly all of an inventory,
 * and references, which are most of a stack, don't need it. After twenty texts that are no HCL the rest is not looked at: it is absent from the answer.
 */
export function evaluate(texts: Iterable<string>, maxLetters: number): Map<string, Evaluated> {
  const values = new Map<string, Evaluated>();
  const others: string[] = [];
  let left = maxLetters;
  for (const text of new Set(texts)) {
    const value = plainLiteral(text);
    if (value !== undefined) values.set(text, value);
    else if (text.length > MAX_EXPRESSION || (left -= text.length) < 0) values.set(text, TOO_LONG);
    else others.push(text);
  }
  const queue = inBatches(others);
  let invalid = 0;
  while (queue.length > 0 && invalid < MAX_INVALID) {
    const batch = queue.shift()!;
    const answers = parseExpressions(batch);
    if (answers) batch.forEach((text, index) => values.set(text, answers[index]!));
    else if (batch.length === 1) {
      values.set(batch[0]!, INVALID);
      invalid++;
    } else {
      const half = batch.length >> 1;
      queue.unshift(batch.slice(0, half), batch.slice(half));
    }
  }
  return values;
}

function inBatches(texts: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let start = 0; start < texts.length; start += BATCH) batches.push(texts.slice(start, start + BATCH));
  return batches;
}

/** Printable ASCII without escapes and templates: the parser normalises other letters. */
const STRING = `"[ !#&-\\[\\]-~]*"`;
const SCALAR = `${STRING}|0|-?[1-9]\\d{0,14}|true|false|null`;
const SPACE = "(?:[ \\t]|\\r?\\n)*";
const PLAIN_SCALAR = new RegExp(`^(?:${SCALAR})$`);
const PLAIN_LIST = new RegExp(`^\\[${SPACE}(?:(?:${SCALAR})${SPACE}(?:,${SPACE}(?:${SCALAR})${SPACE})*(?:,${SPACE})?)?\\]$`);
const ELEMENT = new RegExp(SCALAR, "g");

/** `local.size`: what stands for itself in a template. */
const REFERENCE = /^(?!(?:true|false|null|for)\b)[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+$/;

/** A literal that JSON spells alike, a list of such, or a reference by names alone. */
function plainLiteral(text: string): HclValue | undefined {
  if (REFERENCE.test(text)) return `\${${text}}`;
  if (PLAIN_SCALAR.test(text)) return JSON.parse(text) as HclValue;
  if (PLAIN_LIST.test(text)) return (text.match(ELEMENT) ?? []).map((element) => JSON.parse(element) as HclValue);
  return undefined;
}

/** The values of expressions that are all valid, else undefined. */
function parseExpressions(texts: readonly string[]): HclValue[] | undefined {
  const escapes = new Escapes(texts);
  const source = texts.map((text, index) => `a${index} = ${escapes.hide(text)}\n`).join("");
  const parsed = parseToObject(source);
  if (!parsed || Object.keys(parsed).length !== texts.length) return undefined;
  const values = texts.map((_, index) => parsed[`a${index}`]);
  return values.every((value) => value !== undefined) ? values.map((value) => escapes.restore(value)) : undefined;
}

/** The letters in a text of Unicode's first private range and of the Lisu script, as themselves or as escapes. */
function rareLetters(text: string): string[] {
  const escaped = [...text.matchAll(/\\(?:u|U0000)([ef][0-9a-f]{3}|a4[d-f][0-9a-f])/gi)];
  return [...(text.match(/[\ue000-\uf8ff\ua4d0-\ua4ff]/g) ?? []), ...escaped.map(([, code]) => String.fromCharCode(parseInt(code!, 16)))];
}

/** hcl2-parser answers `[json, null]`, or an empty error; a panic of its own or a full stack arrives as an Error of some kind. */
function parseToObject(source: string): Record<string, HclValue> | undefined {
  // Loaded only here: it takes 0.2 s. Its own types declare globals.
  const { parseToString } = require("hcl2-parser") as { parseToString(this: void, text: string): [string, unknown] };
  let answer: [string, unknown];
  try {
    answer = parseToString(source);
  } catch {
    return undefined;
  }
  return answer[1] === null ? (JSON.parse(answer[0]) as Record<string, HclValue>) : undefined;
}

/** The `::` of `provider::time::rfc3339_parse`, which is younger than hcl2-parser. */
const NAMESPACE = /(?<=\p{ID_Continue})::(?=[\p{ID_Start}_])/gu;

/**
 * hcl2-parser answers `${x}` for both `${x}` and the escaped `$${x}`: two letters that the text does not use stand for the escapes.
 * A third, one that a name may have, stands for `::`.
 */
class Escapes {
  private readonly dollar: string;
  private readonly percent: string;
  private readonly namespace: string;

  constructor(texts: readonly string[]) {
    const used = new Set(texts.flatMap(rareLetters));
    this.dollar = unusedLetter(0xe000, used);
    this.percent = unusedLetter(this.dollar.charCodeAt(0) + 1, used);
    // From the Lisu script.
    this.namespace = unusedLetter(0xa4d0, used);
  }

  hide(text: string): string {
    return text.replaceAll("$${", `${this.dollar}{`).replaceAll("%%{", `${this.percent}{`).replace(NAMESPACE, this.namespace);
  }

  restore(value: HclValue): HclValue {
    if (typeof value === "string") {
      return value.replaceAll(this.dollar, "$$$$").replaceAll(this.percent, "%%").replaceAll(this.namespace, "::");
    }
    if (Array.isArray(value)) return value.map((part: HclValue) => this.restore(part));
    if (value === null || typeof value !== "object") return value;
    const restored = Object.create(null) as Record<string, HclValue>;
    for (const [key, part] of Object.entries(value)) restored[this.restore(key) as string] = this.restore(part);
    return restored;
  }
}

function unusedLetter(from: number, used: ReadonlySet<string>): string {
  let code = from;
  while (used.has(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
