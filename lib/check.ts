import { judge } from "./engine";
import { findInventory } from "./find-inventory";
import { isEmptyBatch, toReport } from "./gate";
import { readInventory } from "./inventory";
import { FailOn, Files, InputError, Report } from "./model";
import { findings } from "./rules";
import { readPlan } from "./stack";

/** What `passthru check` takes. */
export interface CheckInputs {
  readonly files: Files;
  /** Stacks, one batch. */
  readonly paths: readonly string[];
  /** Empty: `inventory.{hcl,yaml,json}` beside the paths or in the working directory. */
  readonly inventories: readonly string[];
}

export interface CheckOptions {
  readonly hostFailures?: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly variableFiles?: readonly string[];
  /** Values of `TF_VAR_` variables, by name: what nothing else gives a value for. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stacks?: readonly string[];
  readonly failOn?: FailOn;
  readonly allowEmpty?: boolean;
  /** Each declared fault domain fails as a whole, too. */
  readonly faultDomains?: boolean;
  /** VMs without devices may be moved aside at failover. */
  readonly defrag?: "movable";
}

/** Text in, report out: synchronous, deterministic, no process, no clock. Throws InputError for what the user can mend. */
export function check({ files, paths, inventories }: CheckInputs, options: CheckOptions = {}): Report {
  const [inventory, plan] = both(
    () => readInventory(files, inventories.length > 0 ? inventories : findInventory(files, paths)),
    () =>
      readPlan(files, paths, {
        variables: options.variables ?? {},
        variableFiles: options.variableFiles ?? [],
        environment: options.environment ?? {},
        stacks: options.stacks ?? [],
      }),
  );
  if (isEmptyBatch(plan, inventory) && options.allowEmpty !== true) throw nothingToJudge(paths);
  const { hostFailures, faultDomains, defrag } = options;
  const judgement = judge(plan, inventory, {
    ...(hostFailures === undefined ? {} : { hostFailures }),
    ...(faultDomains === undefined ? {} : { faultDomains }),
    ...(defrag === undefined ? {} : { defrag }),
  });
  return toReport({ plan, inventory, judgement, findings: findings(plan, inventory, judgement) }, options.failOn ?? "error");
}

/** The results of both, or the mistakes of both. */
function both<A, B>(first: () => A, second: () => B): readonly [A, B] {
  let a: A;
  try {
    a = first();
  } catch (error) {
    if (error instanceof InputError) throw withMistakesOf(error, second);
    throw error;
  }
  return [a, second()];
}

function withMistakesOf(error: InputError, action: () => unknown): InputError {
  try {
    action();
    return error;
  } catch (another) {
    if (another instanceof InputError) return new InputError([...error.mistakes, ...another.mistakes]);
    throw another;
  }
}

function nothingToJudge(paths: readonly string[]): InputError {
  const message = "no VM to judge, and no device change that touches a running VM; if that is meant, say --allow-empty";
  return InputError.at({ file: paths.join(", ") }, message);
}
