import { readFileSync } from "node:fs";
import { Plan, PlanVm } from "../../lib/model";
import { StackOptions } from "../../lib/stack";
import { readFiles } from "./read";

export const REAL_PLAN = "test/data/plans/real/plan.json";

interface Json {
  [key: string]: Json;
}

/** The real plan as data, to be changed by a test. */
export function realPlan(): Json {
  return JSON.parse(readFileSync(REAL_PLAN, "utf8")) as Json;
}

/** One entry of `resource_changes`; `rest` goes beside the change, or into it where it belongs there. */
export function change(
  address: string,
  actions: readonly string[],
  before: object | null,
  after: object | null,
  rest: object = {},
): object {
  const [, module, data, type, name, index] = /^((?:module\.\w+(?:\[[^\]]*\])?\.)*)(data\.)?(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address)!;
  const { after_unknown = {}, after_sensitive = {}, before_sensitive = {}, importing, ...others } = rest as Record<string, unknown>;
  return {
    address,
    ...(module !== "" && { module_address: module!.slice(0, -1) }),
    mode: data === undefined ? "managed" : "data",
    type,
    name,
    ...(index !== undefined && { index: JSON.parse(index) as unknown }),
    provider_name: "registry.terraform.io/vmware/vsphere",
    change: { actions, before, after, after_unknown, before_sensitive, after_sensitive, ...(importing !== undefined && { importing }) },
    ...others,
  };
}

/** A resource of the `configuration`: each expression given as its constant, or as a list of references. */
export function configured(address: string, expressions: Readonly<Record<string, unknown>>, rest: object = {}): object {
  const [type, name] = address.replace(/^data\./, "").split(".");
  const mode = address.startsWith("data.") ? "data" : "managed";
  return { address, mode, type, name, provider_config_key: type!.split("_")[0], expressions: expressionsOf(expressions), ...rest };
}

export function expressionsOf(expressions: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(expressions).map(([name, value]) => [name, expressionOf(value)]));
}

/** `["a.b.id"]` becomes references with all their beginnings, as Terraform lists them; `[{…}]` is a nested block. */
export function expressionOf(value: unknown): unknown {
  if (Array.isArray(value) && value.every((each) => typeof each === "object"))
    return value.map((block) => expressionsOf(block as Record<string, unknown>));
  return Array.isArray(value) ? { references: (value as string[]).flatMap(withBeginnings) } : { constant_value: value };
}

function withBeginnings(reference: string): string[] {
  const parts = reference.match(/^[\w-]+|\.[\w-]+|\[[^\]]*\]/g) ?? [];
  const least = reference.startsWith("data.") ? 3 : 2;
  return Array.from({ length: Math.max(parts.length - least + 1, 1) }, (_, less) => parts.slice(0, parts.length - less).join(""));
}

/** A plan with these changes and, in its root module, these resources. */
export function planOf(changes: readonly object[], resources: readonly object[] = [], rest: object = {}): object {
  const { root = {}, ...others } = rest as { root?: object };
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: { resources, ...root } },
    complete: true,
    errored: false,
    ...others,
  };
}

export function readPlanOf(plan: object, options: Partial<StackOptions> = {}): Plan {
  return readFiles({ "plan.json": plan }, ["plan.json"], options);
}

/** The first VM of a plan. */
export function vmOfPlan(plan: object): PlanVm {
  return readPlanOf(plan).vms[0]!;
}
