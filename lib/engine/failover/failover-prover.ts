import { Means } from "../../model";
import { dominances } from "../packing/dominance";
import { PriceList, ROUNDING } from "../packing/prices";
import { nearest, victimsOf } from "./survival";
import { FailureSet } from "./failure-sets";
import { Victim } from "./victim";
import { RestartInstance, countsOf, together } from "./restart-instance";
import { ItemCount, Bin } from "../packing/bins";
import { Blockade } from "../packing/blockade";
import { Budget } from "../packing/budget";
import { FailureGroup, findFailure } from "./find-failure";
import { Assignment, only } from "../packing/answer";

/** Slots that can fail together so that a VM stays off in some placement and order; "never" where none can, "open" where that is not known. */
export type Counterexample = readonly number[] | "never" | "open";

/**
 * Failover over all failures, placements and orders at once (F1 to F3): scales prove that a failure is harmless; blockades show
 * how one is not; packings say whether some order brings everyone back.
 */
export class FailoverProver {
  /** The largest victims first: what can leave any off leaves those off. */
  private readonly victims: readonly Victim[];
  private readonly counterexamples = new Map<number, Counterexample>();
  /** By the hosts that fail: what was found to stand in a VM's way, and who of that is of the batch. */
  private readonly blockades = new Map<
    string,
    { readonly assignments: readonly Assignment[]; readonly poweredOn: ReadonlySet<Assignment> }
  >();
  private work: Budget;

  constructor(
    private readonly instance: RestartInstance,
    private readonly budget: Budget,
  ) {
    const { bins, hosts, running, everyone } = instance;
    this.work = budget.another();
    const all = countsOf(bins, together(running));
    const ever = all.map((count, demand) => count + everyone[demand]!);
    const blockades = new Map<number, Blockade>();
    const itemCounts = victimsOf(instance);
    const rows = [...new Set(hosts.map(({ allows }) => allows))];
    const kindOf = ({ demand, tier }: ItemCount): string => `${tier}|${rows.map((allows) => (allows[demand.index] ? 1 : 0)).join("")}`;
    const fronts = dominances(itemCounts, ({ demand }) => demand, kindOf);
    const victim = (items: ItemCount, larger?: Victim): Victim => {
      const { demand } = items;
      const blockade = blockades.get(demand.index) ?? new Blockade(bins, demand, ever, budget.oneOf(itemCounts.length));
      blockades.set(demand.index, blockade);
      return new Victim(instance, items, blockade, larger);
    };
    const largest = fronts.map((front) => victim(front.largest));
    const others = fronts.flatMap(({ covered }, index) => covered.slice(1).map((items) => victim(items, largest[index])));
    this.victims = [...largest, ...others];
  }

  /** The largest number of failures, short of all hosts, that is proved to be survived. */
  get tolerates(): number {
    const { isCovered, bound, bindsBatch } = this.instance;
    if (!isCovered || bound.size > 0 || bindsBatch) return 0;
    return this.victims.reduce((least, victim) => victim.survived(least), Math.max(0, this.instance.usable.length - 1));
  }

  get means(): Means {
    if (this.victims.some(({ blockade }) => blockade.hasSearched)) return "search";
    return this.victims.some(({ blockade }) => blockade.hasTried) ? "greedy" : "prices";
  }

  /** With one restart tier, what loses a VM at one failure loses one at a larger, too. */
  private get isMonotone(): boolean {
    return new Set(this.victims.map(({ items }) => items.tier)).size <= 1;
  }

  /** Whether some failure up to that size, or of these hosts, can leave a VM off, in some placement and order. */
  hasCounterexample(largest: number, domains: readonly FailureSet[]): "shown" | "never" | "open" {
    const next = this.tolerates + 1;
    if (this.isMonotone && next < largest && typeof this.counterexample(next) === "object") return "shown";
    let open = false;
    for (let size = this.isMonotone ? Math.max(next, largest) : next; size <= largest; size++) {
      const found = this.counterexample(size);
      if (typeof found === "object") return "shown";
      if (found === "open") open = true;
    }
    for (const domain of domains) {
      const found = this.spoilAt(domain);
      if (typeof found === "object") return "shown";
      if (found === "open") open = true;
    }
    return open ? "open" : "never";
  }

  /** A failure of exactly `size` hosts that can leave a VM off, in some placement and order. */
  counterexample(size: number): Counterexample {
    const known = this.counterexamples.get(size) ?? this.findSpoiling(size);
    this.counterexamples.set(size, known);
    return known;
  }

