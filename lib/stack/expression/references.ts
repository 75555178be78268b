import { Expression, Step } from "./syntax";

export type Visit = (root: string, steps: readonly Step[]) => void;

/** Every traversal of an expression, those inside indexes included; a loop's own names are left out. */
export function forEachReference(expression: Expression, visit: Visit, bound: ReadonlySet<string> = new Set()): void {
  const inside = (each: Expression): void => forEachReference(each, visit, bound);
  switch (expression.kind) {
    case "literal":
      return;
    case "template":
      return expression.parts.forEach(inside);
    case "traversal":
      if (!bound.has(expression.root)) visit(expression.root, expression.steps);
      return expression.steps.forEach((step) => step.kind === "index" && inside(step.index));
    case "access":
      inside(expression.on);
      return expression.steps.forEach((step) => step.kind === "index" && inside(step.index));
    case "call":
      return expression.args.forEach(inside);
    case "unary":
      return inside(expression.operand);
    case "binary":
      inside(expression.first);
      return expression.rest.forEach(({ operand }) => inside(operand));
    case "conditional":
      return [expression.condition, expression.then, expression.otherwise].forEach(inside);
    case "list":
      return expression.items.forEach(inside);
    case "object":
      return expression.entries.flat().forEach(inside);
    case "for": {
      inside(expression.of);
      const names = new Set([...bound, expression.valueName, ...(expression.keyName === undefined ? [] : [expression.keyName])]);
      const loop = [expression.key, expression.value, expression.condition].filter((each) => each !== undefined);
      return loop.forEach((each) => forEachReference(each, visit, names));
    }
  }
}
