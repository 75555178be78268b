import { ExpressionError } from "../expression/value";

/**
 * Whether a name fits one part of a pattern: `*`, `?`, `[a-z]`, `[^a]`, `{one,other}`, `\*`. As a regular expression of RE2, so that no
 * pattern takes long; hand-written, because the libraries of npm make expressions that backtrack, and leave out hidden files.
 */
export function globMatcher(part: string): (name: string) => boolean {
  if (!/[*?[{\\]/.test(part)) return (name) => name === part;
  // Loaded only here: few stacks look for files.
  const { RE2JS, RE2JSException } = require("re2js") as typeof import("re2js");
  try {
    const expression = RE2JS.compile(`(?s)^(?:${translated(part)})$`);
    return (name) => expression.matcher(name).find();
  } catch (error) {
    if (error instanceof RE2JSException) throw new ExpressionError(`fileset: ${part} is no pattern`);
    throw error;
  }
}

const TOKEN = /\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|\*+|[?{},]|[^]/gsu;

function translated(part: string): string {
  let open = 0;
  return part.replace(TOKEN, (token, escaped?: string, not?: string, letters?: string) => {
    if (escaped !== undefined) return literal(escaped);
    if (letters !== undefined) return `[${not === "" ? "" : "^"}${letters.replace(/[[^&~]/g, "\\$&")}]`;
    if (token.startsWith("*")) return ".*";
    if (token === "?") return ".";
    if (token === "[") throw new ExpressionError(`fileset: ${part} is no pattern`);
    if (token === "{") {
      open++;
      return "(?:";
    }
    if (token === "}" && open > 0) {
      open--;
      return ")";
    }
    return token === "," && open > 0 ? "|" : literal(token);
  });
}

function literal(letter: string): string {
  return letter.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
