import { JudgeOptions, judge, prepare, Prepared } from "./engine";
import { findInventory } from "./find-inventory";
import { isEmptyBatch, toReport } from "./gate";
import { readInventory } from "./inventory";
import { FailOn, Files, InputError, Inventory, Judgement, Plan, Report } from "./model";
import { findings } from "./rules";
import { nothingToJudge, readPlan } from "./stack";

/** What `passthru check` takes. */
export interface CheckInputs {
  readonly files: Files;
  /** Stacks, one batch. */
  readonly paths: readonly string[];
  /** Empty: `inventory.{hcl,yaml,json}` beside the paths or in the working directory. */
  readonly inventories: readonly string[];
}

/** How the texts are read. */
export interface ReadOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly variableFiles?: readonly string[];
  /** Values of `TF_VAR_` variables, by name: what nothing else gives a value for. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Names of the app's stacks to read; empty: all. */
  readonly stacks?: readonly string[];
  /** Terraform's workspace; without it what is selected in the stack's folder. */
  readonly workspace?: string;
  /** When the plan is made, as RFC 3339 writes it: what `timestamp()` says. Without it that is unknown. */
  readonly asOf?: string;
  /** A batch without a VM, and without a device change that touches a running one, is fine. */
  readonly allowEmpty?: boolean;
}

export interface CheckOptions extends ReadOptions, Omit<JudgeOptions, "maxWork"> {
  readonly failOn?: FailOn;
}

/**
 * Text in, report out: synchronous, deterministic, no process, no clock. Throws InputError for what the user can mend.
 * It is `read`, `prepare`, `judge` and `report`, one after the other; each can be used alone.
 */
export function check(inputs: CheckInputs, options: CheckOptions = {}): Report {
  const { plan, inventory } = read(inputs, options);
  const { hostFailures, faultDomains, defrag } = options;
  const prepared = prepare(plan, inventory, {
    ...(hostFailures === undefined ? {} : { hostFailures }),
    ...(faultDomains === undefined ? {} : { faultDomains }),
    ...(defrag === undefined ? {} : { defrag }),
  });
  return report(prepared, judge(prepared), options.failOn);
}

/** Texts to a plan and an inventory. Throws InputError with the mistakes of both. */
export function read(
  { files, paths, inventories }: CheckInputs,
  options: ReadOptions = {},
): { readonly plan: Plan; readonly inventory: Inventory } {
  const [inventory, plan] = both(
    () => readInventory(files, inventories.length > 0 ? inventories : findInventory(files, paths)),
    () =>
      readPlan(files, paths, {
        variables: options.variables ?? {},
        variableFiles: options.variableFiles ?? [],
        environment: options.environment ?? {},
        stacks: options.stacks ?? [],
        ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      }),
  );
  // Where something was not read, the findings say so.
  if (isEmptyBatch(plan, inventory) && plan.unread === undefined && options.allowEmpty !== true) throw nothingToJudge(files, paths, plan);
  return { plan, inventory };
}

/**
 * Puts a judgement of a prepared question together with the findings, and decides whether the gate passes. `failOn`: the lowest
 * severity of a finding that keeps it shut.
 */
export function report({ plan, inventory }: Pick<Prepared, "plan" | "inventory">, judgement: Judgement, failOn: FailOn = "error"): Report {
  return toReport({ plan, inventory, judgement, findings: findings(plan, inventory, judgement) }, failOn);
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
