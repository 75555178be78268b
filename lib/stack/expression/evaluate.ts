import { callFunction, readText } from "./functions";
import { SyntaxMistake } from "./lexer";
import { binary, unary } from "./operators";
import { forEachReference } from "./references";
import { World } from "./world";
import { Expression, ForExpression, formatTraversal, Step } from "./syntax";
import { parseTemplate } from "./template";
import { convert, listOf } from "./types/convert";
import { isIdentical, typeText } from "./types/type";
import { typeOf } from "./types/type-of";
import { unify } from "./types/unify";
import { ExpressionError, isInstance, isList, isMap, ListOf, OpenMap, SetOf, toBool, toNumber, toText } from "./value";
import { typeName, Unknown, Value, whyUnknown } from "./value";
import { checkSize, MAX_ELEMENTS, MAX_TEXT, Work } from "./work";
import { sortedEntries } from "./collections";

/** What names mean where an expression stands. */
export interface Scope {
  /** The value that `root` and the first `used` of its steps stand for. */
  resolve(root: string, steps: readonly Step[]): { readonly value: Value; readonly used: number };
  readonly work: Work;
  /** Undefined where nothing is known of where the configuration is. */
  readonly world?: World | undefined;
}

/** `scope` with more names: a loop's, or those of an iterator. */
export function withNames(scope: Scope, names: ReadonlyMap<string, Value>): Scope {
  return {
    work: scope.work,
    ...(scope.world && { world: scope.world }),
    resolve: (root, steps) => {
      const value = names.get(root);
      return value === undefined ? scope.resolve(root, steps) : { value, used: 0 };
    },
  };
}

/** The expression's value; unknown parts stay unknown. Throws ExpressionError where Terraform would refuse it, and WorkLimit. */
export function evaluate(expression: Expression, scope: Scope): Value {
  return scope.work.deeper(() => evaluateInside(expression, scope));
}

function evaluateInside(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? composed(expression.value) : expression.value;
    case "template":
      return interpolate(expression.parts, scope);
    case "traversal":
      return traverse(expression.root, expression.steps, scope);
    case "access":
      return applySteps(evaluate(expression.on, scope), expression.steps, 0, scope);
    case "call":
      return call(expression, scope);
    case "unary":
      return unary(expression.operator, evaluate(expression.operand, scope));
    case "binary":
      return expression.rest.reduce(
        (left, { operator, operand }) => binary(operator, left, evaluate(operand, scope), scope.work),
        evaluate(expression.first, scope),
      );
    case "conditional":
      return conditional(expression.condition, expression.then, expression.otherwise, scope);
    case "list":
      return expression.items.map((item) => evaluate(item, scope));
    case "object":
      return object(expression.entries, scope);
    case "for":
      return loop(expression, scope);
  }
}

function interpolate(parts: readonly Expression[], scope: Scope): Value {
  let text = "";
  for (const part of parts) {
    const value = evaluate(part, scope);
    const why = whyUnknown(value);
    if (why !== undefined) return new Unknown(why);
    const piece = toText(value);
    if (piece === undefined) throw new ExpressionError(`${typeName(value)} can't be part of a text`);
    checkSize(text.length + piece.length, MAX_TEXT);
    scope.work.spend(piece.length >> 6);
    text += piece;
  }
  return composed(text);
}

/** Terraform keeps texts in Unicode's normal form C. Nothing before U+0300 can be composed with what is before it. */
function composed(text: string): string {
  return /[\u0300-\uffff]/.test(text) ? text.normalize() : text;
}

function traverse(root: string, steps: readonly Step[], scope: Scope): Value {
  const { value, used } = scope.resolve(root, steps);
  const result = applySteps(value, steps, used, scope);
  return result instanceof Unknown && result.why === "" ? new Unknown(`\${${formatTraversal(root, steps)}}`) : result;
}

function applySteps(value: Value, steps: readonly Step[], from: number, scope: Scope): Value {
  let current = value;
  for (let at = from; at < steps.length; at++) {
    scope.work.spend(1);
    const step = steps[at]!;
    if (step.kind === "splat") return splat(current, steps, at, step.full, scope);
    current = step.kind === "attribute" ? attribute(current, step.name) : index(current, evaluate(step.index, scope));
  }
  return current;
}

