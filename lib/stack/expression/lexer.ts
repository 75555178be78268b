/** A piece of an expression. A `quote` is a quoted string with its raw inside, escapes and `${…}` untouched. */
export interface Token {
  readonly kind: "name" | "number" | "quote" | "symbol" | "end";
  readonly text: string;
  readonly offset: number;
}

/** Text that is no expression. */
export class SyntaxMistake extends Error {}

const SPACE = /(?:[ \t\r\n]+|(?:#|\/\/)[^\n]*)*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SYMBOL = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}=]/y;

/** Cuts `text` into tokens from `start` to the end, or to the `}` that closes what was open before `start`. */
export function tokenize(text: string, start = 0): { readonly tokens: readonly Token[]; readonly end: number } {
  const tokens: Token[] = [];
  let depth = 0;
  let at = start;
  for (;;) {
    at = afterSpace(text, at);
    if (at >= text.length) break;
    if (text[at] === "}" && depth === 0) break;
    const token = tokenAt(text, at);
    if (token.text === "{" && token.kind === "symbol") depth++;
    if (token.text === "}" && token.kind === "symbol") depth--;
    tokens.push(token);
    at += token.kind === "quote" ? token.text.length + 2 : token.text.length;
  }
  tokens.push({ kind: "end", text: "", offset: at });
  return { tokens, end: at };
}

function tokenAt(text: string, offset: number): Token {
  if (text[offset] === '"') return { kind: "quote", text: text.slice(offset + 1, closingQuote(text, offset)), offset };
  for (const [kind, pattern] of [
    ["name", NAME],
    ["number", NUMBER],
    ["symbol", SYMBOL],
  ] as const) {
    const end = endOf(pattern, text, offset);
    if (end !== undefined) return { kind, text: text.slice(offset, end), offset };
  }
  throw new SyntaxMistake(`unexpected character at ${offset + 1}`);
}

/** What follows space and comments. */
function afterSpace(text: string, from: number): number {
  let at = endOf(SPACE, text, from)!;
  while (text.startsWith("/*", at)) {
    const end = text.indexOf("*/", at + 2);
    if (end === -1) throw new SyntaxMistake(`the comment at ${at + 1} is not closed`);
    at = endOf(SPACE, text, end + 2)!;
  }
  return at;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The quote that closes the one at `open`. Quotes inside `${…}` nest: one pass, with a stack of what is open. */
function closingQuote(text: string, open: number): number {
  const stack: ('"' | "{")[] = ['"'];
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (stack.at(-1) === '"') {
      if (char === "\\") at++;
      else if (char === '"') {
        stack.pop();
        if (stack.length === 0) return at;
      } else if ((char === "$" || char === "%") && text[at + 1] === "{") {
        if (text[at - 1] !== char) stack.push("{");
        at++;
      }
    } else if (char === '"') stack.push('"');
    else if (char === "{") stack.push("{");
    else if (char === "}") stack.pop();
  }
  throw new SyntaxMistake(`the string at ${open + 1} is not closed`);
}
