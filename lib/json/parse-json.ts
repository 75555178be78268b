import { InputError, Lines, Located, quoted } from "../model";
import { dictionary } from "./dictionary";
import { JsonPlaces } from "./json-places";
import { unescaped } from "./unescaped";

const MAX_DEPTH = 100;
const MAX_VALUES = 3_000_000;

/**
 * Reads JSON, strictly, with the place of every part. Throws InputError at the first syntax error, and with every key that
 * is there twice. Members of the outermost object named in `unread` are passed over, to save time and memory: null stands for
 * them. Written by hand because JSON.parse tells neither places nor repeated keys, nor always where it failed.
 */
export function parseJson(file: string, text: string, unread: ReadonlySet<string> = new Set()): Located {
  return new Parser(new Lines(file, text), unread).document();
}

class Parser {
  private readonly text: string;
  private readonly places: JsonPlaces;
  private readonly repeated: { readonly key: string; readonly at: number }[] = [];
  private at = 0;
  private depth = 0;
  private values = 0;

  constructor(
    private readonly lines: Lines,
    private readonly unread: ReadonlySet<string>,
  ) {
    this.text = lines.text;
    this.places = new JsonPlaces(lines.text);
  }

  document(): Located {
    this.skipSpace();
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.fail(`found ${this.found()} after the end of the JSON value`);
    if (this.repeated.length > 0) {
      throw new InputError(
        this.repeated.slice(0, 100).map(({ key, at }) => ({ ...this.lines.at(at), message: `key ${quoted(key)} is given twice` })),
      );
    }
    return new Located(this.lines, value, this.places);
  }

  private value(): unknown {
    if (++this.values > MAX_VALUES) this.fail(`more than ${MAX_VALUES} values in one file`);
    switch (this.text[this.at]) {
      case "{":
        return this.object();
      case "[":
        return this.list();
      case '"':
        return this.string();
      default:
        return this.word();
    }
  }

  private object(): object {
    const object = dictionary();
    const at = this.at;
    const outer = this.places.open();
    for (let more = this.opens("}"); more; more = this.continues("}", at)) this.member(object);
    this.places.close(object, at, outer);
    this.depth--;
    return object;
  }

  private member(object: Record<string, unknown>): void {
    const keyAt = this.at;
    if (this.text[keyAt] !== '"') this.fail(`found ${this.found()}, expected a key in double quotes`);
    const key = this.string();
    this.skipSpace();
    if (this.text[this.at] !== ":") this.fail(`found ${this.found()}, expected ":" after key ${quoted(key)}`);
    this.at++;
    this.skipSpace();
    this.places.member(keyAt, this.at);
    const value = this.depth === 1 && this.unread.has(key) ? this.passOver() : this.value();
    if (key in object) this.repeated.push({ key, at: keyAt });
    object[key] = value;
  }

  /** Moves past an object or a list without a look at what is in it, but that it is closed. */
  private passOver(): unknown {
    const start = this.at;
    if (this.text[start] !== "{" && this.text[start] !== "[") return this.value();
    let open = 0;
    do {
      BRACKET_OR_QUOTE.lastIndex = this.at;
      const next = BRACKET_OR_QUOTE.exec(this.text);
      if (next === null) this.fail(`"${this.text[start]}" is never closed: the file ends first`, start);
      this.at = next.index;
      if (next[0] === '"') this.string();
      else {
        this.at++;
        open += next[0] === "{" || next[0] === "[" ? 1 : -1;
      }
    } while (open > 0);
    return null;
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    const at = this.at;
    const outer = this.places.open();
    for (let more = this.opens("]"); more; more = this.continues("]", at)) {
      this.places.item(this.at);
      list.push(this.value());
    }
    this.places.close(list, at, outer);
    this.depth--;
    return list;
  }

  /** Moves past the opening bracket to the first part; past both brackets where there is none. */
  private opens(close: "}" | "]"): boolean {
    if (++this.depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
    this.at++;
    this.skipSpace();
    if (this.text[this.at] !== close) return true;
    this.at++;
    return false;
  }

  /** Moves past a comma to the next part, or past the closing bracket. */
  private continues(close: "}" | "]", openedAt: number): boolean {
    this.skipSpace();
    const next = this.text[this.at];
    if (next === undefined) this.fail(`"${this.text[openedAt]}" is never closed: the file ends first`, openedAt);
    if (next !== close && next !== ",") this.fail(`found ${this.found()}, expected "," or "${close}"`);
    this.at++;
    if (next === close) return false;
    this.skipSpace();
    if (this.text[this.at] === close) this.fail(`found a comma before "${close}", which JSON does not allow`);
    return true;
  }

  private string(): string {
    const start = this.at;
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) {
        this.at = at + 1;
        return unescaped(this.text, start, at + 1) ?? this.fail("a string with an escape that JSON does not have", start);
      }
      if (code === 0x5c) at++;
      else if (code < 0x20) {
        this.fail(code === 0x0a || code === 0x0d ? "a string is not closed on its line" : "a control character in a string", start);
      }
    }
    return this.fail("a string is never closed: the file ends first", start);
  }

  private word(): unknown {
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0];
    if (word === undefined) return this.fail(`found ${this.found()}, expected a value`);
    this.at += word.length;
    if (word === "true") return true;
    if (word === "false") return false;
    if (word === "null") return null;
    return Number(word);
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private found(): string {
    const rest = this.text.slice(this.at, this.at + 20);
    if (rest === "") return "the end of the file";
    return quoted(/^[\w.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0)!));
  }

  private fail(message: string, at = this.at): never {
    throw InputError.at(this.lines.at(at), message);
  }
}

const BRACKET_OR_QUOTE = /["{}[\]]/g;
const WORD = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
