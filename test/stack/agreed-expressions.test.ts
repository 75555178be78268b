import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, Scope } from "../../lib/stack/expression/evaluate";
import { SyntaxMistake } from "../../lib/stack/expression/lexer";
import { parseExpression } from "../../lib/stack/expression/template";
import { ExpressionError, Unknown, whyUnknown } from "../../lib/stack/expression/value";
import { Work } from "../../lib/stack/expression/work";

/** What Terraform has a value for, or refuses, and is not followed here: unknown, and never another value. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set([
  'textencodebase64("aé", "nope")',
  String.raw`yamldecode("a: !!str 5\nb: !!int \"7\"\n")`,
  String.raw`yamldecode("a: !foo 5\n")`,
  String.raw`yamldecode("a: !!binary aGk=\n")`,
  String.raw`yamldecode("a: .inf\n")`,
  'cidrhost("::ffff:1.2.3.4/120", 1)',
  'cidrsubnet("10.0.0.0/16", 8, -1)',
  'format("%v %#v %s", [1], {a="x"}, "y")',
  "setunion()",
]);

const scope: Scope = { work: new Work(), resolve: () => ({ value: new Unknown(""), used: 9 }) };

/** The value as Terraform's `jsonencode` writes it, `!` for what is refused, `?` for what is not known. */
function outcome(expression: string): string {
  try {
    const text = evaluate(parseExpression(`jsonencode({ v = (${expression}\n) })`), scope);
    return whyUnknown(text) === undefined ? (text as string).slice(5, -1) : "?";
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof SyntaxMistake) return "!";
    throw error;
  }
}

/** Two lines each: an expression, in which ⏎ is an end of line, and what Terraform 1.11 makes of it. */
function agreed(name: string): readonly (readonly [string, string])[] {
  const lines = readFileSync(join(__dirname, "../data/expressions", name), "utf8").split("\n");
  return lines.flatMap((line, at) => (at % 2 === 0 && line !== "" ? [[line, lines[at + 1]!.trim()] as const] : []));
}

describe.each(["templates.txt", "texts.txt", "documents-networks-dates-paths.txt", "sets.txt"])("%s", (name) => {
  test.each(agreed(name))("%s is %s", (expression, expected) => {
    const found = outcome(expression.replaceAll("⏎", "\n"));
    if (NOT_FOLLOWED.has(expression)) expect(["?", expected]).toContain(found);
    else expect(found).toBe(expected);
  });
});
