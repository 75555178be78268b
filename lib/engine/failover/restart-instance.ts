import { PlacementSpace } from "./placement-space";
import { Problem, StepClass, VmClass } from "../compile/problem";
import { ItemCount, Bin, Bins, binsOf } from "../packing/bins";
import { Assignment } from "../packing/answer";

/** The hosts before the batch, what runs on them and has to come back, and the batch, which may be anywhere. */
export interface RestartInstance {
  readonly bins: Bins;
  /** By slot. */
  readonly hosts: readonly Bin[];
  /** Slots whose hosts can fail or be emptied. */
  readonly usable: readonly number[];
  /** Dedicated failover hosts among them. */
  readonly dedicated: ReadonlySet<number>;
  /** By slot: who has to come back from there. */
  readonly running: readonly (readonly ItemCount[])[];
  /** Who of the batch has to come back. */
  readonly batch: readonly ItemCount[];
  /** By demand: the batch, whether it comes back or not. */
  readonly everyone: readonly number[];
  /** Which of the batch's VMs with a demand may be powered on at a slot: they power on by other rules than VMs restart. */
  readonly mayPowerOn: (demand: number, slot: number) => "all" | "some" | "none";
  /** Whether every placement with the whole batch on can be reached: the batch only creates, or can do all else before. */
  readonly isFree: boolean;
  /** Else whether an order is found that puts the batch's VMs, and nobody else, where the assignments say. */
  readonly reaches: (assignments: readonly Assignment[]) => boolean;
  /** Whether the bins know every place that the batch can have in the end; only then is anything proved for all placements. */
  readonly isCovered: boolean;
  /** Slots where a VM runs that has to come back and can't be anywhere else. */
  readonly bound: ReadonlySet<number>;
  /** There is such a VM in the batch. */
  readonly bindsBatch: boolean;
}

/** `returns`: who has to come back: the protected VMs after a failure, those with devices when a host is emptied. */
export function restartInstance(
  problem: Problem,
  { base, batch, firm, reach }: PlacementSpace,
  returns: (vmClass: VmClass) => boolean,
): RestartInstance {
  const bins = binsOf(problem, "restart");
  const isUsable = (slot: number): boolean => problem.kinds[problem.slots[slot]!.kind]!.usable;
  const usable = problem.slots.map((_, slot) => slot).filter(isUsable);
  const members = base.hosts.map(({ members: here }, slot) =>
    isUsable(slot) ? here.map((index) => problem.classes[index]!).filter(returns) : [],
  );
  const may = new Map<string, boolean[]>();
  for (const { vmClass } of batch) {
    const demand = bins.demandOf(vmClass);
    for (const { index, mayPowerOn } of problem.kinds) {
      const key = `${demand?.index} ${index}`;
      may.set(key, [...(may.get(key) ?? []), mayPowerOn[vmClass.index]!]);
    }
  }
  const returning = batch.filter(({ vmClass }) => returns(vmClass));
  const hosts = base.hosts.map((host) => bins.of(host));
  return {
    bins,
    hosts,
    usable,
    dedicated: new Set(usable.filter((slot) => problem.kinds[problem.slots[slot]!.kind]!.failover)),
    running: members.map((here) =>
      itemCountsOf(
        bins,
        here.map((vmClass) => ({ vmClass, count: 1 })),
      ),
    ),
    batch: itemCountsOf(bins, returning),
    everyone: bins.counted(batch),
    mayPowerOn: (demand, slot) => {
      const each = may.get(`${demand} ${problem.slots[slot]!.kind}`) ?? [];
      return !each.includes(true) ? "none" : each.includes(false) ? "some" : "all";
    },
    isFree: batch.length === 0 || problem.steps.every((step) => step.kind === "power-on" || canComeFirst(problem, step)),
    reaches: (assignments) => reach(bins, hosts, assignments) !== undefined,
    isCovered: firm && batch.every(({ vmClass }) => restartsWherePoweredOn(problem, vmClass)),
    bound: new Set(usable.filter((slot) => members[slot]!.some((vmClass) => vmClass.static))),
    bindsBatch: returning.some(({ vmClass }) => vmClass.static),
  };
}

/** False where a rule binds a VM at failover only (O3): the bins, which are about restarts, don't have it where it may be powered on. */
function restartsWherePoweredOn({ kinds, rules }: Problem, { index, rules: own }: VmClass): boolean {
  return (
    kinds.every(({ mayPowerOn, mayRestart }) => !mayPowerOn[index] || mayRestart[index]) && own.every((rule) => rules[rule]!.atPowerOn)
  );
}

/** A release that waits for nothing but releases, so that all of them can be done before anything takes. */
function canComeFirst({ steps }: Problem, { kind, after }: StepClass): boolean {
  return kind === "release" && after.every((before) => steps[before]!.kind === "release");
}

function itemCountsOf(bins: Bins, vms: readonly { readonly vmClass: VmClass; readonly count: number }[]): ItemCount[] {
  const itemCounts = new Map<string, ItemCount>();
  for (const { vmClass, count } of vms) {
    const demand = bins.demandOf(vmClass);
    if (!demand || count === 0) continue;
    const key = `${demand.index}|${vmClass.tier}`;
    itemCounts.set(key, { demand, tier: vmClass.tier, count: (itemCounts.get(key)?.count ?? 0) + count });
  }
  return [...itemCounts.values()];
}

/** Item counts of several hosts as one. */
export function together(itemCounts: readonly (readonly ItemCount[])[]): ItemCount[] {
  const found = new Map<string, ItemCount>();
  for (const items of itemCounts.flat()) {
    const key = `${items.demand.index}|${items.tier}`;
    found.set(key, { ...items, count: (found.get(key)?.count ?? 0) + items.count });
  }
  return [...found.values()];
}

/** By demand: how many of the counted VMs have at least that tier. */
export function countsOf({ demands }: Bins, itemCounts: readonly ItemCount[], tier = 0): number[] {
  const counts = demands.map(() => 0);
  for (const { demand, tier: own, count } of itemCounts) if (own >= tier) counts[demand.index]! += count;
  return counts;
}
