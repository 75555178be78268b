import { Means } from "../../model/index";
import { dominances } from "../packing/dominance";
import { PriceList, ROUNDING } from "../packing/prices";
import { Scale, nearest, scaleOf, toleratedBy, victimsOf } from "./survival";
import { FailureSet } from "./failure-sets";
import { Fleet, countsOf, together } from "./restart-instance";
import { Crowd, Room } from "../packing/bins";
import { Blockade } from "../packing/blockade";
import { Budget } from "../packing/budget";
import { FailureGroup, findFailure } from "./find-failure";
import { Stand, only } from "../packing/answer";

/** Slots that can fail together so that a VM stays off in some placement and order; "never" where none can, "open" where that is not known. */
export type Spoiling = readonly number[] | "never" | "open";

/**
 * Failover over all failures, placements and orders at once (F1 to F3): scales prove that a failure is harmless; blockades show
 * how one is not; packings say whether some order brings everyone back.
 */
export class FailoverSettlement {
  /** The largest victims first: what can leave any off leaves those off. */
  private readonly victims: readonly Victim[];
  private readonly spoilings = new Map<number, Spoiling>();
  private work: Budget;

  constructor(
    private readonly fleet: Fleet,
    private readonly budget: Budget,
  ) {
    const { rooms, hosts, running, everyone } = fleet;
    this.work = budget.another();
    const all = countsOf(rooms, together(running));
    const ever = all.map((count, demand) => count + everyone[demand]!);
    const blockades = new Map<number, Blockade>();
    const crowds = victimsOf(fleet);
    const rows = [...new Set(hosts.map(({ allows }) => allows))];
    const kindOf = ({ demand, tier }: Crowd): string => `${tier}|${rows.map((allows) => (allows[demand.index] ? 1 : 0)).join("")}`;
    const fronts = dominances(crowds, ({ demand }) => demand, kindOf);
    const victim = (crowd: Crowd, larger?: Victim): Victim => {
      const { demand } = crowd;
      const blockade = blockades.get(demand.index) ?? new Blockade(rooms, demand, ever, budget.oneOf(crowds.length));
      blockades.set(demand.index, blockade);
      return new Victim(fleet, crowd, blockade, larger);
    };
    const largest = fronts.map((front) => victim(front.largest));
    const others = fronts.flatMap(({ covered }, index) => covered.slice(1).map((crowd) => victim(crowd, largest[index])));
    this.victims = [...largest, ...others];
  }

  /** The largest number of failures, short of all hosts, that is proved to be survived. */
  get tolerates(): number {
    const { isCovered, bound, bindsBatch } = this.fleet;
    if (!isCovered || bound.size > 0 || bindsBatch) return 0;
    return this.victims.reduce((least, victim) => victim.survived(least), Math.max(0, this.fleet.usable.length - 1));
  }

  get means(): Means {
    if (this.victims.some(({ blockade }) => blockade.hasSearched)) return "search";
    return this.victims.some(({ blockade }) => blockade.hasTried) ? "greedy" : "prices";
  }

  /** With one restart tier, what a failure spoils a larger one spoils, too. */
  private get isMonotone(): boolean {
    return new Set(this.victims.map(({ crowd }) => crowd.tier)).size <= 1;
  }

