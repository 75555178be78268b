import { groupBy } from "./groups";
import { ExistingVm, RunningVm } from "./inventory";
import { Maybe } from "./maybe";
import { once } from "./once";
import { PlanVm } from "./plan";

/** The name that a stack's VM runs under now, if it runs: the plan may rename it. */
export function runningNameOf({ name, runningName }: Pick<PlanVm, "name" | "runningName">): Maybe<string> {
  return runningName ?? name;
}

/**
 * Which of the VMs that exist in its cluster a VM of the plan is: the one with its uuid or id, else the one with its very name that
 * nothing contradicts. VMs of one name are in different folders, and copies can have one uuid; several where it can be any of them.
 */
export function existingVmOf<T extends ExistingVm>(vm: PlanVm, vms: readonly T[]): T | "several" | undefined {
  const { byKey, byName } = tableOf(vms) as ExistingTable<T>;
  const name = runningNameOf(vm);
  for (const key of keysOf(vm)) {
    const [same, ...copies] = byKey.get(key) ?? [];
    if (same === undefined) continue;
    if (copies.length === 0) return same;
    return oneOf([same, ...copies].filter((each) => (!name.known || each.name === name.value) && !isAnother(vm, each))) ?? "several";
  }
  return oneOf((name.known ? (byName.get(name.value) ?? []) : []).filter((each) => !isAnother(vm, each)));
}

function oneOf<T>([found, ...others]: readonly T[]): T | "several" | undefined {
  return others.length > 0 ? "several" : found;
}

interface ExistingTable<T> {
  readonly byKey: ReadonlyMap<string, readonly T[]>;
  readonly byName: ReadonlyMap<string, readonly T[]>;
}

const tableOf = once((vms: readonly ExistingVm[]): ExistingTable<ExistingVm> => ({
  byKey: inGroups(vms.flatMap((vm) => keysOf(vm).map((key) => ({ key, vm })))),
  byName: groupBy(vms, ({ name }) => name),
}));

function inGroups(entries: readonly { readonly key: string; readonly vm: ExistingVm }[]): ReadonlyMap<string, readonly ExistingVm[]> {
  return new Map([...groupBy(entries, ({ key }) => key)].map(([key, same]) => [key, same.map(({ vm }) => vm)]));
}

type Identified = Pick<ExistingVm, "uuid" | "id" | "folder">;

function keysOf({ uuid, id }: Identified): readonly string[] {
  return [...(id === undefined ? [] : [`id ${id}`]), ...(uuid === undefined ? [] : [`uuid ${uuid.toLowerCase()}`])];
}

/** What one of them leaves open contradicts nothing. */
function isAnother(a: Identified, b: Identified): boolean {
  if (a.uuid !== undefined && b.uuid !== undefined && a.uuid.toLowerCase() !== b.uuid.toLowerCase()) return true;
  if (a.id !== undefined && b.id !== undefined && a.id !== b.id) return true;
  return a.folder !== undefined && b.folder !== undefined && !isSameFolder(a.folder, b.folder);
}

/** One may be written as an inventory path, `/dc-1/vm/team`, or from further inside than the other. */
function isSameFolder(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => path.split("/").filter((part) => part !== ""));
  const length = Math.min(first!.length, second!.length);
  return first!.slice(first!.length - length).join("/") === second!.slice(second!.length - length).join("/");
}

/** Of VMs that run, those whose name tells which they are; several of one name are in different folders. */
export const runningByName = once((vms: readonly RunningVm[]): ReadonlyMap<string, RunningVm | "several"> => {
  const byName = new Map<string, RunningVm | "several">();
  for (const vm of vms) byName.set(vm.name, byName.has(vm.name) ? "several" : vm);
  return byName;
});

/** What the judgement calls a VM that runs and is in no stack: its name, after its folder where another has that name. */
export function runningId(vm: RunningVm, vms: readonly RunningVm[]): string {
  return runningByName(vms).get(vm.name) === "several" ? `${vm.folder ?? ""}/${vm.name}` : vm.name;
}
