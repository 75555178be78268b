import { PriceList, Prices } from "../bounds/prices";
import { Thresholds } from "../bounds/thresholds";
import { Answer, Stand } from "./answer";
import { Budget } from "./budget";
import { Packing } from "./packing";
import { Pattern, closings } from "./patterns";
import { Demand, Room, Rooms } from "../rooms";

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
/** So many rooms are compared while one piece of other work is done. */
const ROOMS_A_PIECE = 16;
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
      const stands = this.greedy(open, hosts, supply, by);
      if (this.budget.isSpent) return { kind: "open" };
      const answer = stands && rest(stands);
      if (answer?.kind === "shown") return answer;
      if (by === "devices" && !stands && this.isGreedyExact(rooms, supply)) return { kind: "never" };
    }
    const bySlack = this.pricesFor(rooms).lists.map((list, index) => ({ list, slack: slack[index]! })).sort((a, b) => a.slack - b.slack);
    const best = bySlack.slice(0, MOST_LISTS).map(({ list }) => list);
    for (const list of best.slice(0, MOST_THRIFTY)) {
      const stands = this.thrifty(open, hosts, supply, list);
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

  /**
   * Worst fit: the largest VMs first, each on the open host with most to lose. It finds every blockade where the VMs want the
   * same devices in sizes of which each divides the next and nothing else can run out (`isGreedyExact`).
   */
  private greedy(open: readonly number[], hosts: readonly Room[], supply: readonly number[], by: "devices" | "memory"): Stand[] | undefined {
    const { demands } = this.rooms;
    const { weights } = this.thresholds;
    const slots = new Map<Room, number[]>();
    for (const slot of open) slots.set(hosts[slot]!, [...(slots.get(hosts[slot]!) ?? []), slot]);
    const size = ({ index, memoryMb, cpuMhz }: Demand): readonly [number, number, number] =>
      by === "devices" ? [weights[index]!, memoryMb, cpuMhz] : [memoryMb, cpuMhz, weights[index]!];
    const sorted = demands.filter(({ index }) => supply[index]! > 0).sort((a, b) => compare(size(b), size(a)) || a.index - b.index);
    const stands: Stand[] = [];
    for (const demand of sorted) {
      for (let left = supply[demand.index]!; left > 0 && slots.size > 0; left--) {
        let best: Room | undefined;
        if (!this.budget.spend(1 + slots.size / ROOMS_A_PIECE)) return undefined;
        for (const room of slots.keys()) {
          if ((!best || this.hasMore(room, best, by)) && this.rooms.fits(room, demand)) best = room;
        }
        if (!best) break;
        const places = this.rooms.place(best, demand);
        const next = places.reduce((least, room) => (this.hasMore(least, room, by) ? room : least));
        const here = slots.get(best)!;
        const slot = here.pop()!;
        if (here.length === 0) slots.delete(best);
        stands.push({ slot, demand: demand.index, next });
        if (this.rooms.fits(next, this.victim)) slots.set(next, [...(slots.get(next) ?? []), slot]);
      }
    }
    return slots.size === 0 ? stands : undefined;
  }

  /** Host by host, the neediest first, each closed with what is worth least and does it: for where much may run out. */
  private thrifty(open: readonly number[], hosts: readonly Room[], supply: readonly number[], list: PriceList): Stand[] | undefined {
    const left = [...supply];
    const stands: Stand[] = [];
    const sorted = [...open].sort((a, b) => list.need(hosts[b]!) - list.need(hosts[a]!) || a - b);
    for (const slot of sorted) {
      let best: Closing | undefined;
      for (const resource of ["devices", "memoryMb", "cpuMhz"] as const) {
        const closing = this.closeBy(resource, hosts[slot]!, left, list);
        if (closing && (!best || closing.cost < best.cost)) best = closing;
      }
      if (!best) return undefined;
      for (const { demand, next } of best.steps) {
        left[demand]!--;
        stands.push({ slot, demand, next });
      }
    }
    return stands;
  }

  /** Lets one resource run out: each time the VM that would do it alone, or as many like it, for least. */
  private closeBy(resource: "devices" | "memoryMb" | "cpuMhz", from: Room, supply: readonly number[], { worth }: PriceList): Closing | undefined {
    const { demands } = this.rooms;
    const used = new Map<number, number>();
    const steps: Closing["steps"][number][] = [];
    let room = from;
    let cost = 0;
    while (this.rooms.fits(room, this.victim)) {
      const threshold = this.thresholds.of(room)[resource];
      if (threshold === Infinity) return undefined;
      let best: { readonly demand: Demand; readonly price: number } | undefined;
      for (const demand of demands) {
        if (supply[demand.index]! <= (used.get(demand.index) ?? 0)) continue;
        const amount = resource === "devices" ? this.thresholds.weights[demand.index]! : demand[resource];
        const price = amount > 0 ? worth[demand.index]! * Math.max(1, threshold / amount) : Infinity;
        if (price < (best?.price ?? Infinity) && this.rooms.fits(room, demand)) best = { demand, price };
      }
      if (!best || !this.budget.spend(demands.length)) return undefined;
      const { demand } = best;
      room = this.rooms.place(room, demand).reduce((least, next) => (this.thresholds.of(next)[resource] < this.thresholds.of(least)[resource] ? next : least));
      used.set(demand.index, (used.get(demand.index) ?? 0) + 1);
      steps.push({ demand: demand.index, next: room });
      cost += worth[demand.index]!;
    }
    return { steps, cost };
  }

  /** Whether a room has more to lose than another. */
  private hasMore(room: Room, than: Room, by: "devices" | "memory"): boolean {
    const devices = this.thresholds.of(room).devices - this.thresholds.of(than).devices;
    const memory = room.memoryMb - than.memoryMb;
    return by === "devices" ? devices > 0 || (devices === 0 && memory > 0) : memory > 0 || (memory === 0 && devices > 0);
  }

  /** Everyone who counts wants the same devices, sizes divide, hosts allow all of them, and nothing else can run out. */
  private isGreedyExact(open: readonly Room[], supply: readonly number[]): boolean {
    const { demands, typesOf } = this.rooms;
    const rivals = demands.filter(({ index }) => supply[index]! > 0 && this.thresholds.weights[index]! > 0);
    const all = [...rivals, this.victim];
    const sizes = [...new Set(all.map(({ requests }) => requests.length))].sort((a, b) => a - b);
    const servedBy = (room: Room, { requests }: Demand): string => requests.map((request) => typesOf[request]!.filter((type) => room.free[type]! > 0).join()).join("|");
    return (
      sizes.every((size, index) => size > 0 && (index === 0 || size % sizes[index - 1]! === 0)) &&
      all.every(({ apart }) => apart.length === 0) &&
      open.every((room) => {
        const { memoryMb, cpuMhz } = this.thresholds.of(room);
        const [first] = servedBy(room, this.victim).split("|");
        const same = all.every((demand) => room.allows[demand.index] && servedBy(room, demand).split("|").every((types) => types === first));
        return memoryMb === Infinity && cpuMhz === Infinity && same;
      })
    );
  }

  /** Kept for every question about the victim. */
  private patternsOf(room: Room): Pattern[] | undefined {
    if (!this.patterns.has(room.id)) this.patterns.set(room.id, closings(this.rooms, room, this.victim, this.ever, MOST_PATTERNS, this.budget));
    return this.patterns.get(room.id);
  }

  /** Depth first over the open hosts, equal ones together: for each a way to close it, cheapest first, with what is left. */
  private search(open: readonly number[], question: BlockadeQuestion, lists: readonly PriceList[]): Answer {
    this.hasSearched = true;
    const groups = groupsOf(open, question.hosts);
    const options: { readonly slots: readonly number[]; readonly patterns: readonly Pattern[] }[] = [];
    for (const { room, slots } of groups) {
      const patterns = this.patternsOf(room);
      if (!patterns) return { kind: "open" };
      options.push({ slots, patterns });
    }
    return this.assign(options, question, lists);
  }

  private assign(options: readonly { slots: readonly number[]; patterns: readonly Pattern[] }[], question: BlockadeQuestion, lists: readonly PriceList[]): Answer {
    const left = [...question.supply];
    const claims = this.packing.claimsFor(question.forced);
    const spare = claims.map(({ worth, capacity }) => question.hosts.reduce((sum, room) => sum + capacity(room), 0) - total(question.forced, worth));
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
      return { slots, ways, needs: lists.map((_, list) => least(ways, ({ costs }) => costs[list]!)), losses: claims.map((_, claim) => least(ways, ({ wastes }) => wastes[claim]!)) };
    });
    hosts.sort((a, b) => b.needs[0]! - a.needs[0]! || a.ways.length - b.ways.length);
    const flat = hosts.flatMap(({ slots, ...rest }, group) => slots.map((slot) => ({ slot, group, ...rest })));
    const needs = sumsFrom(flat.map((host) => host.needs), lists.length);
    const losses = sumsFrom(flat.map((host) => host.losses), claims.length);
    const worth = lists.map((list) => total(left, list.worth));
    const chosen: Way[] = [];
    // Who has to be on besides cares for what is left where, so only without them is a rest of the question the same question.
    const dead = question.forced.every((count) => count === 0) ? new Set<string>() : undefined;
    let open = false;
    const go = (at: number, from: number): Answer | undefined => {
      if (worth.some((sum, list) => sum < needs[at]![list]! - ROUNDING) || spare.some((sum, claim) => sum < losses[at]![claim]! - ROUNDING)) return undefined;
      if (at === flat.length) {
        const stands = chosen.flatMap(({ pattern }, index) => pattern.stands.map(({ demand, next }) => ({ slot: flat[index]!.slot, demand, next })));
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

/** VMs that close a host, one after the other. */
interface Closing {
  readonly steps: readonly { readonly demand: number; readonly next: Room }[];
  readonly cost: number;
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

/** Sums of prices are compared with this much tolerance, to the side on which nothing is claimed. */
export const ROUNDING = 1e-6;

function groupsOf(slots: readonly number[], hosts: readonly Room[]): { readonly room: Room; readonly slots: readonly number[] }[] {
  const groups = new Map<Room, number[]>();
  for (const slot of slots) groups.set(hosts[slot]!, [...(groups.get(hosts[slot]!) ?? []), slot]);
  return [...groups].map(([room, own]) => ({ room, slots: own }));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
