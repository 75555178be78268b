import { Files, Maybe, Mistake, nearMiss, Plan, PlanNote, quoted } from "../model";
import { openBatch, selectStacks } from "./batch";
import { Block, blockAddress, blockSource } from "./configuration";
import { failedPreconditions } from "./meaning/conditions";
import { makePlan } from "./plan-maker";
import { Module } from "./modules/module";
import { readModules } from "./modules/read-modules";
import { PlannedStack } from "./planned/planned-stack";
import { VM } from "./placed";
import { isConfiguration, isPlanDocument, Opened } from "./readers/open";
import { ModuleScope } from "./resolve/module-scope";
import { Variables } from "./resolve/variables";
import { Workspace } from "./resolve/workspace";

export { nothingToJudge } from "./looked-at";

export interface StackOptions {
  /** `--var name=value` */
  readonly variables: Readonly<Record<string, string>>;
  /** `--var-file`, in order. */
  readonly variableFiles: readonly string[];
  /** `TF_VAR_name`, by name: what nothing else gives a value for, and none that a stack must declare. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `--stack`: only these; empty: all. */
  readonly stacks: readonly string[];
  /** `--workspace`: the value of `terraform.workspace`. */
  readonly workspace?: string;
  /** `--as-of`: the time of the plan, as RFC 3339 writes it. */
  readonly asOf?: string;
}

/** Reads every path into one Plan; throws InputError with every mistake. */
export function readPlan(files: Files, paths: readonly string[], options: StackOptions): Plan {
  const opened = openBatch(files, paths);
  const selected = new Set(selectStacks(opened, options.stacks));
  const variables = new Variables(files, options.variables, options.variableFiles, options.environment);
  const workspace = new Workspace(readModules(files, opened.filter(isConfiguration)), variables, { files, ...options });
  const scopes = workspace.stacks.filter(({ module }) => selected.has(module.configuration));
  for (const stack of scopes) for (const { scope } of stack.all()) scope.checkVariables();
  const declared = new Set(opened.flatMap((each) => [...(isPlanDocument(each) ? each.variables : each.variables.keys())]));
  const { onCommandLine, inFiles } = variables.givenNames();
  workspace.mistakes.push(...scopes.flatMap(preconditionsOf), ...onCommandLine.flatMap((name) => misspelt(name, declared)));
  const plan = makePlan(workspace, {
    scopes,
    planned: [...selected].filter(isPlanDocument).map((document) => new PlannedStack(document, workspace.mistakes)),
  });
  const notes = inFiles.flatMap((name) => undeclared(name, declared, opened));
  const absent = scopes.flatMap(withoutInstances);
  return { ...plan, notes: [...plan.notes, ...notes], ...(absent.length > 0 && { withoutInstances: absent }) };
}

function preconditionsOf(stack: ModuleScope): readonly Mistake[] {
  return [...stack.all()].flatMap(({ scope }) => {
    const ofResources = [...scope.resources.values()].flatMap((resource) => {
      if (resource.block.body["lifecycle"] === undefined) return [];
      const found = resource.instances();
      return found.known
        ? failedPreconditions(
            resource.block,
            found.value.map((each) => [each.address, each.inner]),
          )
        : [];
    });
    const outputs = [...scope.module.configuration.outputs.values()];
    const addressOf = (block: Block): string => [...(scope.address === "" ? [] : [scope.address]), blockAddress(block)].join(".");
    return [...ofResources, ...outputs.flatMap((block) => failedPreconditions(block, [[addressOf(block), scope]]))];
  });
}

/** VM resources of which count or for_each make none, and calls of modules that have VMs, or may; each once. */
function withoutInstances(stack: ModuleScope): NonNullable<Plan["withoutInstances"]> {
  const found = new Map<string, NonNullable<Plan["withoutInstances"]>[number]>();
  const add = (address: string, block: Block, instances: Maybe<readonly unknown[]>): void => {
    if (!instances.known || instances.value.length > 0) return;
    const by = "count" in block.body ? "count" : "for_each";
    found.set(address, { address, source: blockSource(block, by), why: by === "count" ? "count 0" : "an empty for_each" });
  };
  for (const { scope } of stack.all()) {
    for (const resource of scope.resources.values()) if (resource.type === VM) add(resource.address, resource.block, resource.instances());
    for (const [name, { block, called }] of scope.module.calls) {
      const mayHaveVms =
        !(called instanceof Module) || [...called.all()].some(({ resources }) => resources.some(({ type }) => type === VM));
      if (mayHaveVms) add(scope.module.inside(blockAddress(block)), block, scope.calls.get(name)!.instances());
    }
  }
  return [...found.values()];
}

/** As Terraform has it: who types a name means it. */
function misspelt(name: string, declared: ReadonlySet<string>): readonly Mistake[] {
  if (declared.has(name)) return [];
  const near = nearMiss(name, [...declared]);
  const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  return [{ file: `--var ${name}`, message: `no stack declares the variable ${quoted(name)}${hint}` }];
}

/** A note and no mistake: a file of values is for several stacks. */
function undeclared(name: string, declared: ReadonlySet<string>, [first]: readonly Opened[]): readonly PlanNote[] {
  if (first === undefined || declared.has(name)) return [];
  const message = `a value is given for the variable ${quoted(name)}, which no stack declares`;
  return [{ rule: "undeclared-variable", source: { file: first.file, line: 1 }, message }];
}
