import { PriceList, Prices, ROUNDING } from "./prices";
import { Thresholds } from "./thresholds";
import { Answer, Stand } from "./answer";
import { Budget } from "./budget";
import { Greedies } from "./greedies";
import { Packing } from "./packing";
import { divide } from "./two-kinds";
import { Pattern, closings } from "./patterns";
import { Demand, Room, Rooms } from "./bins";

export interface BlockadeQuestion {
  /** What the hosts have left, by slot. */
  readonly hosts: readonly Room[];
  /** The slots that have to be closed; the others may take what has to be somewhere. */
  readonly closed: readonly number[];
  /** By demand: the VMs that may stand in the way. */
  readonly supply: readonly number[];
  /** Of these, how many have to be on in the end, wherever. */
  readonly forced: readonly number[];
}

/** Patterns for one host, and price lists that a search is pruned by. */
const MOST_PATTERNS = 4000;
const MOST_LISTS = 8;
const MOST_THRIFTY = 3;
const FEW_VMS = 12;
/** With more different VMs than this there are too many patterns to look at. */
const MOST_KINDS = 24;

/**
 * Whether other VMs can be put on the hosts so that one more of a demand, the victim, fits on none of those that have to be
 * closed. Creations and restarts only take, so the order in which the others come does not matter. Prices prove that they
 * can't; a greedy or a search over counts of equal VMs on equal hosts shows how they can.
 */
export class Blockade {
  private readonly thresholds: Thresholds;
  private readonly patterns = new Map<number, Pattern[] | undefined>();
  private readonly packing: Packing;
  private readonly greedies: Greedies;
  private prices: Prices | undefined;
  /** Whether any question went past prices, and past greedies. */
  hasTried = false;
  hasSearched = false;

  constructor(
    private readonly rooms: Rooms,
    private readonly victim: Demand,
    /** By demand: the most that any question will have to put in the way. */
    private readonly ever: readonly number[],
    private readonly budget: Budget,
  ) {
    this.thresholds = new Thresholds(rooms, victim);
    this.packing = new Packing(rooms, budget);
    this.greedies = new Greedies(rooms, victim, this.thresholds, budget);
  }

  /** The prices of all questions: every list is a proof for any room, and `open`, what is asked about first, only chooses them. */
  pricesFor(open: readonly Room[]): Prices {
    return (this.prices ??= new Prices(this.rooms, this.thresholds, open));
  }

  /** Whether prices alone prove that VMs of `supply` can't close all of these rooms. */
  proves(open: readonly Room[], supply: readonly number[]): boolean {
    return this.slack(open, supply).some((left) => left < -ROUNDING);
  }

  /** By price list: what the VMs are worth beyond what it takes to close the rooms. */
  private slack(open: readonly Room[], supply: readonly number[]): Float64Array {
    const prices = this.pricesFor(open);
    const slack = prices.worthOf(supply);
    for (const room of open) prices.needOf(room).forEach((need, list) => (slack[list]! -= need));
    return slack;
  }

