import { InputError, Lines, Located, Places, quoted } from "../model";

const MAX_DEPTH = 100;
const MAX_VALUES = 3_000_000;

/** Shared by all lists, which have no keys: millions of small arrays are what a large file would cost most. */
const NONE: never[] = [];

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
  private readonly places = new Map<object, Places>();
  private readonly repeated: { readonly key: string; readonly at: number }[] = [];
  private at = 0;
  private depth = 0;
  private values = 0;

  constructor(
    private readonly lines: Lines,
    private readonly unread: ReadonlySet<string>,
  ) {
    this.text = lines.text;
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
        return this.nested(() => this.object());
      case "[":
        return this.nested(() => this.list());
      case '"':
        return this.string();
      default:
        return this.word();
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
    const value = read();
    this.depth--;
    return value;
  }

  private object(): object {
    const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const places: Places = { at: this.at, keys: [], keyAt: [], valueAt: [] };
    this.parts(places.at, "}", () => {
      const keyAt = this.at;
      if (this.text[keyAt] !== '"') this.fail(`found ${this.found()}, expected a key in double quotes`);
      const key = this.string();
      this.skipSpace();
      if (this.text[this.at] !== ":") this.fail(`found ${this.found()}, expected ":" after key ${quoted(key)}`);
      this.at++;
      this.skipSpace();
      const valueAt = this.at;
      const value = this.depth === 1 && this.unread.has(key) ? this.passOver() : this.value();
      if (key in object) this.repeated.push({ key, at: keyAt });
      object[key] = value;
      places.keys.push(key);
      places.keyAt.push(keyAt);
      places.valueAt.push(valueAt);
    });
    this.places.set(object, places);
    return object;
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
    const places: Places = { at: this.at, keys: NONE, keyAt: NONE, valueAt: [] };
    this.parts(places.at, "]", () => {
      places.valueAt.push(this.at);
      list.push(this.value());
    });
    this.places.set(list, places);
    return list;
  }

  /** What stands between the brackets, separated by commas. */
  private parts(openedAt: number, close: "}" | "]", part: () => void): void {
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      part();
      this.skipSpace();
      const next = this.text[this.at];
      if (next === undefined) this.fail(`"${this.text[openedAt]}" is never closed: the file ends first`, openedAt);
      if (next !== close && next !== ",") this.fail(`found ${this.found()}, expected "," or "${close}"`);
      this.at++;
      if (next === close) return;
      this.skipSpace();
      if (this.text[this.at] === close) this.fail(`found a comma before "${close}", which JSON does not allow`);
    }
  }

  private string(): string {
    const start = this.at;
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) {
        this.at = at + 1;
        return this.unescaped(start, at + 1);
      }
      if (code === 0x5c) at++;
      else if (code < 0x20) {
        this.fail(code === 0x0a || code === 0x0d ? "a string is not closed on its line" : "a control character in a string", start);
      }
    }
    return this.fail("a string is never closed: the file ends first", start);
  }

  private unescaped(start: number, end: number): string {
    const inside = this.text.slice(start + 1, end - 1);
    if (!inside.includes("\\")) return inside;
    try {
      return JSON.parse(this.text.slice(start, end)) as string;
    } catch {
      return this.fail("a string with an escape that JSON does not have", start);
    }
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
