import { Answer, Assignment } from "./answer";
import { Budget } from "./budget";
import { Pattern, fillings } from "./patterns";
import { Demand, Bin, Bins } from "./bins";

/** Fillings of one host that are looked at. */
const MOST_FILLINGS = 2000;
/** So many bins are compared while one piece of other work is done. */
const BINS_A_PIECE = 4;

/** Whether VMs can be on all at once beside those that are on: counting proves that they can't, a placement shows that they can. */
export class Packing {
  private readonly claims = new Map<string, readonly Claim[]>();
  /** Whether any question went past counting and best fit. */
  hasSearched = false;

  constructor(
    private readonly bins: Bins,
    private readonly budget: Budget,
  ) {}

  /** `hosts`: what they have left, by slot; `items`: how many of each demand. */
  settle(hosts: readonly Bin[], items: readonly number[]): Answer {
    return this.countsTooMany(hosts, items) ? { kind: "never" } : this.place(hosts, items);
  }

  /** The same where the claims have been counted already. */
  place(hosts: readonly Bin[], items: readonly number[]): Answer {
    const wanted = this.bins.demands.filter(({ index }) => items[index]! > 0);
    if (wanted.length === 0) return { kind: "shown", assignments: [] };
    if (this.budget.isSpent) return { kind: "open" };
    for (const order of this.orders(wanted)) {
      const assignments = this.fill(hosts, items, order, leastLeft);
      if (assignments) return { kind: "shown", assignments };
    }
    return this.search(hosts, items);
  }

  /**
   * For every set of device types that some VMs are confined to and every k: a VM that asks for s of them takes floor(s / k) of
   * the floor(free / k) slots that each host has (semantics, section 6, inequality 1), and CPU and memory by their sums.
   */
  private countsTooMany(hosts: readonly Bin[], items: readonly number[]): boolean {
    return this.claimsFor(items).some(({ worth, capacity }) => {
      const claimed = items.reduce((sum, count, demand) => sum + count * worth[demand]!, 0);
      return claimed > hosts.reduce((sum, bin) => sum + capacity(bin), 0);
    });
  }

  /** The claims that the items could break. */
  claimsFor(items: readonly number[]): readonly Claim[] {
    const wanted = this.bins.demands.filter(({ index }) => items[index]! > 0);
    const key = wanted.map(({ index }) => index).join();
    const known = this.claims.get(key) ?? claimsOf(this.bins, wanted);
    this.claims.set(key, known);
    return known;
  }

  /** Orders in which best fit is tried: large VMs first, then those that few devices serve, then much memory. */
  private orders(wanted: readonly Demand[]): Demand[][] {
    const { typesOf } = this.bins;
    const choice = ({ requests }: Demand): number =>
      requests.reduce((sum, request) => sum + typesOf[request]!.length, 0) / Math.max(1, requests.length);
    const keys: ((demand: Demand) => readonly number[])[] = [
      (demand) => [-demand.requests.length, choice(demand), -demand.memoryMb, -demand.cpuMhz],
      (demand) => [choice(demand), -demand.requests.length, -demand.memoryMb, -demand.cpuMhz],
      (demand) => [-demand.memoryMb, -demand.requests.length, choice(demand), -demand.cpuMhz],
      (demand) => [-demand.cpuMhz, -demand.memoryMb, -demand.requests.length],
    ];
    return keys.map((key) => [...wanted].sort((a, b) => compare(key(a), key(b)) || a.index - b.index));
  }

  /**
   * As a buddy allocator does: the largest first, each on the host whose number of slots of its size has the lowest set bit. Where
   * sizes divide, this destroys as few larger slots as can be. `sparing`: before that, on devices that serve fewest of all of
   * them, because any may have to come back. Undefined where something does not fit.
   */
  asBuddies(hosts: readonly Bin[], items: readonly number[], sparing: boolean): Assignment[] | undefined {
    const all = this.popularity(items);
    const [largestFirst] = this.orders(this.bins.demands.filter(({ index }) => items[index]! > 0));
    return this.fill(hosts, items, largestFirst!, (next, from, { requests }, popular) => {
      const slots = requests.length === 0 ? 0 : Math.floor(this.bins.served(from, requests[0]) / requests.length);
      return [sparing ? waste(next, all, from) : 0, slots & -slots, ...leastLeft(next, from, undefined, popular)];
    });
  }

  /** Each VM where the score is least. */
  private fill(hosts: readonly Bin[], items: readonly number[], order: readonly Demand[], score: Score): Assignment[] | undefined {
    const slots = new Map<Bin, number[]>();
    hosts.forEach((bin, slot) => {
      const here = slots.get(bin);
      if (here) here.push(slot);
      else slots.set(bin, [slot]);
    });
    const left = [...items];
    const assignments: Assignment[] = [];
    for (const demand of order) {
      const popular = this.popularity(left);
      for (; left[demand.index]! > 0; left[demand.index]!--) {
        let best: { readonly from: Bin; readonly next: Bin; readonly score: readonly number[] } | undefined;
        if (!this.budget.spend(1 + slots.size / BINS_A_PIECE)) return undefined;
        for (const from of slots.keys()) {
          for (const next of this.bins.place(from, demand)) {
            const own = score(next, from, demand, popular);
            if (!best || compare(own, best.score) < 0) best = { from, next, score: own };
          }
        }
        if (!best) return undefined;
        const here = slots.get(best.from)!;
        const slot = here.pop()!;
        if (here.length === 0) slots.delete(best.from);
        assignments.push({ slot, demand: demand.index, next: best.next });
        slots.set(best.next, [...(slots.get(best.next) ?? []), slot]);
      }
    }
    return assignments;
  }