  /** Whether some failure up to that size, or of these hosts, can leave a VM off, in some placement and order. */
  spoils(largest: number, domains: readonly FailureSet[]): "shown" | "never" | "open" {
    const next = this.tolerates + 1;
    if (this.isMonotone && next < largest && typeof this.spoil(next) === "object") return "shown";
    let open = false;
    for (let size = this.isMonotone ? Math.max(next, largest) : next; size <= largest; size++) {
      const found = this.spoil(size);
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
  spoil(size: number): Spoiling {
    const known = this.spoilings.get(size) ?? this.findSpoiling(size);
    this.spoilings.set(size, known);
    return known;
  }

  private findSpoiling(size: number): Spoiling {
    const { bound, bindsBatch, isCovered, usable } = this.fleet;
    if (size === 0) return "never";
    if (bound.size > 0) return [...bound, ...usable.filter((slot) => !bound.has(slot))].slice(0, size);
    this.work = this.budget.another();
    let open = !isCovered || bindsBatch;
    // Those that prices say least about are the likeliest to be left off.
    const weak = this.victims.map((victim) => ({ victim, survived: victim.survived(size) })).filter(({ survived }) => survived < size);
    for (const { victim } of weak.sort((a, b) => a.survived - b.survived)) {
      const { crowd, blockade } = victim;
      const best = nearest(victim.scales, size, usable);
      const groups = this.groups((slot) => best.map(({ shares }) => shares[slot]!));
      const isHarmless = (most: readonly number[]): boolean => best.some(({ limit }, index) => most[index]! < limit - ROUNDING);
      for (const first of this.seeds(crowd, groups)) {
        const found = findFailure(groups, size, isHarmless, this.work, first, (failed) => this.spoilBy(failed, crowd, blockade));
        if (found === "open") open = true;
        else if (found !== "never") return found;
      }
    }
    return open ? "open" : "never";
  }

  /** One of the hosts with the victim has to fail: one of each group, where it is not in the batch and so may be anywhere. */
  private seeds(
    victim: Crowd,
    groups: readonly FailureGroup[],
  ): ({ readonly slot: number; readonly weights: readonly number[] } | undefined)[] {
    const { batch, running } = this.fleet;
    const isVictim = (crowd: Crowd): boolean => crowd.demand === victim.demand && crowd.tier === victim.tier;
    if (batch.some(isVictim)) return [undefined];
    return groups.filter(({ slots }) => running[slots[0]!]!.some(isVictim)).map(({ slots, weights }) => ({ slot: slots[0]!, weights }));
  }

  /** Whether this failure can leave a VM off. */
  private spoilAt(failed: readonly number[]): Spoiling {
    if (failed.some((slot) => this.fleet.bound.has(slot))) return failed;
    let open = !this.fleet.isCovered || this.fleet.bindsBatch;
    for (const { crowd, blockade } of this.victims) {
      const found = this.spoilBy(failed, crowd, blockade);
      if (found === "open") open = true;
      else if (found !== "never") return found;
    }
    return open ? "open" : "never";
  }

  private spoilBy(failed: readonly number[], victim: Crowd, blockade: Blockade): Spoiling {
    const { rooms, hosts, running, everyone, usable, batch } = this.fleet;
    if (!this.work.spend(hosts.length + rooms.demands.length)) return "open";
    const gone = new Set(failed);
    const lost = together(failed.map((slot) => running[slot]!));
    const isVictim = (crowd: Crowd): boolean => crowd.demand === victim.demand && crowd.tier === victim.tier;
    const question = {
      closed: usable.filter((slot) => !gone.has(slot)),
      supply: countsOf(rooms, lost, victim.tier).map((count, demand) => count + everyone[demand]!),
      forced: countsOf(rooms, lost, victim.tier + 1).map((count, demand) => count + everyone[demand]!),
    };
    question.supply[victim.demand.index]!--;
    const ask = (at: readonly Room[], before: readonly Stand[]): Spoiling => {
      const answer = blockade.settle({ ...question, hosts: at });
      if (answer.kind !== "shown") return answer.kind;
      const stands = [...before, ...answer.stands];
      return this.isReal(stands, gone, lost) ? [...failed] : "open";
    };
    if (lost.some(isVictim)) {
      const survivors = hosts.map((room, slot) => (gone.has(slot) ? rooms.nowhere : room));
      const found = ask(survivors, []);
      // What of the batch need not be on a survivor may be on a host that fails.
      return typeof found === "object" || sum(everyone) === 0 ? found : ask(hosts, []);
    }
    if (!batch.some(isVictim)) return "never";
    question.forced[victim.demand.index]!--;
    let open = false;
    for (const slot of failed) {
      if (this.fleet.mayPowerOn(victim.demand.index, slot) === "none") continue;
      for (const next of rooms.place(hosts[slot]!, victim.demand)) {
        const after = hosts.map((room, other) => (other === slot ? next : room));
        const found = ask(after, [{ slot, demand: victim.demand.index, next }]);
        if (typeof found === "object") return found;
        if (found === "open") open = true;
      }
    }
    return open ? "open" : "never";
  }

  /**
   * Whether what a blockade says can come about: batch VMs are where they can be powered on, the failed hosts' VMs on
   * survivors only, and on an ordinary one only if no dedicated failover host, which is tried first, could take them.
   */
  private isReal(stands: readonly Stand[], gone: ReadonlySet<number>, lost: readonly Crowd[]): boolean {
    const { rooms, hosts, dedicated, everyone } = this.fleet;
    const ends = new Map(stands.map(({ slot, next }) => [slot, next] as const));
    if (dedicated.size > 0 && !this.isMonotone) return false;
    const spare = [...dedicated].filter((slot) => !gone.has(slot)).map((slot) => ends.get(slot) ?? hosts[slot]!);
    const batch = [...everyone];
    const restarted = countsOf(rooms, lost);
    // Those that can come in one way only are counted first, the others fill up what is left.
    const either: Stand[] = [];
    const poweredOn = new Set<Stand>();
    for (const stand of stands) {
      const { slot, demand } = stand;
      const byPowerOn = this.fleet.mayPowerOn(demand, slot) === "all";
      const byRestart = !gone.has(slot) && (dedicated.has(slot) || !spare.some((room) => rooms.fits(room, rooms.demands[demand]!)));
      if (byPowerOn && byRestart) either.push(stand);
      else if (byRestart) restarted[demand]!--;
      else if (byPowerOn && batch[demand]!-- > 0) poweredOn.add(stand);
      else return false;
    }
    if (restarted.some((count) => count < 0)) return false;
    for (const stand of either) {
      if (restarted[stand.demand]! > 0) restarted[stand.demand]!--;
      else if (batch[stand.demand]!-- > 0) poweredOn.add(stand);
      else return false;
    }
    return (
      this.fleet.isFree || (this.work.spend(hosts.length * poweredOn.size) && this.fleet.reaches(only(rooms, hosts, stands, poweredOn)))
    );
  }

  /** Hosts are alike only if the same VMs run there and the same VMs of the batch may. */
  private groups(weightsOf: (slot: number) => readonly number[]): FailureGroup[] {
    const { rooms, hosts, usable, running, dedicated, everyone, mayPowerOn } = this.fleet;
    const placed = rooms.demands.filter(({ index }) => everyone[index]! > 0);
    const groups = new Map<string, { slots: number[]; weights: readonly number[] }>();
    for (const slot of usable) {
      const crowds = running[slot]!.map(({ demand, tier, count }) => `${demand.index},${tier},${count}`).sort();
      const mayHave = placed.map(({ index }) => mayPowerOn(index, slot));
      const key = `${hosts[slot]!.id}|${dedicated.has(slot)}|${crowds.join(";")}|${mayHave.join()}`;
      const group = groups.get(key) ?? { slots: [], weights: weightsOf(slot) };
      group.slots.push(slot);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

/** VMs of one demand and tier, and what is proved about them. */
class Victim {
  private made: readonly PriceList[] | undefined;
  private readonly known: Scale[] = [];
  /** How many failures are proved to leave a place for it, by the scales so far; and beside one more of its kind. */
  private alone = 0;
  private withTwin = 0;

  constructor(
    private readonly fleet: Fleet,
    readonly crowd: Crowd,
    readonly blockade: Blockade,
    /** One that takes as much of everything, if there is one: what leaves a place for that one beside a twin leaves one for this. */
    private readonly larger: Victim | undefined,
  ) {}

  /** As many of `failures` as are proved to leave a place for it. */
  survived(failures: number): number {
    const covered = this.larger?.survivedWithTwin(failures) ?? 0;
    if (covered >= failures) return failures;
    while (this.alone < failures && this.known.length < this.lists.length) this.next();
    return Math.min(failures, Math.max(covered, this.alone));
  }

  private survivedWithTwin(failures: number): number {
    while (this.withTwin < failures && this.known.length < this.lists.length) this.next();
    return Math.min(failures, this.withTwin);
  }

  get scales(): readonly Scale[] {
    while (this.known.length < this.lists.length) this.next();
    return this.known;
  }

  private next(): void {
    const { demand, tier } = this.crowd;
    const scale = scaleOf(this.fleet, demand, this.lists[this.known.length]!, (other) => other.tier >= tier);
    this.known.push(scale);
    this.alone = Math.max(this.alone, toleratedBy(scale, this.fleet.usable));
    this.withTwin = Math.max(this.withTwin, toleratedBy({ ...scale, limit: scale.limit - scale.own }, this.fleet.usable));
  }

  private get lists(): readonly PriceList[] {
    const { rooms, hosts } = this.fleet;
    return (this.made ??= this.blockade.pricesFor(hosts.filter((room) => rooms.fits(room, this.crowd.demand))).lists);
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
