import { BigFloat } from "./big-float";
import { SyntaxMistake, Token } from "./lexer";
import { BinaryOperator, Expression, ForExpression, Operation, Step } from "./syntax";
import { toNumeric } from "./value";

/** Parses a quoted string or a heredoc, whose inside is a template. */
export type QuoteParser = (quote: Token, depth: number) => Expression;

/** Recursive descent over HCL's expression grammar (HCL Native Syntax Specification, Expressions). Throws SyntaxMistake. */
export function parseTokens(tokens: readonly Token[], quote: QuoteParser, depth: number, maxDepth: number): Expression {
  const parser = new Parser(tokens, quote, depth, maxDepth);
  const expression = parser.expression();
  parser.expectEnd();
  return expression;
}

/** What is between `%{` and `}`. */
export type Directive =
  | { readonly kind: "if"; readonly condition: Expression }
  | ({ readonly kind: "for" } & Pick<ForExpression, "keyName" | "valueName" | "of">)
  | { readonly kind: "else" | "endif" | "endfor" };

/** The same for a directive of a template. Throws SyntaxMistake. */
export function parseDirective(tokens: readonly Token[], quote: QuoteParser, depth: number, maxDepth: number): Directive {
  const parser = new Parser(tokens, quote, depth, maxDepth);
  const directive = parser.directive();
  parser.expectEnd();
  return directive;
}

