import { parseTokens } from "./parser";
import { SyntaxMistake, tokenize } from "./lexer";
import { Expression } from "./syntax";

/** Nesting that an expression may have, templates inside included. */
const MAX_DEPTH = 100;

/**
 * Parses a string of a configuration: text with `${…}` in it. A string that is one `${…}` is that expression, whatever its type.
 * Throws SyntaxMistake. Hand-written, because no maintained library evaluates Terraform's expressions with unknowns, and
 * those that parse them take milliseconds for each.
 */
export function parseTemplate(text: string): Expression {
  return template(text, (literal) => literal, 0);
}

/** Parses an expression without `${…}` around it, as `depends_on` has them. Throws SyntaxMistake. */
export function parseExpression(text: string): Expression {
  return parseTokens(tokenize(text).tokens, quoted, 0, MAX_DEPTH);
}

function quoted(raw: string, depth: number): Expression {
  return template(raw, unescape, depth);
}

function template(text: string, literal: (raw: string) => string, depth: number): Expression {
  const parts: Expression[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ kind: "literal", value: literal(plain) });
    plain = "";
  };
  let at = 0;
  while (at < text.length) {
    const marker = nextMarker(text, at);
    plain += text.slice(at, marker);
    if (marker === text.length) break;
    if (text[marker - 1] === text[marker] && marker > at) {
      // `$${` is how a literal `${` is written: its first dollar is in `plain` already.
      plain += "{";
      at = marker + 2;
    } else if (text[marker] === "%") {
      throw new SyntaxMistake("%{…} is not read");
    } else {
      flush();
      const { tokens, end } = tokenize(text, marker + 2);
      if (text[end] !== "}") throw new SyntaxMistake("${ is not closed");
      parts.push(parseTokens(tokens, quoted, depth + 1, MAX_DEPTH));
      at = end + 1;
    }
  }
  flush();
  const [only] = parts;
  if (only === undefined) return { kind: "literal", value: "" };
  return parts.length === 1 ? only : { kind: "template", parts };
}

/** Where the next `${` or `%{` is, or the text's end. */
function nextMarker(text: string, from: number): number {
  const MARKER = /[$%]\{/g;
  MARKER.lastIndex = from;
  return MARKER.exec(text)?.index ?? text.length;
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
