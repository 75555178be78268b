import { Data } from "../../data";
import { evaluate, Scope } from "../evaluate";
import { SyntaxMistake } from "../lexer";
import { Expression } from "../syntax";
import { parseExpression } from "../template";
import { ExpressionError, Value, whyUnknown } from "../value";
import { Work, WorkLimit } from "../work";
import { convert } from "./convert";
import { Defaults } from "./defaults";
import { Type } from "./type";

/** A type constraint of a variable: the type, and what its optional attributes are where a value leaves them out. */
export interface Constraint {
  readonly type: Type;
  readonly defaults?: Defaults;
}

const ANY: Constraint = { type: "any" };

/**
 * Reads a constraint as `type` holds it: text of an expression, in `${…}` or not. Undefined for what is none, so that nobody takes a
 * value for one of a type that was not understood.
 */
export function readConstraint(data: Data | undefined): Constraint | undefined {
  if (data === undefined) return ANY;
  if (typeof data !== "string") return undefined;
  try {
    return constraintOf(parseExpression(data.replace(/^\$\{(.*)\}$/s, "$1")));
  } catch (error) {
    if (error instanceof SyntaxMistake || error instanceof ExpressionError || error instanceof WorkLimit) return undefined;
    throw error;
  }
}

/** Throws ExpressionError for what is no constraint, and WorkLimit. */
function constraintOf(expression: Expression): Constraint {
  if (expression.kind === "traversal" && expression.steps.length === 0) return keyword(expression.root);
  // As 0.11 had it: "list".
  if (expression.kind === "literal" && typeof expression.value === "string") return keyword(expression.value);
  if (expression.kind !== "call" || expression.spread) return refuse();
  const [argument, ...more] = expression.args;
  if (argument === undefined || more.length > 0) return refuse();
  switch (expression.name) {
    case "list":
    case "set":
    case "map": {
      const { type, defaults } = constraintOf(argument);
      return { type: { kind: expression.name, of: type }, ...(defaults && { defaults: { values: new Map(), elements: defaults } }) };
    }
    case "tuple":
      return argument.kind === "list" ? tuple(argument.items) : refuse();
    case "object":
      return argument.kind === "object" ? object(argument.entries) : refuse();
    default:
      return refuse();
  }
}

function keyword(name: string): Constraint {
  if (name === "string" || name === "number" || name === "bool" || name === "any") return { type: name };
  // `list` and `map` alone are what 0.11 had for those of anything.
  return name === "list" || name === "map" ? { type: { kind: name, of: "any" } } : refuse();
}

function tuple(items: readonly Expression[]): Constraint {
  const constraints = items.map(constraintOf);
  const parts = constraints.flatMap(({ defaults }, at) => (defaults ? [[String(at), defaults] as const] : []));
  const type: Type = { kind: "tuple", of: constraints.map((each) => each.type) };
  return { type, ...(parts.length > 0 && { defaults: { values: new Map(), parts: new Map(parts) } }) };
}

function object(entries: readonly (readonly [Expression, Expression])[]): Constraint {
  const attributes = new Map<string, Type>();
  const optional = new Set<string>();
  const values = new Map<string, Value>();
  const parts = new Map<string, Defaults>();
  for (const [key, expression] of entries) {
    const name = key.kind === "literal" && typeof key.value === "string" ? key.value : refuse();
    const modifier = expression.kind === "call" && expression.name === "optional" ? expression.args : undefined;
    if (attributes.has(name) || (modifier && (modifier.length === 0 || modifier.length > 2))) refuse();
    const { type, defaults } = constraintOf(modifier?.[0] ?? expression);
    attributes.set(name, type);
    if (modifier) optional.add(name);
    if (defaults) parts.set(name, defaults);
    if (modifier?.[1]) values.set(name, constant(modifier[1], type));
  }
  const hasDefaults = values.size + parts.size > 0;
  return { type: { kind: "object", attributes, optional }, ...(hasDefaults && { defaults: { values, parts } }) };
}

/** A default is written out: it refers to nothing. */
function constant(expression: Expression, type: Type): Value {
  const work = new Work();
  const nothing: Scope = { work, resolve: refuse };
  const value = convert(evaluate(expression, nothing), type, work);
  return whyUnknown(value) === undefined ? value : refuse();
}

function refuse(): never {
  throw new ExpressionError("no type constraint");
}
