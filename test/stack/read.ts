import { InputError, Plan, PlanVm } from "../../lib/model";
import { readPlan, StackOptions } from "../../lib/stack";
import { filesOf } from "./files";

const NOTHING: StackOptions = { variables: {}, variableFiles: [], stacks: [] };

/** Reads one stack, given as the content of its cdk.tf.json. */
export function readStack(content: unknown, options: Partial<StackOptions> = {}): Plan {
  return readFiles({ "cdk.tf.json": content }, ["cdk.tf.json"], options);
}

export function readFiles(
  contents: Readonly<Record<string, unknown>>,
  paths: readonly string[],
  options: Partial<StackOptions> = {},
): Plan {
  return readPlan(filesOf(contents), paths, { ...NOTHING, ...options });
}

/** Reads a cdktf.out folder with these stacks, and other files. */
export function readApp(
  stacks: Readonly<Record<string, unknown>>,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
  options: Partial<StackOptions> = {},
  others: Readonly<Record<string, unknown>> = {},
): Plan {
  return readFiles({ ...appOf(stacks, dependencies), ...others }, ["cdktf.out"], options);
}

export function appOf(
  stacks: Readonly<Record<string, unknown>>,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
): Record<string, unknown> {
  const entries = Object.keys(stacks).map((name) => {
    const synthesizedStackPath = `stacks/${name}/cdk.tf.json`;
    return [name, { name, constructPath: name, synthesizedStackPath, dependencies: dependencies[name] ?? [] }] as const;
  });
  return {
    "cdktf.out/manifest.json": { version: "0.21.0", stacks: Object.fromEntries(entries) },
    ...Object.fromEntries(Object.entries(stacks).map(([name, content]) => [`cdktf.out/stacks/${name}/cdk.tf.json`, content])),
  };
}

/** A stack with one VM `x`, and whatever else. */
export function vmStack(body: object, rest: object = {}): object {
  const { resource = {}, ...others } = rest as { resource?: object };
  return { ...others, resource: { ...resource, vsphere_virtual_machine: { x: { name: "x", ...body } } } };
}

export function readVmOf(body: object, rest: object = {}, options: Partial<StackOptions> = {}): PlanVm {
  return readStack(vmStack(body, rest), options).vms[0]!;
}

/** The mistakes that `read` throws, one a line. */
export function mistakesOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("expected an InputError");
}