function attribute(value: Value, name: string): Value {
  if (isInstance(value)) return value.attribute(name);
  if (isMap(value)) return element(value, name);
  const why = whyUnknown(value);
  if (why !== undefined) return new Unknown(why);
  throw new ExpressionError(`${typeName(value)} has no attribute "${name}"`);
}

function index(value: Value, key: Value): Value {
  if (isInstance(value)) throw new ExpressionError(`${value.address} has no count or for_each`);
  const why = whyUnknown(value) ?? whyUnknown(key);
  if (why !== undefined) return new Unknown(why);
  if (isMap(value)) return element(value, keyText(key));
  const position = toNumber(key);
  const found = isList(value) && !(value instanceof SetOf) && position !== undefined ? value[position] : undefined;
  if (found === undefined) throw new ExpressionError(`${typeName(value)} has no element ${toText(key) ?? typeName(key)}`);
  return found;
}

function element(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (value !== undefined) return value;
  if (map instanceof OpenMap) return new Unknown("");
  throw new ExpressionError(`the object has no "${name}"`);
}

function splat(value: Value, steps: readonly Step[], at: number, full: boolean, scope: Scope): Value {
  const why = isInstance(value) ? undefined : whyUnknown(value);
  if (why !== undefined) return new Unknown(why);
  let end = steps.length;
  if (!full) {
    const stop = steps.findIndex((step, position) => position > at && (step.kind === "index" ? !step.dotted : step.kind !== "attribute"));
    end = stop === -1 ? end : stop;
  }
  const inside = steps.slice(at + 1, end);
  const elements = value === null ? [] : isList(value) ? value : [value];
  const results = elements.map((each) => applySteps(each, inside, 0, scope));
  return applySteps(value instanceof ListOf ? listOf(results, scope.work) : results, steps, end, scope);
}

function call(expression: Expression & { kind: "call" }, scope: Scope): Value {
  const { name, spread } = expression;
  if (name === "try" || name === "can") return attempt(name, expression.args, scope);
  const args = expression.args.map((arg) => evaluate(arg, scope));
  if (name === "templatefile" || name === "templatestring") return rendered(name, args, scope);
  if (!spread) return callFunction(name, args, scope.work, scope.world);
  const last = args.pop()!;
  if (!isList(last)) return new Unknown(whyUnknown(last) ?? `\${${name}(…)}`);
  return callFunction(name, [...args, ...last], scope.work, scope.world);
}

/** A template from elsewhere, with the names that it is given and no others. */
function rendered(name: "templatefile" | "templatestring", args: readonly Value[], scope: Scope): Value {
  const [source = null, names = null] = args;
  const why = whyUnknown(source) ?? whyUnknown(names);
  if (why !== undefined) return new Unknown(why);
  const given = toText(source);
  if (given === undefined || !isMap(names)) throw new ExpressionError(`${name}: a text and an object with names are wanted`);
  const text = name === "templatefile" ? readText(given, scope.work, scope.world) : given;
  if (text instanceof Unknown) return text;
  scope.work.spend(text.length >> 6);
  const template = parsedTemplate(text);
  forEachReference(template, (root) => {
    if (!names.has(root)) throw new ExpressionError(`the template is not given the name ${root}`);
  });
  const result = evaluate(template, withNames(scope, names));
  if (result === null) throw new ExpressionError("the template comes to null");
  return name === "templatefile" || whyUnknown(result) !== undefined ? result : toTemplateText(result);
}

function toTemplateText(value: Value): string {
  const text = toText(value);
  if (text === undefined) throw new ExpressionError(`${typeName(value)} is no text`);
  return text;
}

function parsedTemplate(text: string): Expression {
  try {
    return parseTemplate(text);
  } catch (error) {
    // What Terraform can't read either is a mistake of that call: `try` sees it.
    throw error instanceof SyntaxMistake ? new ExpressionError(`the template can't be read: ${error.message}`) : error;
  }
}

