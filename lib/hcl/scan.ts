import { InputError, Lines, Mistake, quoted } from "../model";

/** The skeleton of a body: which attributes and blocks it has and where, with the text of every expression still unread. */
export interface ScannedBody {
  readonly attributes: ScannedAttribute[];
  readonly blocks: ScannedBlock[];
}

export interface ScannedAttribute {
  readonly name: string;
  readonly at: number;
  readonly expression: Expression;
}

export interface ScannedBlock {
  readonly type: string;
  readonly at: number;
  /** Quoted labels are expressions of their own, because they may hold escapes. */
  readonly labels: readonly (Expression | { readonly name: string; readonly at: number })[];
  readonly body: ScannedBody;
}

/** The text of one expression. Where it is a list, its elements begin at `elementsAt`. */
export interface Expression {
  readonly text: string;
  readonly at: number;
  readonly elementsAt: readonly number[];
}

const MAX_DEPTH = 100;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const QUOTED_NAME = /"([^"\n]*)"/y;
const UNQUOTED = /^[\w-]+$/;
const BLANK = /^\p{White_Space}*$/u;
const STRAY_RETURN = "found a carriage return that does not end a line";
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Finds every block and attribute of an HCL text, without reading expressions. Written by hand because hcl2-parser tells neither
 * where anything stands nor why it refuses a text, and takes seconds for what this does in milliseconds.
 * Throws InputError at what is never closed or can't begin an attribute or a block.
 */
export function scan(lines: Lines): ScannedBody {
  return new Scanner(lines).file();
}

class Scanner {
  private readonly text: string;
  private readonly mistakes: Mistake[] = [];
  private at = 0;

  constructor(private readonly lines: Lines) {
    this.text = lines.text;
  }

  file(): ScannedBody {
    const body = this.items(undefined, 0);
    if (this.mistakes.length > 0) throw new InputError(this.mistakes);
    return body;
  }

  /** The lines of a body, up to its closing brace, or up to the end of the file. `map`: the name of a block that may be meant as a map. */
  private items(openedAt: number | undefined, depth: number, map?: string): ScannedBody {
    const body: ScannedBody = { attributes: [], blocks: [] };
    const names = new Map<string, "attribute" | "block">();
    for (;;) {
      this.skipBlank();
      if (this.at >= this.text.length) {
        if (openedAt !== undefined) this.fail('"{" is never closed: the file ends first', openedAt);
        return body;
      }
      if (this.text[this.at] === "}" && openedAt !== undefined) return body;
      this.item(body, names, depth, map);
      this.endOfLine();
    }
  }

  private item(body: ScannedBody, names: Map<string, "attribute" | "block">, depth: number, map?: string): void {
    const at = this.at;
    const name = this.match(IDENTIFIER);
    if (name === undefined) this.fail(`found ${this.found()}, expected an attribute or a block${this.quotedName(map)}`);
    this.skipSpace();
    if (this.text[this.at] === "=" && this.text[this.at + 1] !== "=") {
      this.at++;
      this.declare(names, name, "attribute", at);
      body.attributes.push({ name, at, expression: this.expression(name) });
    } else {
      this.declare(names, name, "block", at);
      body.blocks.push(this.block(name, at, depth));
    }
  }

  private declare(names: Map<string, "attribute" | "block">, name: string, kind: "attribute" | "block", at: number): void {
    const before = names.get(name);
    if (before === undefined) names.set(name, kind);
    else if (before !== kind) this.mistake(`${quoted(name)} is both an attribute and a block`, at);
    else if (kind === "attribute") this.mistake(`attribute ${quoted(name)} is given twice`, at);
  }

