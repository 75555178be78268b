import { HostStates } from "./host-states";
import { HostState } from "../compile/host-state";
import { Problem, VmClass } from "../compile/problem";

/** One VM's turn in a course of restarts. */
export interface Restart {
  readonly vmClass: VmClass;
  /** A survivor, before it takes the VM and after; absent for a VM that fits nowhere. */
  readonly at?: { readonly from: HostState; readonly next: HostState };
}

/** One way in which vCenter may go about the restarts after a failure, and how it ends. */
export interface Course {
  /** Absent where other VMs were moved to make room. */
  readonly restarts?: readonly Restart[];
  /** The survivors in the end. */
  readonly ends: readonly HostState[];
  /** By class: how many VMs stay off. */
  readonly off: readonly number[];
}

/** A VM that is tried, and how well a way to put it somewhere suits whoever chooses: the lowest is taken. */
export interface Turn {
  readonly vmClass: VmClass;
  readonly score: (slot: number, from: HostState, next: HostState) => number;
}

/**
 * One legal course of restarts (F2): dedicated failover hosts first, each VM where its turn likes it best. Nothing but a restart ever
 * happens, so a VM that fits nowhere at its turn fits nowhere later: there must be no rule that keeps VMs together, and no VM that
 * makes room. `survivors`: by slot, undefined where a host failed. `turns`: all protected VMs of the failed hosts, by tiers from the
 * highest; throws where they are not, because that is no course that vCenter takes.
 */
export function courseOf(
  { classes, kinds }: Problem,
  hosts: HostStates,
  survivors: readonly (HostState | undefined)[],
  turns: readonly Turn[],
): Course {
  const at = [...survivors];
  const off = classes.map(() => 0);
  const restarts = turns.map(({ vmClass, score }, index): Restart => {
    if (index > 0 && turns[index - 1]!.vmClass.tier < vmClass.tier) throw new Error("a VM of a higher restart priority comes first");
    const place = bestPlace(vmClass, score);
    if (!place) {
      off[vmClass.index]!++;
      return { vmClass };
    }
    at[place.slot] = place.next;
    return { vmClass, at: { from: place.from, next: place.next } };
  });
  return { restarts, ends: at.filter((host) => host !== undefined), off };

  function bestPlace(vmClass: VmClass, score: Turn["score"]): Place | undefined {
    if (vmClass.static) return undefined;
    let best: Place | undefined;
    for (const [slot, from] of at.entries()) {
      if (from === undefined) continue;
      const { usable, failover, mayRestart } = kinds[from.kind]!;
      if (!usable || !mayRestart[vmClass.index] || (best?.failover && !failover)) continue;
      for (const { next } of hosts.fits(from, vmClass, true)) {
        const own = score(slot, from, next);
        if (!best || (failover && !best.failover) || own < best.score) best = { slot, from, next, score: own, failover };
      }
    }
    return best;
  }
}

interface Place {
  readonly slot: number;
  readonly from: HostState;
  readonly next: HostState;
  readonly score: number;
  readonly failover: boolean;
}