function attempt(name: "try" | "can", args: readonly Expression[], scope: Scope): Value {
  for (const arg of args) {
    try {
      const value = evaluate(arg, scope);
      if (name === "try") return value;
      return isInstance(value) ? true : whyUnknown(value) === undefined ? true : new Unknown(whyUnknown(value)!);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  if (name === "can") return false;
  throw new ExpressionError("try: no expression succeeded");
}

/** Both results are converted to a type that they have in common, so that the one that is not chosen counts as well. */
function conditional(condition: Expression, then: Expression, otherwise: Expression, scope: Scope): Value {
  const value = evaluate(condition, scope);
  const why = whyUnknown(value);
  if (why !== undefined) return new Unknown(why);
  const chosen = isTrue(value);
  const result = evaluate(chosen ? then : otherwise, scope);
  // What has no type takes that of the other, which is then of no account.
  if (result === null || whyUnknown(result) !== undefined) return result;
  return unified(result, valueOrNull(chosen ? otherwise : then, scope), scope);
}

/** What can't be evaluated has no type, and is no mistake where it isn't chosen. */
function valueOrNull(expression: Expression, scope: Scope): Value {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

function unified(result: Value, other: Value, { work }: Scope): Value {
  const [type, otherType] = [typeOf(result, work), typeOf(other, work)];
  const common = unify([type, otherType]);
  if (common !== undefined) return isIdentical(type, common) ? result : convert(result, common, work);
  throw new ExpressionError(`the results of a condition must have one type, found ${typeText(type)} and ${typeText(otherType)}`);
}

function object(entries: readonly (readonly [Expression, Expression])[], scope: Scope): Value {
  const result = new Map<string, Value>();
  for (const [keyExpression, valueExpression] of entries) {
    const key = evaluate(keyExpression, scope);
    const why = whyUnknown(key);
    if (why !== undefined) return new Unknown(why);
    result.set(keyText(key), evaluate(valueExpression, scope));
  }
  return result;
}

function loop(expression: ForExpression, scope: Scope): Value {
  const of = evaluate(expression.of, scope);
  const entries = isList(of) ? listEntries(of) : isMap(of) ? sortedEntries(of) : undefined;
  if (entries === undefined) {
    const why = whyUnknown(of);
    if (why !== undefined) return new Unknown(why);
    throw new ExpressionError(`${typeName(of)} can't be iterated`);
  }
  checkSize(entries.length, MAX_ELEMENTS);
  const list: Value[] = [];
  const map = new Map<string, Value>();
  for (const [key, value] of entries) {
    const names = new Map<string, Value>([[expression.valueName, value]]);
    if (expression.keyName !== undefined) names.set(expression.keyName, key);
    const inner = withNames(scope, names);
    const wanted = expression.condition === undefined ? true : evaluate(expression.condition, inner);
    const outKey = expression.key === undefined ? null : evaluate(expression.key, inner);
    const why = whyUnknown(wanted) ?? whyUnknown(outKey);
    if (why !== undefined) return new Unknown(why);
    if (!isTrue(wanted)) continue;
    const result = evaluate(expression.value, inner);
    if (expression.key === undefined) list.push(result);
    else if (expression.group) addToGroup(map as Map<string, Value[]>, keyText(outKey), result);
    else if (map.has(keyText(outKey))) throw new ExpressionError(`the key "${keyText(outKey)}" is given twice`);
    else map.set(keyText(outKey), result);
  }
  return expression.key === undefined ? list : map;
}

function addToGroup(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** In a set each element is its own key. */
function listEntries(of: readonly Value[]): readonly (readonly [Value, Value])[] {
  return of.map((value, position) => [of instanceof SetOf ? value : position, value] as const);
}

function isTrue(value: Value): boolean {
  const result = toBool(value);
  if (result === undefined) throw new ExpressionError(`${typeName(value)} is no condition`);
  return result;
}

function keyText(key: Value): string {
  const text = toText(key);
  if (text === undefined) throw new ExpressionError(`${typeName(key)} can't be a key`);
  return text;
}
