import { PlacementSpace } from "./placement-space";
import { FailureSet } from "./failure-sets";
import { Problem } from "../compile/problem";
import { Assignment } from "../packing/answer";
import { Bin, Bins, Demand, binsOf } from "../packing/bins";
import { Budget } from "../packing/budget";
import { Packing } from "../packing/packing";
import { State } from "../state-space/transition";

/**
 * Placements that put as much of a batch as there is room for on hosts that will fail, and the rest wherever there is room for it: those
 * lose most. The small VMs first or the large ones, as far as everything can still be on.
 */
export class FilledPlacements {
  private readonly packing: Packing;
  private readonly bins: Bins;

  constructor(
    problem: Problem,
    private readonly space: PlacementSpace,
    budget: Budget,
  ) {
    this.bins = binsOf(problem, "power-on");
    this.packing = new Packing(this.bins, budget);
  }

  on(failed: FailureSet): State[] {
    const wanted = this.bins.counted(this.space.batch);
    const isProtected = new Set(this.space.batch.flatMap(({ vmClass }) => (vmClass.tier > 0 ? (this.bins.demandOf(vmClass) ?? []) : [])));
    const sorted = [...isProtected].sort(bySize);
    return [sorted, [...sorted].reverse()].flatMap((order) => this.fill(failed, wanted, order) ?? []);
  }

  private fill(failed: FailureSet, wanted: readonly number[], order: readonly Demand[]): State | undefined {
    const hosts = this.space.base.hosts.map((host) => this.bins.of(host));
    const at = [...hosts];
    const left = [...wanted];
    const assignments: Assignment[] = [];
    for (const demand of order) {
      for (const slot of failed) {
        for (let next = this.next(at, slot, demand); left[demand.index]! > 0 && next; next = this.next(at, slot, demand)) {
          assignments.push({ slot, demand: demand.index, next });
          at[slot] = next;
          left[demand.index]!--;
        }
      }
    }
    const rest = this.packing.settle(at, left);
    return rest.kind === "shown" ? this.space.reach(this.bins, hosts, [...assignments, ...rest.assignments]) : undefined;
  }

  private next(at: readonly Bin[], slot: number, demand: Demand): Bin | undefined {
    return this.bins.place(at[slot]!, demand)[0];
  }
}

function bySize(a: Demand, b: Demand): number {
  return a.requests.length - b.requests.length || a.memoryMb - b.memoryMb || a.cpuMhz - b.cpuMhz || a.index - b.index;
}
