import { PriceList, Prices, ROUNDING } from "./prices";
import { Thresholds } from "./thresholds";
import { Answer, Assignment } from "./answer";
import { Budget } from "./budget";
import { Greedies } from "./greedies";
import { Packing } from "./packing";
import { divide } from "./two-kinds";
import { Pattern, closings } from "./patterns";
import { Demand, Bin, Bins } from "./bins";

export interface BlockadeQuestion {
  /** What the hosts have left, by slot. */
  readonly hosts: readonly Bin[];
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
    private readonly bins: Bins,
    private readonly victim: Demand,
    /** By demand: the most that any question will have to put in the way. */
    private readonly ever: readonly number[],
    private readonly budget: Budget,
  ) {
    this.thresholds = new Thresholds(bins, victim);
    this.packing = new Packing(bins, budget);
    this.greedies = new Greedies(bins, victim, this.thresholds, budget);
  }

  /** The prices of all questions: every list is a proof for any bin, and `open`, what is asked about first, only chooses them. */
  pricesFor(open: readonly Bin[]): Prices {
    return (this.prices ??= new Prices(this.bins, this.thresholds, open));
  }

  /** Whether prices alone prove that VMs of `supply` can't close all of these bins. */
  proves(open: readonly Bin[], supply: readonly number[]): boolean {
    return this.slack(open, supply).some((left) => left < -ROUNDING);
  }

  /** By price list: what the VMs are worth beyond what it takes to close the bins. */
  private slack(open: readonly Bin[], supply: readonly number[]): Float64Array {
    const prices = this.pricesFor(open);
    const slack = prices.worthOf(supply);
    for (const bin of open) prices.needOf(bin).forEach((need, list) => (slack[list]! -= need));
    return slack;
  }

  settle(question: BlockadeQuestion): Answer {
    const { hosts, closed, supply } = question;
    const open = closed.filter((slot) => this.bins.fits(hosts[slot]!, this.victim));
    const rest = (assignments: readonly Assignment[]): Answer => this.withForced(question, assignments);
    if (open.length === 0) {
      const answer = rest([]);
      if (answer.kind !== "open") return answer;
    }
    const bins = open.map((slot) => hosts[slot]!);
    const slack = this.slack(bins, supply);
    if (slack.some((left) => left < -ROUNDING)) return { kind: "never" };
    if (this.budget.isSpent) return { kind: "open" };
    this.hasTried = true;
    for (const by of ["devices", "memory"] as const) {
      const assignments = this.greedies.worstFit(open, hosts, supply, by);
      if (this.budget.isSpent) return { kind: "open" };
      const answer = assignments && rest(assignments);
      if (answer?.kind === "shown") return answer;
      if (by === "devices" && !assignments && this.greedies.isWorstFitExact(bins, supply)) return { kind: "never" };
    }
    const parts = divide(this.bins, this.victim, this.thresholds, { open, hosts, supply }, this.budget);
    if (parts === "never") return { kind: "never" };
    if (typeof parts === "object") {
      const assignments = parts.map(({ slots, supply: own }) => this.greedies.worstFit(slots, hosts, own, "devices"));
      const answer = assignments.every((each) => each !== undefined) ? rest(assignments.flat()) : undefined;
      if (answer?.kind === "shown") return answer;
    }
    const bySlack = this.pricesFor(bins)
      .lists.map((list, index) => ({ list, slack: slack[index]! }))
      .sort((a, b) => a.slack - b.slack);
    const best = bySlack.slice(0, MOST_LISTS).map(({ list }) => list);
    for (const list of best.slice(0, MOST_THRIFTY)) {
      const assignments = this.greedies.hostByHost(open, hosts, supply, list);
      const answer = assignments && rest(assignments);
      if (answer?.kind === "shown") return answer;
    }
    const kinds = supply.filter((count) => count > 0).length;
    return kinds > MOST_KINDS || this.budget.isSpent ? { kind: "open" } : this.search(open, question, best);
  }

  private withForced({ hosts, forced }: BlockadeQuestion, assignments: readonly Assignment[]): Answer {
    const left = [...forced];
    for (const { demand } of assignments) if (left[demand]! > 0) left[demand]!--;
    if (left.every((count) => count === 0)) return { kind: "shown", assignments };
    const after = [...hosts];
    for (const { slot, next } of assignments) after[slot] = next;
    const packed = this.packing.settle(after, left);
    return packed.kind === "shown" ? { kind: "shown", assignments: [...assignments, ...packed.assignments] } : packed;
  }

  /** Ways for few VMs are found at once; those for many are kept for every question about the victim. */
  private patternsOf(bin: Bin, supply: readonly number[]): Pattern[] | undefined {
    const isFew = supply.reduce((sum, count) => sum + count, 0) <= FEW_VMS;
    if (isFew) return closings(this.bins, bin, this.victim, supply, MOST_PATTERNS, this.budget);
    if (!this.patterns.has(bin.id)) this.patterns.set(bin.id, closings(this.bins, bin, this.victim, this.ever, MOST_PATTERNS, this.budget));
    return this.patterns.get(bin.id);
  }

  /** Depth first over the open hosts, equal ones together: for each a way to close it, cheapest first, with what is left. */
  private search(open: readonly number[], question: BlockadeQuestion, lists: readonly PriceList[]): Answer {
    this.hasSearched = true;
    const groups = groupsOf(open, question.hosts);
    const options: { readonly slots: readonly number[]; readonly patterns: readonly Pattern[] }[] = [];
    for (const { bin, slots } of groups) {
      const patterns = this.patternsOf(bin, question.supply);
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
      ({ worth, capacity }) => question.hosts.reduce((sum, bin) => sum + capacity(bin), 0) - total(question.forced, worth),
    );
    const hosts = options.map(({ slots, patterns }) => {
      const bin = question.hosts[slots[0]!]!;
      const ways = patterns
        .filter(({ counts }) => counts.every(([demand, count]) => left[demand]! >= count))
        .map((pattern): Way => ({
          pattern,
          costs: lists.map(({ worth }) => totalOf(pattern, worth)),
          // What the pattern takes from those who have to be on, beyond what it places of them.
          wastes: claims.map(({ worth, capacity }) => capacity(bin) - capacity(pattern.rest) - totalOf(pattern, worth)),
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
        const assignments = chosen.flatMap(({ pattern }, index) =>
          pattern.assignments.map(({ demand, next }) => ({ slot: flat[index]!.slot, demand, next })),
        );
        const answer = this.withForced(question, assignments);
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

function groupsOf(slots: readonly number[], hosts: readonly Bin[]): { readonly bin: Bin; readonly slots: readonly number[] }[] {
  const groups = new Map<Bin, number[]>();
  for (const slot of slots) groups.set(hosts[slot]!, [...(groups.get(hosts[slot]!) ?? []), slot]);
  return [...groups].map(([bin, own]) => ({ bin, slots: own }));
}
