import { Maintenance } from "../../model";
import { unordered } from "./restart-order";
import { priceBook, victimsOf } from "./survival";
import { FailoverJudge } from "./judge-failover";
import { RestartInstance, restartInstance, together } from "./restart-instance";
import { PlacementSpace } from "./placement-space";
import { mostDown } from "./most-down";
import { ItemCount } from "../packing/bins";
import { LossProver } from "./losses";
import { Transition } from "../state-space/transition";
import { byCodeUnit, compareLists } from "./worst-case";
import { Budget } from "../packing/budget";
import { EvacuationSearch } from "../state-space/explore-evacuation";
import { Off } from "../state-space/explore-restarts";
import { HostState } from "../compile/host-state";

/**
 * F6: for each usable host in turn, the VMs with devices that stay down while it is away, in the best order, over every
 * placement. Undefined where the limit is reached.
 */
export function maintenance(
  transition: Transition,
  space: PlacementSpace,
  judge: FailoverJudge,
  budget: Budget,
): Maintenance["blocked"] | undefined {
  const { problem, hosts } = transition;
  const instance = problem.rules.every(({ type }) => type === "separate") ? movingInstance(transition, space) : undefined;
  if (restartsSuffice(transition, judge) || (instance && everyHostCanGo(instance, space, budget))) return [];
  const placements = space.placements();
  if (!placements) return instance && mostDown(transition, space, instance, budget);
  const search = new EvacuationSearch(problem, hosts, budget);
  const down = new Map<string, readonly string[]>();
  for (const placement of placements) {
    const looked = new Set<number>();
    for (const [slot, host] of placement.hosts.entries()) {
      if (!problem.kinds[host.kind]!.usable || looked.has(host.id)) continue;
      looked.add(host.id);
      const rest = placement.hosts.filter((_, other) => other !== slot).map((other) => hosts.forRestart(other));
      const ends = search.fewestDown(rest, devicesOn(host));
      if (!ends) return undefined;
      // Hosts of a kind can change places: what one of them leaves down, each of them may.
      for (const twin of problem.slots.filter(({ kind }) => kind === host.kind)) {
        for (const end of ends) worsen(down, twin.host.name, namesOf(end, twin.occupants));
      }
    }
  }
  return [...down]
    .filter(([, vms]) => vms.length > 0)
    .map(([host, vms]) => ({ host, down: vms }))
    .sort((a, b) => byCodeUnit(a.host, b.host));

  function devicesOn({ members }: HostState): number[] {
    const counts = problem.classes.map(() => 0);
    for (const member of members) if (problem.classes[member]!.requests.length > 0) counts[member]!++;
    return counts;
  }

  function namesOf(end: Off, occupants: (typeof problem.slots)[number]["occupants"]): string[] {
    const names = end.flatMap((count, index) => {
      const { occupant, members } = problem.classes[index]!;
      const here = occupants.filter(({ class: other }) => other === index).map(({ vm }) => vm.id);
      return (occupant ? here : members.map(({ id }) => id)).sort(byCodeUnit).slice(0, count);
    });
    return names.sort(byCodeUnit);
  }
}

/** Where any host may fail, everyone who restarts finds a place in any order: so does who is moved, if VMs with devices all restart. */
function restartsSuffice({ problem: { classes, kinds } }: Transition, judge: FailoverJudge): boolean {
  return (
    kinds.every(({ failover }) => !failover) &&
    classes.every(({ requests, tier }) => requests.length === 0 || tier > 0) &&
    judge.survivesAnyHost
  );
}

/** All VMs with devices, which move in any order, the dedicated failover hosts left out. */
export function movingInstance({ problem }: Transition, space: PlacementSpace): RestartInstance {
  const all = restartInstance(problem, space, ({ requests }) => requests.length > 0);
  const atOnce = (items: readonly ItemCount[]): ItemCount[] => together([items.map((each) => ({ ...each, tier: 1 }))]);
  return {
    ...all,
    hosts: all.hosts.map((bin, slot) => (all.dedicated.has(slot) ? all.bins.nowhere : bin)),
    dedicated: new Set<number>(),
    running: all.running.map(atOnce),
    batch: atOnce(all.batch),
  };
}

/** By proofs: every VM with devices finds a place among the others. */
function everyHostCanGo(instance: RestartInstance, space: PlacementSpace, budget: Budget): boolean {
  if (space.batch.length === 0) return new LossProver(instance, budget).loss(1) === "never";
  const isPlaceable = instance.isCovered && instance.bound.size === 0 && !instance.bindsBatch;
  return isPlaceable && unordered(instance, new Set(victimsOf(instance).map(({ demand }) => demand)), 1, priceBook(instance)).size === 0;
}

/** Keeps the larger set, then the smaller list. */
function worsen(down: Map<string, readonly string[]>, host: string, vms: readonly string[]): void {
  const known = down.get(host);
  if (!known || vms.length > known.length || (vms.length === known.length && compareLists(vms, known) < 0)) down.set(host, vms);
}