  /** What a counterexample is made of: where the batch is, with the hosts as they are without it, and who restarts where before the VM. */
  blockadeAt(failed: FailureSet): { readonly poweredOn: readonly Assignment[]; readonly restarts: readonly Assignment[] } | undefined {
    const found = this.blockades.get(failed.join());
    if (!found) return undefined;
    const { bins, hosts } = this.instance;
    const { assignments, poweredOn } = found;
    return {
      poweredOn: only(bins, hosts, assignments, poweredOn),
      restarts: assignments.filter((assignment) => !poweredOn.has(assignment)),
    };
  }

  /** Those that no price list proves to survive any `failures` hosts, with the lists that come nearest to it. */
  weakAt(failures: number): WeakVictim[] {
    return this.victims
      .filter((victim) => victim.survived(failures) < failures)
      .map(({ items, scales }) => ({ items, lists: nearest(scales, failures, this.instance.usable).map(({ list }) => list) }));
  }

  /** The failures that were found to leave a VM off. */
  get found(): readonly FailureSet[] {
    return [...this.counterexamples.values()].filter((found) => typeof found === "object");
  }

  private findSpoiling(size: number): Counterexample {
    const { bound, bindsBatch, isCovered, usable } = this.instance;
    if (size === 0) return "never";
    if (bound.size > 0) return [...bound, ...usable.filter((slot) => !bound.has(slot))].slice(0, size);
    this.work = this.budget.another();
    let open = !isCovered || bindsBatch;
    // Those that prices say least about are the likeliest to be left off.
    const weak = this.victims.map((victim) => ({ victim, survived: victim.survived(size) })).filter(({ survived }) => survived < size);
    for (const { victim } of weak.sort((a, b) => a.survived - b.survived)) {
      const { items, blockade } = victim;
      const best = nearest(victim.scales, size, usable);
      const groups = this.groups((slot) => best.map(({ shares }) => shares[slot]!));
      const isHarmless = (most: readonly number[]): boolean => best.some(({ limit }, index) => most[index]! < limit - ROUNDING);
      for (const first of this.seeds(items, groups)) {
        const found = findFailure(groups, size, isHarmless, this.work, first, (failed) => this.spoilBy(failed, items, blockade));
        if (found === "open") open = true;
        else if (found !== "never") return found;
      }
    }
    return open ? "open" : "never";
  }

  /** One of the hosts with the victim has to fail: one of each group, where it is not in the batch and so may be anywhere. */
  private seeds(
    victim: ItemCount,
    groups: readonly FailureGroup[],
  ): ({ readonly slot: number; readonly weights: readonly number[] } | undefined)[] {
    const { batch, running } = this.instance;
    const isVictim = (items: ItemCount): boolean => items.demand === victim.demand && items.tier === victim.tier;
    if (batch.some(isVictim)) return [undefined];
    return groups.filter(({ slots }) => running[slots[0]!]!.some(isVictim)).map(({ slots, weights }) => ({ slot: slots[0]!, weights }));
  }

  /** Whether this failure can leave a VM off. */
  private spoilAt(failed: readonly number[]): Counterexample {
    if (failed.some((slot) => this.instance.bound.has(slot))) return failed;
    let open = !this.instance.isCovered || this.instance.bindsBatch;
    for (const { items, blockade } of this.victims) {
      const found = this.spoilBy(failed, items, blockade);
      if (found === "open") open = true;
      else if (found !== "never") return found;
    }
    return open ? "open" : "never";
  }