  settle(question: BlockadeQuestion): Answer {
    const { hosts, closed, supply } = question;
    const open = closed.filter((slot) => this.rooms.fits(hosts[slot]!, this.victim));
    const rest = (stands: readonly Stand[]): Answer => this.withForced(question, stands);
    if (open.length === 0) {
      const answer = rest([]);
      if (answer.kind !== "open") return answer;
    }
    const rooms = open.map((slot) => hosts[slot]!);
    const slack = this.slack(rooms, supply);
    if (slack.some((left) => left < -ROUNDING)) return { kind: "never" };
    if (this.budget.isSpent) return { kind: "open" };
    this.hasTried = true;
    for (const by of ["devices", "memory"] as const) {
      const stands = this.greedies.worstFit(open, hosts, supply, by);
      if (this.budget.isSpent) return { kind: "open" };
      const answer = stands && rest(stands);
      if (answer?.kind === "shown") return answer;
      if (by === "devices" && !stands && this.greedies.isWorstFitExact(rooms, supply)) return { kind: "never" };
    }
    const parts = divide(this.rooms, this.victim, this.thresholds, { open, hosts, supply }, this.budget);
    if (parts === "never") return { kind: "never" };
    if (typeof parts === "object") {
      const stands = parts.map(({ slots, supply: own }) => this.greedies.worstFit(slots, hosts, own, "devices"));
      const answer = stands.every((each) => each !== undefined) ? rest(stands.flat()) : undefined;
      if (answer?.kind === "shown") return answer;
    }
    const bySlack = this.pricesFor(rooms)
      .lists.map((list, index) => ({ list, slack: slack[index]! }))
      .sort((a, b) => a.slack - b.slack);
    const best = bySlack.slice(0, MOST_LISTS).map(({ list }) => list);
    for (const list of best.slice(0, MOST_THRIFTY)) {
      const stands = this.greedies.hostByHost(open, hosts, supply, list);
      const answer = stands && rest(stands);
      if (answer?.kind === "shown") return answer;
    }
    const kinds = supply.filter((count) => count > 0).length;
    return kinds > MOST_KINDS || this.budget.isSpent ? { kind: "open" } : this.search(open, question, best);
  }

  private withForced({ hosts, forced }: BlockadeQuestion, stands: readonly Stand[]): Answer {
    const left = [...forced];
    for (const { demand } of stands) if (left[demand]! > 0) left[demand]!--;
    if (left.every((count) => count === 0)) return { kind: "shown", stands };
    const after = [...hosts];
    for (const { slot, next } of stands) after[slot] = next;
    const packed = this.packing.settle(after, left);
    return packed.kind === "shown" ? { kind: "shown", stands: [...stands, ...packed.stands] } : packed;
  }

  /** Ways for few VMs are found at once; those for many are kept for every question about the victim. */
  private patternsOf(room: Room, supply: readonly number[]): Pattern[] | undefined {
    const isFew = supply.reduce((sum, count) => sum + count, 0) <= FEW_VMS;
    if (isFew) return closings(this.rooms, room, this.victim, supply, MOST_PATTERNS, this.budget);
    if (!this.patterns.has(room.id))
      this.patterns.set(room.id, closings(this.rooms, room, this.victim, this.ever, MOST_PATTERNS, this.budget));
    return this.patterns.get(room.id);
  }

  /** Depth first over the open hosts, equal ones together: for each a way to close it, cheapest first, with what is left. */
  private search(open: readonly number[], question: BlockadeQuestion, lists: readonly PriceList[]): Answer {
    this.hasSearched = true;
    const groups = groupsOf(open, question.hosts);
    const options: { readonly slots: readonly number[]; readonly patterns: readonly Pattern[] }[] = [];
    for (const { room, slots } of groups) {
      const patterns = this.patternsOf(room, question.supply);
      if (!patterns) return { kind: "open" };
      options.push({ slots, patterns });
    }
    return this.assign(options, question, lists);
  }

