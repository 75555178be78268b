import { Ground } from "./placement-space";
import { Problem, StepClass, VmClass } from "../compile/problem";
import { Crowd, Room, Rooms, roomsOf } from "../packing/bins";
import { Stand } from "../packing/answer";

/** The hosts before the batch, what runs on them and has to come back, and the batch, which may be anywhere. */
export interface Fleet {
  readonly rooms: Rooms;
  /** By slot. */
  readonly hosts: readonly Room[];
  /** Slots whose hosts can fail or be emptied. */
  readonly usable: readonly number[];
  /** Dedicated failover hosts among them. */
  readonly dedicated: ReadonlySet<number>;
  /** By slot: who has to come back from there. */
  readonly running: readonly (readonly Crowd[])[];
  /** Who of the batch has to come back. */
  readonly batch: readonly Crowd[];
  /** By demand: the batch, whether it comes back or not. */
  readonly everyone: readonly number[];
  /** Which of the batch's VMs with a demand may be powered on at a slot: they power on by other rules than VMs restart. */
  readonly mayPowerOn: (demand: number, slot: number) => "all" | "some" | "none";
  /** Whether every placement with the whole batch on can be reached: the batch only creates, or can do all else before. */
  readonly isFree: boolean;
  /** Else whether an order is found that puts the batch's VMs, and nobody else, where the stands say. */
  readonly reaches: (stands: readonly Stand[]) => boolean;
  /** Whether the rooms know every place that the batch can have in the end; only then is anything proved for all placements. */
  readonly isCovered: boolean;
  /** Slots where a VM runs that has to come back and can't be anywhere else. */
  readonly bound: ReadonlySet<number>;
  /** There is such a VM in the batch. */
  readonly bindsBatch: boolean;
}

/** `returns`: who has to come back: the protected VMs after a failure, those with devices when a host is emptied. */
export function fleetOf(problem: Problem, { base, batch, firm, reaches }: Ground, returns: (vmClass: VmClass) => boolean): Fleet {
  const rooms = roomsOf(problem, "restart");
  const isUsable = (slot: number): boolean => problem.kinds[problem.slots[slot]!.kind]!.usable;
  const usable = problem.slots.map((_, slot) => slot).filter(isUsable);
  const members = base.hosts.map(({ members: here }, slot) =>
    isUsable(slot) ? here.map((index) => problem.classes[index]!).filter(returns) : [],
  );
  const may = new Map<string, boolean[]>();
  for (const { vmClass } of batch) {
    const demand = rooms.demandOf(vmClass);
    for (const { index, mayPowerOn } of problem.kinds) {
      const key = `${demand?.index} ${index}`;
      may.set(key, [...(may.get(key) ?? []), mayPowerOn[vmClass.index]!]);
    }
  }
  const returning = batch.filter(({ vmClass }) => returns(vmClass));
  const hosts = base.hosts.map((host) => rooms.of(host));
  return {
    rooms,
    hosts,
    usable,
    dedicated: new Set(usable.filter((slot) => problem.kinds[problem.slots[slot]!.kind]!.failover)),
    running: members.map((here) =>
      crowdsOf(
        rooms,
        here.map((vmClass) => ({ vmClass, count: 1 })),
      ),
    ),
    batch: crowdsOf(rooms, returning),
    everyone: rooms.counted(batch),
    mayPowerOn: (demand, slot) => {
      const each = may.get(`${demand} ${problem.slots[slot]!.kind}`) ?? [];
      return !each.includes(true) ? "none" : each.includes(false) ? "some" : "all";
    },
    isFree: batch.length === 0 || problem.steps.every((step) => step.kind === "power-on" || canComeFirst(problem, step)),
    reaches: (stands) => reaches(rooms, hosts, stands),
    isCovered: firm && batch.every(({ vmClass }) => restartsWherePoweredOn(problem, vmClass)),
    bound: new Set(usable.filter((slot) => members[slot]!.some((vmClass) => vmClass.static))),
    bindsBatch: returning.some(({ vmClass }) => vmClass.static),
  };
}

/** False where a rule binds a VM at failover only (O3): the rooms, which are about restarts, don't have it where it may be powered on. */
function restartsWherePoweredOn({ kinds, rules }: Problem, { index, rules: own }: VmClass): boolean {
  return (
    kinds.every(({ mayPowerOn, mayRestart }) => !mayPowerOn[index] || mayRestart[index]) && own.every((rule) => rules[rule]!.atPowerOn)
  );
}

/** A release that waits for nothing but releases, so that all of them can be done before anything takes. */
function canComeFirst({ steps }: Problem, { kind, after }: StepClass): boolean {
  return kind === "release" && after.every((before) => steps[before]!.kind === "release");
}

function crowdsOf(rooms: Rooms, vms: readonly { readonly vmClass: VmClass; readonly count: number }[]): Crowd[] {
  const crowds = new Map<string, Crowd>();
  for (const { vmClass, count } of vms) {
    const demand = rooms.demandOf(vmClass);
    if (!demand || count === 0) continue;
    const key = `${demand.index}|${vmClass.tier}`;
    crowds.set(key, { demand, tier: vmClass.tier, count: (crowds.get(key)?.count ?? 0) + count });
  }
  return [...crowds.values()];
}

/** Crowds of several hosts as one. */
export function together(crowds: readonly (readonly Crowd[])[]): Crowd[] {
  const found = new Map<string, Crowd>();
  for (const crowd of crowds.flat()) {
    const key = `${crowd.demand.index}|${crowd.tier}`;
    found.set(key, { ...crowd, count: (found.get(key)?.count ?? 0) + crowd.count });
  }
  return [...found.values()];
}

/** By demand: how many of the crowds' VMs have at least that tier. */
export function countsOf({ demands }: Rooms, crowds: readonly Crowd[], tier = 0): number[] {
  const counts = demands.map(() => 0);
  for (const { demand, tier: own, count } of crowds) if (own >= tier) counts[demand.index]! += count;
  return counts;
}
