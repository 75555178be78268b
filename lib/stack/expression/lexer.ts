/**
 * A piece of an expression. A `quote` is a quoted string with its raw inside, escapes and `${…}` untouched; a `heredoc` has its lines,
 * and one that is `flushed` was begun with `<<-`.
 */
export interface Token {
  readonly kind: "name" | "number" | "quote" | "heredoc" | "flushed" | "symbol" | "end";
  readonly text: string;
  readonly offset: number;
}

/** Text that is no expression. */
export class SyntaxMistake extends Error {}

const SPACE = /(?:[ \t\r\n]+|(?:#|\/\/)[^\n]*)*/y;
/** `provider::time::rfc3339_parse` is one name. */
const NAME = /[\p{L}_][\p{L}\p{N}_-]*(?:::[\p{L}_][\p{L}\p{N}_-]*)*/uy;
const HEREDOC = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SYMBOL = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}=]/y;

/** Cuts `text` into tokens from `start` to the end, or to the `}` or `~}` that closes what was open before `start`. */
export function tokenize(text: string, start = 0): { readonly tokens: readonly Token[]; readonly end: number } {
  const tokens: Token[] = [];
  let depth = 0;
  let at = start;
  for (;;) {
    at = afterSpace(text, at);
    if (at >= text.length) break;
    if (depth === 0 && (text[at] === "}" || text.startsWith("~}", at))) break;
    const { end, ...token } = tokenAt(text, at);
    if (token.text === "{" && token.kind === "symbol") depth++;
    if (token.text === "}" && token.kind === "symbol") depth--;
    tokens.push(token);
    at = end;
  }
  tokens.push({ kind: "end", text: "", offset: at });
  return { tokens, end: at };
}

function tokenAt(text: string, offset: number): Token & { readonly end: number } {
  if (text[offset] === '"') {
    const close = closingQuote(text, offset);
    return { kind: "quote", text: text.slice(offset + 1, close), offset, end: close + 1 };
  }
  const heredoc = heredocAt(text, offset);
  if (heredoc !== undefined) return heredoc;
  for (const [kind, pattern] of [
    ["name", NAME],
    ["number", NUMBER],
    ["symbol", SYMBOL],
  ] as const) {
    const end = endOf(pattern, text, offset);
    if (end !== undefined) return { kind, text: text.slice(offset, end), offset, end };
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

/** From `<<NAME` to the line that says NAME alone, or to the end of the text. */
function heredocAt(text: string, offset: number): (Token & { readonly end: number }) | undefined {
  const bodyAt = endOf(HEREDOC, text, offset);
  if (bodyAt === undefined) return undefined;
  const [, dash, marker] = /^<<(-?)(\S+)/.exec(text.slice(offset, bodyAt))!;
  for (let at = bodyAt; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    if (text.slice(at, end).trim() === marker)
      return { kind: dash === "-" ? "flushed" : "heredoc", text: text.slice(bodyAt, at), offset, end };
    at = end + 1;
  }
  throw new SyntaxMistake(`the heredoc at ${offset + 1} is not closed`);
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