  private block(type: string, at: number, depth: number): ScannedBlock {
    const labels: ScannedBlock["labels"][number][] = [];
    for (;;) {
      const labelAt = this.at;
      if (this.text[this.at] === '"') {
        this.skipString(0);
        labels.push({ text: this.text.slice(labelAt, this.at), at: labelAt, elementsAt: [] });
      } else {
        const name = this.match(IDENTIFIER);
        if (name === undefined) break;
        labels.push({ name, at: labelAt });
      }
      this.skipSpace();
    }
    const openedAt = this.at;
    if (this.text[this.at] !== "{") this.fail(`found ${this.found()}, expected "=" or "{" after ${quoted(type)}`);
    if (depth >= MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
    this.at++;
    return { type, at, labels, body: this.blockBody(openedAt, depth + 1, labels.length === 0 ? type : undefined) };
  }

  /** HCL knows two shapes: `{` and a line end, then one item a line; or at most one attribute, all on one line. */
  private blockBody(openedAt: number, depth: number, map: string | undefined): ScannedBody {
    this.skipSpace();
    let body: ScannedBody = { attributes: [], blocks: [] };
    if (this.atLineEnd()) {
      body = this.items(openedAt, depth, map);
    } else if (this.text[this.at] !== "}") {
      const itemAt = this.at;
      this.item(body, new Map(), depth, map);
      this.skipSpace();
      if (body.blocks.length > 0 || this.text[this.at] !== "}") {
        this.fail("a block on one line holds one attribute at most: write each on a line of its own", itemAt);
      }
    }
    this.at++;
    return body;
  }

  private expression(name: string): Expression {
    this.skipSpace();
    const at = this.at;
    const { end, elementsAt } = this.skipExpression();
    if (end === at) this.fail(`${quoted(name)} has no value after "="`, at);
    return { text: this.text.slice(at, end), at, elementsAt };
  }

  /** Moves to the end of an expression's line, or to the brace that closes its one-line block. `end` is where its last token ends. */
  private skipExpression(): { readonly end: number; readonly elementsAt: readonly number[] } {
    const start = this.at;
    const open: number[] = [];
    const elementsAt: number[] = [];
    let end = start;
    let afterSeparator = false;
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (open.length === 0 && (this.atLineEnd() || char === "}")) break;
      if (this.skipCommentOrSpace()) continue;
      if (afterSeparator && open.length === 1 && char !== "]") elementsAt.push(this.at);
      afterSeparator = (char === "[" && this.at === start) || (char === "," && this.text[start] === "[");
      this.skipToken(char, open);
      end = this.at;
    }
    if (open.length > 0) this.fail(`"${this.text[open.at(-1)!]}" is never closed: the file ends first`, open.at(-1));
    return { end, elementsAt };
  }

  private skipToken(char: string, open: number[]): void {
    if (char === '"') return this.skipString(open.length);
    if (char === "<" && this.skipHeredoc()) return;
    if (char === "\r") this.fail(STRAY_RETURN);
    if (char === "(" || char === "[" || char === "{") {
      if (open.length >= MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
      open.push(this.at);
    } else if (char === ")" || char === "]" || char === "}") {
      const openedAt = open.pop();
      if (openedAt === undefined) this.fail(`found "${char}", which nothing opened`);
      const expected = CLOSING[this.text[openedAt]!]!;
      if (char !== expected) {
        this.fail(`found "${char}", expected "${expected}" to close the "${this.text[openedAt]}" of line ${this.lines.at(openedAt).line}`);
      }
    }
    this.at++;
  }

  /** Moves past a quoted string, and past the strings in its interpolations. */
  private skipString(depth: number): void {
    const start = this.at;
    if (depth >= MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === '"') {
        this.at++;
        return;
      }
      if (char === "\n") break;
      if (char === "\\") this.at++;
      else if ((char === "$" || char === "%") && this.text.startsWith(`${char}${char}{`, this.at)) this.at += 2;
      else if ((char === "$" || char === "%") && this.text[this.at + 1] === "{") this.skipInterpolation(depth);
    }
    this.fail("a string is not closed on its line", start);
  }

