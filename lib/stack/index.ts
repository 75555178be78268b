import { Files, Plan, PlanNote, quoted } from "../model";
import { openBatch, selectStacks } from "./batch";
import { makePlan } from "./plan-maker";
import { Variables } from "./resolve/variables";
import { Workspace } from "./resolve/workspace";

export interface StackOptions {
  /** `--var name=value` */
  readonly variables: Readonly<Record<string, string>>;
  /** `--var-file`, in order. */
  readonly variableFiles: readonly string[];
  /** `TF_VAR_name`, by name: what nothing else gives a value for, and none that a stack must declare. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `--stack`: only these; empty: all. */
  readonly stacks: readonly string[];
}

/** Reads every path into one Plan; throws InputError with every mistake. */
export function readPlan(files: Files, paths: readonly string[], options: StackOptions): Plan {
  const configurations = openBatch(files, paths);
  const selected = selectStacks(configurations, options.stacks);
  const variables = new Variables(files, options.variables, options.variableFiles, options.environment);
  const workspace = new Workspace(configurations, variables);
  const plan = makePlan(
    workspace,
    workspace.stacks.filter(({ configuration }) => selected.includes(configuration)),
  );
  const notes = variables.names().flatMap((name) => undeclared(name, workspace));
  return { ...plan, notes: [...plan.notes, ...notes] };
}

/** A note and no mistake: the value may be meant for another stack, or come from the environment. */
function undeclared(name: string, { stacks }: Workspace): readonly PlanNote[] {
  const [first] = stacks;
  if (first === undefined || stacks.some(({ configuration }) => configuration.variables.has(name))) return [];
  const message = `a value is given for the variable ${quoted(name)}, which no stack declares`;
  return [{ rule: "undeclared-variable", severity: "note", source: { file: first.configuration.file, line: 1 }, message }];
}
