import { HostStates } from "./host-states";
import { Problem, VmClass } from "../compile/problem";
import { Budget } from "../packing/budget";
import { HostState } from "../compile/host-state";

type Hosts = readonly HostState[];

/**
 * What is left after moving VMs without devices aside, one at a time and each to an eligible host, until `places` finds
 * some (F2). Moves are assumed to be found where they exist; every way with the fewest moves counts. Undefined where the
 * limit is reached.
 */
export function makeRoom(
  survivors: Hosts,
  problem: Problem,
  hosts: HostStates,
  budget: Budget,
  places: (moved: Hosts) => readonly Hosts[],
  /** Whether a rule keeps a VM off one of the hosts, because of who is where. */
  isApart: (hosts: Hosts, at: number, vmClass: VmClass) => boolean,
): Hosts[] | undefined {
  const seen = new Set([keyOf(survivors)]);
  let level: Hosts[] = [survivors];
  while (level.length > 0) {
    const next: Hosts[] = [];
    for (const from of level) {
      if (!budget.spend(from.length)) return undefined;
      for (const moved of moves(from, problem, hosts, isApart)) {
        const key = keyOf(moved);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(moved);
      }
    }
    const found = next.flatMap((moved) => places(moved));
    if (found.length > 0) return found;
    level = next;
  }
  return [];
}

/** Every move of one VM to another host that may take it in normal operation. */
function* moves(
  survivors: Hosts,
  problem: Problem,
  hosts: HostStates,
  isApart: (hosts: Hosts, at: number, vmClass: VmClass) => boolean,
): Generator<Hosts> {
  for (const [from, host] of survivors.entries()) {
    if (survivors.indexOf(host) !== from) continue;
    for (const member of new Set(host.members)) {
      const vmClass = problem.classes[member]!;
      if (!vmClass.movable) continue;
      const left = hosts.release(
        host,
        vmClass,
        host.free.map(() => 0),
      );
      const without = survivors.map((entry, index) => (index === from ? left : entry));
      for (const [to, other] of survivors.entries()) {
        const kind = problem.kinds[other.kind]!;
        const repeated = survivors.findIndex((earlier, index) => earlier === other && index !== from) !== to;
        if (to === from || repeated || !kind.usable || kind.failover || !kind.mayRestart[member] || isApart(without, to, vmClass)) continue;
        for (const { next } of hosts.fits(other, vmClass, true)) {
          yield sorted(survivors.map((entry, index) => (index === from ? left : index === to ? next : entry)));
        }
      }
    }
  }
}

function sorted(survivors: Hosts): Hosts {
  return [...survivors].sort((a, b) => a.kind - b.kind || a.id - b.id);
}

function keyOf(survivors: Hosts): string {
  return survivors.map(({ id }) => id).join(",");
}