  /** Moves to the brace that closes `${` or `%{`. */
  private skipInterpolation(depth: number): void {
    const start = this.at;
    let braces = 0;
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === '"') {
        this.skipString(depth + 1);
        this.at--;
      } else if (char === "{") {
        if (++braces + depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
      } else if (char === "}" && --braces === 0) return;
    }
    this.fail(`"${this.text.slice(start, start + 2)}" is never closed: the file ends first`, start);
  }

  private skipHeredoc(): boolean {
    const start = this.at;
    HEREDOC.lastIndex = start;
    const match = HEREDOC.exec(this.text);
    if (!match) return false;
    const marker = match[2]!;
    // As HCL's scanner reads it: a line ends with a line feed, also the last, and no other carriage return stands in a template.
    for (let at = HEREDOC.lastIndex, newline = 0; (newline = this.text.indexOf("\n", at)) >= 0; at = newline + 1) {
      const lineEnd = this.text[newline - 1] === "\r" ? newline - 1 : newline;
      const line = this.text.slice(at, lineEnd);
      const strayReturn = line.indexOf("\r");
      if (strayReturn >= 0) this.fail(STRAY_RETURN, at + strayReturn);
      if (isMarker(line, marker)) {
        this.at = lineEnd;
        return true;
      }
    }
    const endsWithIt = isMarker(this.text.slice(this.text.lastIndexOf("\n") + 1), marker);
    return this.fail(`a heredoc is never closed: ${endsWithIt ? `no line ends after ${marker}` : `no line says ${marker}`}`, start);
  }

  private endOfLine(): void {
    this.skipSpace();
    if (this.at < this.text.length && !this.atLineEnd()) this.fail(`found ${this.found()}, expected the end of the line`);
  }

  private atLineEnd(): boolean {
    const char = this.text[this.at];
    return (
      char === undefined || char === "\n" || char === "#" || this.text.startsWith("\r\n", this.at) || this.text.startsWith("//", this.at)
    );
  }

  /** Past spaces and comments, but not past a line end. */
  private skipSpace(): void {
    while (!this.atLineEnd() && this.skipCommentOrSpace()) continue;
  }

  /** Past spaces, comments and line ends. */
  private skipBlank(): void {
    while (this.skipCommentOrSpace()) continue;
  }

  private skipCommentOrSpace(): boolean {
    const char = this.text[this.at];
    if (char === " " || char === "\t" || char === "\n") this.at++;
    else if (this.text.startsWith("\r\n", this.at)) this.at += 2;
    else if (char === "#" || this.text.startsWith("//", this.at)) {
      const newline = this.text.indexOf("\n", this.at);
      this.at = newline < 0 ? this.text.length : newline;
    } else if (this.text.startsWith("/*", this.at)) {
      const close = this.text.indexOf("*/", this.at + 2);
      if (close < 0) this.fail("a comment is never closed: the file ends first");
      this.at = close + 2;
    } else return false;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private found(): string {
    if (this.at >= this.text.length) return "the end of the file";
    if (this.atLineEnd()) return "the end of the line";
    QUOTED_NAME.lastIndex = this.at;
    if (QUOTED_NAME.test(this.text)) return "a string";
    const rest = this.text.slice(this.at, this.at + 20);
    return quoted(/^[\w.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0)!));
  }

  /** What Terraform 0.11 and JSON allow. */
  private quotedName(map: string | undefined): string {
    QUOTED_NAME.lastIndex = this.at;
    const name = QUOTED_NAME.exec(this.text)?.[1];
    if (name === undefined) return "";
    const hints = [
      ...(UNQUOTED.test(name) ? [`since Terraform 0.12 its name is written without quotes, ${name}`] : []),
      ...(map === undefined ? [] : [`a map is written with an equals sign, ${map} = {`]),
    ];
    return hints.length === 0 ? "" : `: ${hints.join("; ")}`;
  }

  private mistake(message: string, at: number): void {
    this.mistakes.push({ ...this.lines.at(at), message });
  }

  private fail(message: string, at = this.at): never {
    throw new InputError([...this.mistakes, { ...this.lines.at(at), message }]);
  }
}

/** Whether a line says the marker and nothing else. Not `trim`, which knows other spaces than HCL does. */
function isMarker(line: string, marker: string): boolean {
  const at = line.indexOf(marker);
  return at >= 0 && BLANK.test(line.slice(0, at)) && BLANK.test(line.slice(at + marker.length));
}