  /** By device type: how many of the requests still to be served could use it. */
  private popularity(left: readonly number[]): number[] {
    const counts: number[] = [];
    this.bins.demands.forEach(({ index, requests }) => {
      if (left[index] === 0) return;
      for (const request of requests) for (const type of this.bins.typesOf[request]!) counts[type] = (counts[type] ?? 0) + left[index]!;
    });
    return counts;
  }

  /**
   * Bin completion: one host after the other is filled with what is left, every way in which nothing more would fit. A VM that
   * could be on an earlier host may as well be, so nothing else needs to be looked at.
   */
  private search(hosts: readonly Bin[], items: readonly number[]): Answer {
    this.hasSearched = true;
    const useful = hosts
      .map((bin, slot) => ({ bin, slot }))
      .filter(({ bin }) => this.bins.demands.some((demand) => items[demand.index]! > 0 && this.bins.fits(bin, demand)));
    useful.sort((a, b) => total(a.bin.free) - total(b.bin.free) || a.bin.id - b.bin.id);
    const claims = this.claimsFor(items);
    const capacities: number[][] = [...useful, undefined].map(() => claims.map(() => 0));
    for (let at = useful.length - 1; at >= 0; at--)
      capacities[at] = claims.map(({ capacity }, claim) => capacities[at + 1]![claim]! + capacity(useful[at]!.bin));
    const left = [...items];
    const chosen: Pattern[] = [];
    const dead = new Set<string>();
    let open = false;
    const go = (at: number): boolean => {
      if (left.every((count) => count === 0)) return true;
      if (at === useful.length) return false;
      if (claims.some(({ worth }, claim) => left.reduce((sum, count, demand) => sum + count * worth[demand]!, 0) > capacities[at]![claim]!))
        return false;
      const key = `${at}|${left.join()}`;
      if (dead.has(key)) return false;
      const patterns = fillings(this.bins, useful[at]!.bin, left, MOST_FILLINGS, this.budget);
      if (!patterns || !this.budget.spend(patterns.length)) {
        open = true;
        return false;
      }
      for (const pattern of patterns.sort((a, b) => total(a.rest.free) - total(b.rest.free))) {
        for (const [demand, count] of pattern.counts) left[demand]! -= count;
        chosen.push(pattern);
        if (go(at + 1)) return true;
        chosen.pop();
        for (const [demand, count] of pattern.counts) left[demand]! += count;
        if (open && this.budget.isSpent) return false;
      }
      dead.add(key);
      return false;
    };
    if (!go(0)) return { kind: open ? "open" : "never" };
    return {
      kind: "shown",
      assignments: chosen.flatMap((pattern, at) =>
        pattern.assignments.map(({ demand, next }) => ({ slot: useful[at]!.slot, demand, next })),
      ),
    };
  }
}

/** A price list for packing: what VMs are worth together can't be more than what the hosts have. */
export interface Claim {
  /** By demand. */
  readonly worth: readonly number[];
  readonly capacity: (bin: Bin) => number;
}

export function claimsOf(bins: Bins, wanted: readonly Demand[]): Claim[] {
  const { demands, typesOf } = bins;
  const sets = new Map<string, ReadonlySet<number>>();
  const add = (types: readonly number[]): void => void sets.set([...new Set(types)].sort((a, b) => a - b).join(), new Set(types));
  for (const { requests } of wanted) {
    for (const request of requests) add(typesOf[request]!);
    add(requests.flatMap((request) => typesOf[request]!));
  }
  add(wanted.flatMap(({ requests }) => requests.flatMap((request) => typesOf[request]!)));
  const claims = [...sets.values()].flatMap((types): Claim[] => {
    const confined = demands.map(({ requests }) => requests.filter((request) => typesOf[request]!.every((type) => types.has(type))).length);
    return [...new Set(wanted.map(({ index }) => confined[index]!))]
      .filter((size) => size > 0)
      .map((size) => ({
        worth: confined.map((count) => Math.floor(count / size)),
        capacity: ({ free }) => Math.floor(free.reduce((sum, count, type) => sum + (types.has(type) ? count : 0), 0) / size),
      }));
  });
  claims.push({ worth: demands.map(({ memoryMb }) => memoryMb), capacity: ({ memoryMb }) => memoryMb });
  claims.push({ worth: demands.map(({ cpuMhz }) => cpuMhz), capacity: ({ cpuMhz }) => cpuMhz });
  return claims;
}

/** What speaks against a place, the weightiest first; `popular` by device type. */
type Score = (next: Bin, from: Bin, demand: Demand, popular: readonly number[]) => readonly number[];

/** Best fit: what leaves least behind, on devices that serve fewest others. */
function leastLeft(next: Bin, from: Bin, _: unknown, popular: readonly number[]): readonly number[] {
  return [waste(next, popular, from), total(next.free), next.memoryMb, next.cpuMhz];
}

/** What the VM took of use to others, the more popular the worse. */
function waste(next: Bin, popular: readonly number[], from: Bin): number {
  return from.free.reduce((sum, count, type) => sum + (count - next.free[type]!) * (popular[type] ?? 0), 0);
}

function total(free: readonly number[]): number {
  return free.reduce((sum, count) => sum + count, 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
