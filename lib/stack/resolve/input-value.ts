import { Mistake, quoted, Source } from "../../model";
import { Block, blockSource, defaultOf } from "../configuration";
import { isList, isMap } from "../data";
import { Step } from "../expression/syntax";
import { Constraint, readConstraint } from "../expression/types/constraint";
import { convert } from "../expression/types/convert";
import { applyDefaults } from "../expression/types/defaults";
import { ExpressionError, toText, Unknown, Value } from "../expression/value";
import { WorkLimit } from "../expression/work";
import { DataScope, evaluateData, evaluateWritten } from "./evaluate-data";

/** Who gives a variable its value, where its own block does not: a `module` block, and the address of the instance that it makes. */
export interface Giver {
  readonly call: Block;
  readonly module: string;
}

/** Read once for all instances of a module: its variables are the same. */
const constraints = new WeakMap<Block, Constraint | undefined>();

/** A variable's type; undefined where it is not understood. */
export function constraintOf(block: Block): Constraint | undefined {
  if (!constraints.has(block)) constraints.set(block, readConstraint(block.body["type"]));
  return constraints.get(block);
}

/**
 * What a variable is, of a stack or a module: the value that it was given (undefined: none was), or its default, as its type has it.
 * What is sensitive is not looked at, so that no message can show it. A value that does not fit is a mistake where it was given, and
 * unknown.
 */
export function inputValue(block: Block, given: Value | undefined, scope: DataScope, mistakes: Mistake[], giver?: Giver): Value {
  const { name, body } = block;
  if (isSensitive(body)) return new Unknown(`\${var.${name}} (sensitive)`);
  const constraint = constraintOf(block);
  if (constraint === undefined) return new Unknown(`\${var.${name}} (its type is not understood)`);
  const mistaken = (message: string): Unknown => {
    mistakes.push(mistakeOf(block, message, blockSource(block), giver));
    return new Unknown(`\${var.${name}}`);
  };
  // A null that is given is the value, unless the variable can't be null.
  const isGiven = given !== undefined && (given !== null || isNullable(block));
  const byDefault = isGiven ? undefined : defaultOf(block);
  const value = byDefault === undefined ? given : evaluateWritten(byDefault, scope);
  if (value === undefined) return new Unknown(`\${var.${name}} (no value and no default)`);
  if (value === null && !isNullable(block)) return mistaken("must not be null");
  try {
    return convert(applyDefaults(value, constraint.defaults, scope.work), constraint.type, scope.work);
  } catch (error) {
    if (error instanceof WorkLimit) return new Unknown(`\${var.${name}} (${error.message})`);
    if (!(error instanceof ExpressionError)) throw error;
    return mistaken(
      typeof constraint.type === "string" ? error.message.replace("expected", "must be") : `does not fit its type: ${error.message}`,
    );
  }
}

/** Mistakes for what the variable's own validation blocks refuse; a condition that is not known refuses nothing. */
export function validate(block: Block, value: Value, scope: DataScope, mistakes: Mistake[], giver?: Giver): void {
  const all = block.body["validation"];
  const rules = (isList(all) ? all : [all]).filter(isMap);
  const { templates, work, open } = scope;
  const resolve = (root: string, steps: readonly Step[]): ReturnType<DataScope["resolve"]> => {
    const [first] = steps;
    const isItself = root === "var" && first?.kind === "attribute" && first.name === block.name;
    return isItself ? { value, used: 1 } : scope.resolve(root, steps);
  };
  const inner: DataScope = { templates, work, open, resolve };
  for (const rule of rules) {
    if (evaluateData(rule["condition"] ?? null, inner) !== false) continue;
    const reason = toText(evaluateData(rule["error_message"] ?? null, inner)) ?? "its condition does not hold";
    mistakes.push(mistakeOf(block, `is refused by its validation: ${reason}`, block.file.keySource(rule, "condition"), giver));
  }
}

/** A module is right for others: what is wrong with a value is said where it is given. */
function mistakeOf({ name }: Block, message: string, declared: Source, giver: Giver | undefined): Mistake {
  if (giver === undefined) return { ...declared, message: `variable ${quoted(name)} ${message}` };
  const { file, line } = declared;
  return {
    ...blockSource(giver.call, name),
    message: `variable ${quoted(name)} of ${giver.module} ${message} (declared in ${line === undefined ? file : `${file}:${line}`})`,
  };
}

function isNullable({ body }: Block): boolean {
  return body["nullable"] !== false && body["nullable"] !== "false";
}

/** Whether a variable or an output is not to be looked at, so that no message can show it. */
export function isSensitive({ sensitive }: Block["body"]): boolean {
  return sensitive === true || sensitive === "true";
}
