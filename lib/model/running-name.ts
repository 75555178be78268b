import { RunningVm } from "./inventory";
import { Maybe } from "./maybe";
import { once } from "./once";
import { PlanVm } from "./plan";

/** The name that a stack's VM runs under now, if it runs: the plan may rename it. */
export function runningNameOf({ name, runningName }: Pick<PlanVm, "name" | "runningName">): Maybe<string> {
  return runningName ?? name;
}

/** Of VMs that exist, those whose name tells which they are; several of one name are in different folders. */
export function existingByName<T extends { readonly name: string }>(vms: readonly T[]): ReadonlyMap<string, T | "several"> {
  const byName = new Map<string, T | "several">();
  for (const vm of vms) byName.set(vm.name, byName.has(vm.name) ? "several" : vm);
  return byName;
}

export const runningByName = once((vms: readonly RunningVm[]) => existingByName(vms));

/** What the judgement calls a VM that runs and is in no stack: its name, after its folder where another has that name. */
export function runningId(vm: RunningVm, vms: readonly RunningVm[]): string {
  return runningByName(vms).get(vm.name) === "several" ? `${vm.folder ?? ""}/${vm.name}` : vm.name;
}
