import { parseTokens } from "./parser";
import { SyntaxMistake, Token, tokenize } from "./lexer";
import { Expression } from "./syntax";
import { Part, templateParts } from "./template-parts";

/** Nesting that an expression may have, templates inside included. */
const MAX_DEPTH = 100;

/**
 * Parses a string of a configuration: text with `${…}` and `%{…}` in it. A string that is one `${…}` is that expression, whatever
 * its type. Throws SyntaxMistake. Hand-written, because no maintained library evaluates Terraform's expressions with unknowns, and
 * those that parse them take milliseconds for each.
 */
export function parseTemplate(text: string): Expression {
  return expressionOf(templateParts(text, { literal: (raw) => raw, byLine: true }, { depth: 0, maxDepth: MAX_DEPTH, quote: quoted }), 0);
}

/** Parses an expression without `${…}` around it, as `depends_on` has them. Throws SyntaxMistake. */
export function parseExpression(text: string): Expression {
  return parseTokens(tokenize(text).tokens, quoted, 0, MAX_DEPTH);
}

function quoted({ kind, text }: Token, depth: number): Expression {
  const nesting = { depth, maxDepth: MAX_DEPTH, quote: quoted };
  if (kind === "quote") return expressionOf(templateParts(text, { literal: unescape, byLine: false }, nesting), depth);
  const parts = templateParts(text.replaceAll("\r\n", "\n"), { literal: (raw) => raw, byLine: true }, nesting);
  return expressionOf(kind === "flushed" ? flushed(parts) : parts, depth);
}

function expressionOf(parts: readonly Part[], depth: number): Expression {
  const [only] = parts;
  if (only === undefined) return { kind: "literal", value: "" };
  if (parts.length === 1 && only.kind === "interpolation") return only.expression;
  const reader = new PartsReader(parts, depth);
  const body = reader.body();
  reader.expectEnd();
  return body;
}

/** Puts directives together with what they hold. */
class PartsReader {
  private at = 0;

  constructor(
    private readonly parts: readonly Part[],
    private depth: number,
  ) {}

  /** Up to the end, or to a directive that ends what is around: always a text. */
  body(): Expression {
    if (++this.depth > MAX_DEPTH) throw new SyntaxMistake(`nested more than ${MAX_DEPTH} levels deep`);
    const parts: Expression[] = [];
    let plain = "";
    const flush = (): void => {
      if (plain !== "") parts.push({ kind: "literal", value: plain.normalize() });
      plain = "";
    };
    for (let part = this.parts[this.at]; part !== undefined && !isEnd(part); part = this.parts[this.at]) {
      this.at++;
      if (part.kind === "literal") plain += part.text;
      else {
        flush();
        parts.push(this.value(part));
      }
    }
    flush();
    this.depth--;
    const [only] = parts;
    if (only === undefined) return { kind: "literal", value: "" };
    return parts.length === 1 && only.kind === "literal" && typeof only.value === "string" ? only : { kind: "template", parts };
  }

  expectEnd(): void {
    const part = this.parts[this.at];
    if (part !== undefined) throw new SyntaxMistake(`%{ ${part.kind} } stands where nothing is open`);
  }

  private value(part: Exclude<Part, { readonly kind: "literal" }>): Expression {
    if (part.kind === "interpolation") return part.expression;
    if (part.kind === "if") {
      const then = this.body();
      const otherwise: Expression = this.takes("else") ? this.body() : { kind: "literal", value: "" };
      this.expect("endif");
      return { kind: "conditional", condition: part.condition, then, otherwise };
    }
    if (part.kind !== "for") throw new SyntaxMistake(`%{ ${part.kind} } stands where nothing is open`);
    const value = this.body();
    this.expect("endfor");
    // What it comes to is what `join` makes of the loop: the texts, one after the other.
    return {
      kind: "call",
      name: "join",
      args: [
        { kind: "literal", value: "" },
        { ...part, value, group: false },
      ],
      spread: false,
    };
  }

  private takes(kind: Part["kind"]): boolean {
    if (this.parts[this.at]?.kind !== kind) return false;
    this.at++;
    return true;
  }

  private expect(kind: "endif" | "endfor"): void {
    if (!this.takes(kind)) throw new SyntaxMistake(`%{ ${kind} } is missing`);
  }
}

function isEnd({ kind }: Part): boolean {
  return kind === "else" || kind === "endif" || kind === "endfor";
}

/** What `<<-` makes of a heredoc: the blanks that every line begins with are left out; a line of blanks alone doesn't count. */
function flushed(parts: readonly Part[]): readonly Part[] {
  const starts = parts.map((_, at) => at === 0 || endsLine(parts[at - 1]!));
  const indents = parts.flatMap((part, at) =>
    starts[at] && !isBlankLine(part) ? [part.kind === "literal" ? indentOf(part.text) : 0] : [],
  );
  const shared = indents.reduce((least, indent) => Math.min(least, indent), Infinity);
  return parts.map((part, at) =>
    starts[at] && part.kind === "literal" && !isBlankLine(part) ? { ...part, text: part.text.slice(shared) } : part,
  );
}

function endsLine(part: Part): boolean {
  return part.kind === "literal" && part.text.endsWith("\n");
}

function isBlankLine(part: Part): boolean {
  return part.kind === "literal" && part.text.endsWith("\n") && part.text.trim() === "";
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

function unescape(raw: string): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.?)/gs, (_, code: string) => {
    const plain = ESCAPES.get(code) ?? unicode(code);
    if (plain === undefined) throw new SyntaxMistake(`unknown escape \\${code}`);
    return plain;
  });
}

function unicode(code: string): string | undefined {
  if (!/^u[0-9a-f]{4}$|^U[0-9a-f]{8}$/i.test(code)) return undefined;
  const point = parseInt(code.slice(1), 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