  private assign(
    options: readonly { slots: readonly number[]; patterns: readonly Pattern[] }[],
    question: BlockadeQuestion,
    lists: readonly PriceList[],
  ): Answer {
    const left = [...question.supply];
    const claims = this.packing.claimsFor(question.forced);
    const spare = claims.map(
      ({ worth, capacity }) => question.hosts.reduce((sum, room) => sum + capacity(room), 0) - total(question.forced, worth),
    );
    const hosts = options.map(({ slots, patterns }) => {
      const room = question.hosts[slots[0]!]!;
      const ways = patterns
        .filter(({ counts }) => counts.every(([demand, count]) => left[demand]! >= count))
        .map((pattern): Way => ({
          pattern,
          costs: lists.map(({ worth }) => totalOf(pattern, worth)),
          // What the pattern takes from those who have to be on, beyond what it places of them.
          wastes: claims.map(({ worth, capacity }) => capacity(room) - capacity(pattern.rest) - totalOf(pattern, worth)),
        }))
        .sort((a, b) => a.costs[0]! - b.costs[0]!);
      return {
        slots,
        ways,
        needs: lists.map((_, list) => least(ways, ({ costs }) => costs[list]!)),
        losses: claims.map((_, claim) => least(ways, ({ wastes }) => wastes[claim]!)),
      };
    });
    hosts.sort((a, b) => b.needs[0]! - a.needs[0]! || a.ways.length - b.ways.length);
    const flat = hosts.flatMap(({ slots, ...rest }, group) => slots.map((slot) => ({ slot, group, ...rest })));
    const needs = sumsFrom(
      flat.map((host) => host.needs),
      lists.length,
    );
    const losses = sumsFrom(
      flat.map((host) => host.losses),
      claims.length,
    );
    const worth = lists.map((list) => total(left, list.worth));
    const chosen: Way[] = [];
    // Who has to be on besides cares for what is left where, so only without them is a rest of the question the same question.
    const dead = question.forced.every((count) => count === 0) ? new Set<string>() : undefined;
    let open = false;
    const go = (at: number, from: number): Answer | undefined => {
      if (worth.some((sum, list) => sum < needs[at]![list]! - ROUNDING) || spare.some((sum, claim) => sum < losses[at]![claim]! - ROUNDING))
        return undefined;
      if (at === flat.length) {
        const stands = chosen.flatMap(({ pattern }, index) =>
          pattern.stands.map(({ demand, next }) => ({ slot: flat[index]!.slot, demand, next })),
        );
        const answer = this.withForced(question, stands);
        if (answer.kind === "open") open = true;
        return answer.kind === "shown" ? answer : undefined;
      }
      const key = `${at}|${from}|${left.join()}`;
      if (dead?.has(key)) return undefined;
      const { ways, group } = flat[at]!;
      for (let index = from; index < ways.length; index++) {
        const way = ways[index]!;
        if (!this.budget.spend(1 + way.pattern.counts.length)) {
          open = true;
          return undefined;
        }
        if (way.pattern.counts.some(([demand, count]) => left[demand]! < count)) continue;
        take(way, 1);
        chosen.push(way);
        // Equal hosts are closed in the order of their patterns.
        const found = go(at + 1, flat[at + 1]?.group === group ? index : 0);
        if (found) return found;
        chosen.pop();
        take(way, -1);
        if (open && this.budget.isSpent) return undefined;
      }
      dead?.add(key);
      return undefined;
    };
    const take = ({ pattern, costs, wastes }: Way, times: 1 | -1): void => {
      for (const [demand, count] of pattern.counts) left[demand]! -= count * times;
      costs.forEach((cost, list) => (worth[list]! -= cost * times));
      wastes.forEach((waste, claim) => (spare[claim]! -= waste * times));
    };
    return go(0, 0) ?? { kind: open ? "open" : "never" };
  }
}

/** A way to close a host, as the price lists and the claims see it. */
interface Way {
  readonly pattern: Pattern;
  readonly costs: readonly number[];
  readonly wastes: readonly number[];
}

function least(ways: readonly Way[], of: (way: Way) => number): number {
  return ways.reduce((smallest, way) => Math.min(smallest, of(way)), Infinity);
}

/** By position: the sums of the rows from there on. */
function sumsFrom(rows: readonly (readonly number[])[], width: number): number[][] {
  const sums: number[][] = [...rows, []].map(() => new Array<number>(width).fill(0));
  for (let at = rows.length - 1; at >= 0; at--) sums[at] = rows[at]!.map((value, index) => sums[at + 1]![index]! + value);
  return sums;
}

function total(counts: readonly number[], worth: readonly number[]): number {
  return counts.reduce((sum, count, demand) => sum + count * worth[demand]!, 0);
}

function totalOf({ counts }: Pattern, worth: readonly number[]): number {
  return counts.reduce((sum, [demand, count]) => sum + count * worth[demand]!, 0);
}

function groupsOf(slots: readonly number[], hosts: readonly Room[]): { readonly room: Room; readonly slots: readonly number[] }[] {
  const groups = new Map<Room, number[]>();
  for (const slot of slots) groups.set(hosts[slot]!, [...(groups.get(hosts[slot]!) ?? []), slot]);
  return [...groups].map(([room, own]) => ({ room, slots: own }));
}
