import { SyntaxMistake, Token, tokenize } from "./lexer";
import { Directive, parseDirective, parseTokens, QuoteParser } from "./parser";
import { Expression } from "./syntax";

/** A piece of a template: text, `${…}` or `%{…}`. */
export type Part =
  { readonly kind: "literal"; text: string } | { readonly kind: "interpolation"; readonly expression: Expression } | Directive;

/** How the text of a template is written. */
export interface Notation {
  /** The text that a piece between `${…}` stands for. */
  readonly literal: (raw: string) => string;
  /** Whether a line is a piece of its own: `~}` takes blanks away up to the end of a piece, which in a quoted string may have many lines. */
  readonly byLine: boolean;
}

/** How deep this is inside other expressions, how deep any may be, and how what is quoted inside is parsed. */
export interface Nesting {
  readonly depth: number;
  readonly maxDepth: number;
  readonly quote: QuoteParser;
}

const MARKER = /[$%]\{/g;

/** Cuts a template into its pieces, with blanks taken away where `~` asks for that. Throws SyntaxMistake. */
export function templateParts(text: string, notation: Notation, nesting: Nesting): readonly Part[] {
  const parts: Part[] = [];
  let trimNext = false;
  let at = 0;
  while (at < text.length) {
    const { literal, next } = literalFrom(text, at);
    for (const piece of pieces(literal, notation)) {
      parts.push({ kind: "literal", text: trimNext ? piece.trimStart() : piece });
      trimNext = false;
    }
    if (next === text.length) break;
    const trimsBefore = text[next + 2] === "~";
    const before = parts.at(-1);
    if (trimsBefore && next > at && before?.kind === "literal") before.text = before.text.trimEnd();
    const { tokens, end } = tokenize(text, next + (trimsBefore ? 3 : 2));
    trimNext = text[end] === "~";
    at = trimNext ? end + 1 : end;
    if (text[at] !== "}") throw new SyntaxMistake(`${text[next]}{ is not closed`);
    at++;
    parts.push(text[next] === "$" ? interpolation(tokens, nesting) : directive(tokens, nesting));
  }
  return parts;
}

/** The text up to the next `${` or `%{` that is not escaped, with `$${` and `%%{` as what they stand for. */
function literalFrom(text: string, from: number): { readonly literal: string; readonly next: number } {
  let literal = "";
  let start = from;
  MARKER.lastIndex = from;
  for (let match = MARKER.exec(text); match !== null; match = MARKER.exec(text)) {
    const { index } = match;
    if (index === start || text[index - 1] !== text[index]) return { literal: literal + text.slice(start, index), next: index };
    literal += text.slice(start, index) + "{";
    start = index + 2;
  }
  return { literal: literal + text.slice(start), next: text.length };
}

function pieces(literal: string, { literal: unescape, byLine }: Notation): readonly string[] {
  if (literal === "") return [];
  return byLine ? literal.split(/(?<=\n)/).map(unescape) : [unescape(literal)];
}

function interpolation(tokens: readonly Token[], { quote, depth, maxDepth }: Nesting): Part {
  return { kind: "interpolation", expression: parseTokens(tokens, quote, depth + 1, maxDepth) };
}

function directive(tokens: readonly Token[], { quote, depth, maxDepth }: Nesting): Part {
  return parseDirective(tokens, quote, depth + 1, maxDepth);
}