/** Binary operators from the loosest. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly quote: QuoteParser,
    private depth: number,
    private readonly maxDepth: number,
  ) {}

  expression(): Expression {
    if (++this.depth > this.maxDepth) throw new SyntaxMistake(`nested more than ${this.maxDepth} levels deep`);
    const condition = this.binary(0);
    const result = this.takes("?") ? this.conditional(condition) : condition;
    this.depth--;
    return result;
  }

  directive(): Directive {
    const kind = this.name();
    if (kind === "if") return { kind, condition: this.expression() };
    if (kind === "for") return { kind, ...this.forNames() };
    if (kind === "else" || kind === "endif" || kind === "endfor") return { kind };
    throw new SyntaxMistake(`%{ ${kind.slice(0, 20)} } is no directive`);
  }

  expectEnd(): void {
    if (this.peek().kind !== "end") this.unexpected();
  }

  private conditional(condition: Expression): Expression {
    const then = this.expression();
    this.expect(":");
    return { kind: "conditional", condition, then, otherwise: this.expression() };
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.unary();
    const first = this.binary(level + 1);
    const rest: Operation[] = [];
    for (;;) {
      const { kind, text } = this.peek();
      const operator = kind === "symbol" ? operators.find((symbol) => symbol === text) : undefined;
      if (operator === undefined) return rest.length === 0 ? first : { kind: "binary", first, rest };
      this.at++;
      rest.push({ operator, operand: this.binary(level + 1) });
    }
  }

  private unary(): Expression {
    for (const operator of ["!", "-"] as const) {
      if (!this.takes(operator)) continue;
      if (++this.depth > this.maxDepth) throw new SyntaxMistake(`nested more than ${this.maxDepth} levels deep`);
      const operand = this.unary();
      this.depth--;
      return { kind: "unary", operator, operand };
    }
    const on = this.primary();
    const steps = this.steps();
    if (steps.length === 0) return on;
    return on.kind === "traversal" ? { ...on, steps } : { kind: "access", on, steps };
  }

  private primary(): Expression {
    const token = this.next();
    if (token.kind === "number") return { kind: "literal", value: number(token) };
    if (isQuote(token)) return this.quote(token, this.depth + 1);
    if (token.kind === "name") return this.named(token.text);
    if (token.kind === "symbol" && token.text === "(") return this.parenthesized();
    if (token.kind === "symbol" && token.text === "[") return this.loops() ? this.forList() : this.list();
    if (token.kind === "symbol" && token.text === "{") return this.loops() ? this.forObject() : this.object();
    this.at--;
    return this.unexpected();
  }

  private named(name: string): Expression {
    const word = WORDS.get(name);
    if (word !== undefined) return { kind: "literal", value: word };
    if (!this.takes("(")) return { kind: "traversal", root: name, steps: [] };
    const args: Expression[] = [];
    let spread = false;
    while (!this.takes(")")) {
      args.push(this.expression());
      spread = this.takes("...");
      if (!this.takes(",")) {
        this.expect(")");
        break;
      }
    }
    return { kind: "call", name, args, spread };
  }

  private parenthesized(): Expression {
    const inside = this.expression();
    this.expect(")");
    // What is in parentheses is a value: further steps do not belong to its traversal.
    return inside.kind === "traversal" ? { kind: "access", on: inside, steps: [] } : inside;
  }

  private list(): Expression {
    const items: Expression[] = [];
    while (!this.takes("]")) {
      items.push(this.expression());
      if (!this.takes(",")) {
        this.expect("]");
        break;
      }
    }
    return { kind: "list", items };
  }

  private object(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.takes("}")) {
      const key = this.expression();
      if (!this.takes("=")) this.expect(":");
      entries.push([bareKey(key), this.expression()]);
      this.takes(",");
    }
    return { kind: "object", entries };
  }

  private loops(): boolean {
    const { kind, text } = this.peek();
    return kind === "name" && text === "for";
  }

  private forList(): Expression {
    const head = this.forHead();
    const loop: ForExpression = { kind: "for", ...head, value: this.expression(), ...this.forCondition(), group: false };
    this.expect("]");
    return loop;
  }

  private forObject(): Expression {
    const head = this.forHead();
    const key = this.expression();
    this.expect("=>");
    const value = this.expression();
    const group = this.takes("...");
    const loop: ForExpression = { kind: "for", ...head, key, value, ...this.forCondition(), group };
    this.expect("}");
    return loop;
  }

  private forHead(): Pick<ForExpression, "keyName" | "valueName" | "of"> {
    this.expect("for");
    const names = this.forNames();
    this.expect(":");
    return names;
  }

  private forNames(): Pick<ForExpression, "keyName" | "valueName" | "of"> {
    const first = this.name();
    const second = this.takes(",") ? this.name() : undefined;
    this.expect("in");
    const of = this.expression();
    return second === undefined ? { valueName: first, of } : { keyName: first, valueName: second, of };
  }

  private forCondition(): Pick<ForExpression, "condition"> {
    return this.takes("if") ? { condition: this.expression() } : {};
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.takes(".")) steps.push(this.dotStep());
      else if (this.takes("[")) steps.push(this.bracketStep());
      else return steps;
    }
  }

  private dotStep(): Step {
    if (this.takes("*")) return { kind: "splat", full: false };
    const { kind, text } = this.next();
    if (kind === "name") return { kind: "attribute", name: text };
    if (kind === "number" && /^\d+$/.test(text)) return { kind: "index", index: { kind: "literal", value: Number(text) }, dotted: true };
    this.at--;
    return this.unexpected();
  }

  private bracketStep(): Step {
    if (this.takes("*")) {
      this.expect("]");
      return { kind: "splat", full: true };
    }
    const index = this.expression();
    this.expect("]");
    return { kind: "index", index };
  }

  private name(): string {
    if (this.peek().kind !== "name") this.unexpected();
    return this.next().text;
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private next(): Token {
    const token = this.peek();
    if (token.kind === "end") this.unexpected();
    this.at++;
    return token;
  }

  private takes(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || isQuote(token) || token.kind === "end") return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.takes(text)) this.unexpected(`, expected ${text}`);
  }

  private unexpected(expected = ""): never {
    const { kind, text, offset } = this.peek();
    throw new SyntaxMistake(`unexpected ${kind === "end" ? "end" : `"${text.slice(0, 20)}"`} at ${offset + 1}${expected}`);
  }
}

function number({ text, offset }: Token): number | BigFloat {
  const value = toNumeric(text);
  if (value === undefined) throw new SyntaxMistake(`the number at ${offset + 1} is too long or too large to be followed`);
  return value;
}

function isQuote({ kind }: Token): boolean {
  return kind === "quote" || kind === "heredoc" || kind === "flushed";
}

/** `{ a = 1 }`: a bare word is a key, not a reference. */
function bareKey(key: Expression): Expression {
  return key.kind === "traversal" && key.steps.length === 0 ? { kind: "literal", value: key.root } : key;
}
