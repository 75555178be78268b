import { BigFloat } from "./big-float";

/** What an expression looks like once parsed. */
export type Expression =
  | { readonly kind: "literal"; readonly value: null | boolean | number | BigFloat | string }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: "access"; readonly on: Expression; readonly steps: readonly Step[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Expression }
  | { readonly kind: "binary"; readonly first: Expression; readonly rest: readonly Operation[] }
  | { readonly kind: "conditional"; readonly condition: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  | ForExpression;

/** `[for k, v in of : value if condition]`, or with a key `{for k, v in of : key => value...}`. */
export interface ForExpression {
  readonly kind: "for";
  readonly keyName?: string;
  readonly valueName: string;
  readonly of: Expression;
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  readonly group: boolean;
}

/** One of a row of operators of equal rank, which apply from the left: a row, not a tree, so that a long one is not deep. */
export interface Operation {
  readonly operator: BinaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  /** `dotted`: an old `.0`. */
  | { readonly kind: "index"; readonly index: Expression; readonly dotted?: boolean }
  /** `[*]`: the steps after it apply to every element; `.*` (not `full`): only the attributes, and old `.0`, that follow at once. */
  | { readonly kind: "splat"; readonly full: boolean };

/** A traversal as it was written, for messages; an index that is no literal is left out. */
export function formatTraversal(root: string, steps: readonly Step[]): string {
  return root + steps.map(formatStep).join("");
}

function formatStep(step: Step): string {
  if (step.kind === "attribute") return `.${step.name}`;
  if (step.kind === "splat") return step.full ? "[*]" : ".*";
  return step.index.kind === "literal" ? `[${JSON.stringify(step.index.value)}]` : "[…]";
}