  private spoilBy(failed: readonly number[], victim: ItemCount, blockade: Blockade): Counterexample {
    const { bins, hosts, running, everyone, usable, batch } = this.instance;
    if (!this.work.spend(hosts.length + bins.demands.length)) return "open";
    const gone = new Set(failed);
    const lost = together(failed.map((slot) => running[slot]!));
    const isVictim = (items: ItemCount): boolean => items.demand === victim.demand && items.tier === victim.tier;
    const question = {
      closed: usable.filter((slot) => !gone.has(slot)),
      supply: countsOf(bins, lost, victim.tier).map((count, demand) => count + everyone[demand]!),
      forced: countsOf(bins, lost, victim.tier + 1).map((count, demand) => count + everyone[demand]!),
    };
    question.supply[victim.demand.index]!--;
    const ask = (at: readonly Bin[], before: readonly Assignment[]): Counterexample => {
      const answer = blockade.settle({ ...question, hosts: at });
      if (answer.kind !== "shown") return answer.kind;
      const assignments = [...before, ...answer.assignments];
      const poweredOn = this.poweredOnBy(assignments, gone, lost);
      if (!poweredOn) return "open";
      this.blockades.set(failed.join(), { assignments, poweredOn });
      return [...failed];
    };
    if (lost.some(isVictim)) {
      const survivors = hosts.map((bin, slot) => (gone.has(slot) ? bins.nowhere : bin));
      const found = ask(survivors, []);
      // What of the batch need not be on a survivor may be on a host that fails.
      return typeof found === "object" || sum(everyone) === 0 ? found : ask(hosts, []);
    }
    if (!batch.some(isVictim)) return "never";
    question.forced[victim.demand.index]!--;
    let open = false;
    for (const slot of failed) {
      if (this.instance.mayPowerOn(victim.demand.index, slot) === "none") continue;
      for (const next of bins.place(hosts[slot]!, victim.demand)) {
        const after = hosts.map((bin, other) => (other === slot ? next : bin));
        const found = ask(after, [{ slot, demand: victim.demand.index, next }]);
        if (typeof found === "object") return found;
        if (found === "open") open = true;
      }
    }
    return open ? "open" : "never";
  }

  /**
   * Those of the batch among the assignments of a blockade, if what it says can come about: batch VMs are where they can be powered on, the
   * failed hosts' VMs on survivors only, and on an ordinary one only if no dedicated failover host, which is tried first, could take them.
   */
  private poweredOnBy(
    assignments: readonly Assignment[],
    gone: ReadonlySet<number>,
    lost: readonly ItemCount[],
  ): ReadonlySet<Assignment> | undefined {
    const { bins, hosts, dedicated, everyone } = this.instance;
    const ends = new Map(assignments.map(({ slot, next }) => [slot, next] as const));
    if (dedicated.size > 0 && !this.isMonotone) return undefined;
    const spare = [...dedicated].filter((slot) => !gone.has(slot)).map((slot) => ends.get(slot) ?? hosts[slot]!);
    const batch = [...everyone];
    const restarted = countsOf(bins, lost);
    // Those that can come in one way only are counted first, the others fill up what is left.
    const either: Assignment[] = [];
    const poweredOn = new Set<Assignment>();
    for (const assignment of assignments) {
      const { slot, demand } = assignment;
      const byPowerOn = this.instance.mayPowerOn(demand, slot) === "all";
      const byRestart = !gone.has(slot) && (dedicated.has(slot) || !spare.some((bin) => bins.fits(bin, bins.demands[demand]!)));
      if (byPowerOn && byRestart) either.push(assignment);
      else if (byRestart) restarted[demand]!--;
      else if (byPowerOn && batch[demand]!-- > 0) poweredOn.add(assignment);
      else return undefined;
    }
    if (restarted.some((count) => count < 0)) return undefined;
    for (const assignment of either) {
      // All of the batch is on before anything fails.
      if (batch[assignment.demand]! > 0) {
        batch[assignment.demand]!--;
        poweredOn.add(assignment);
      } else if (restarted[assignment.demand]!-- <= 0) return undefined;
    }
    const isReached =
      this.instance.isFree ||
      (this.work.spend(hosts.length * poweredOn.size) && this.instance.reaches(only(bins, hosts, assignments, poweredOn)));
    return isReached ? poweredOn : undefined;
  }

  /** Hosts are alike only if the same VMs run there and the same VMs of the batch may. */
  private groups(weightsOf: (slot: number) => readonly number[]): FailureGroup[] {
    const { bins, hosts, usable, running, dedicated, everyone, mayPowerOn } = this.instance;
    const placed = bins.demands.filter(({ index }) => everyone[index]! > 0);
    const groups = new Map<string, { slots: number[]; weights: readonly number[] }>();
    for (const slot of usable) {
      const itemCounts = running[slot]!.map(({ demand, tier, count }) => `${demand.index},${tier},${count}`).sort();
      const mayHave = placed.map(({ index }) => mayPowerOn(index, slot));
      const key = `${hosts[slot]!.id}|${dedicated.has(slot)}|${itemCounts.join(";")}|${mayHave.join()}`;
      const group = groups.get(key) ?? { slots: [], weights: weightsOf(slot) };
      group.slots.push(slot);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

/** VMs of one demand and tier that may be left off, and what says most about that. */
export interface WeakVictim {
  readonly items: ItemCount;
  readonly lists: readonly PriceList[];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
