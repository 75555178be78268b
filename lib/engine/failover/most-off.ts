import { apart } from "./apart";
import { WeakVictim } from "./failover-prover";
import { RestartInstance, countsOf, together } from "./restart-instance";
import { scaleOf } from "./survival";
import { Bin, Bins, Demand, ItemCount } from "../packing/bins";
import { Claim, claimsOf } from "../packing/packing";
import { ROUNDING } from "../packing/prices";

/** Price lists that speak about each item. */
const MOST_LISTS = 4;

/**
 * How many VMs a failure can leave off at most, over every placement and order. All of it rests on sums over the failed hosts, so that it
 * holds for all failures at once whose sums are not larger.
 *
 * Where a VM stays off, every survivor was closed to it, by VMs that were placed there: the batch and those that restart before it,
 * but for the ones that are off themselves. So by a price list about that VM those that are off, as far as they are of its restart
 * tier or a higher one, are worth no more than all of them are beyond what closing takes; and with what VMs claim of the devices
 * of the failed hosts, no more can be off than was there. The first holds for each VM that is off, and so for one of the lowest
 * tier among them: the bound is the most, over who that may be, of the largest number that keeps to its lists and the claims.
 */
export class MostOff {
  /** Restart tiers, the highest first. */
  readonly tiers: readonly number[];
  /** By sum, then by slot: what a host adds to it when it fails. */
  readonly shares: (readonly number[])[];
  private readonly starts: number[];
  private readonly groups: readonly Group[];
  /** By tier: the sum of those that can be nowhere else. */
  private readonly bound: readonly number[];

  /** `weak`: everyone who may be off; `boundTo`: by slot, the tiers of its protected VMs that can be nowhere else. */
  constructor(
    private readonly instance: RestartInstance,
    weak: readonly WeakVictim[],
    boundTo: readonly (readonly number[])[],
  ) {
    const wanted = new Set(weak.map(({ items }) => items.demand));
    this.tiers = [...new Set([...weak.map(({ items }) => items.tier), ...boundTo.flat()])].sort((a, b) => b - a);
    this.shares = [];
    this.starts = [];
    this.bound = this.tiers.map((tier) => this.sum(boundTo.map((own) => own.filter((each) => each === tier).length)));
    const items = weak.map((victim) => this.itemOf(victim));
    const claims = claimsOf(instance.bins, [...wanted]).map((claim) => ({ worth: claim.worth, sum: this.sum(this.claimed(claim)) }));
    this.groups = apart(instance, wanted).map((group) => {
      const own = items.filter(({ demand }) => [...group].some(({ index }) => index === demand));
      return { items: own, limits: own.map(({ lists }) => [...lists, ...claims].map((limit) => fromCheapest(limit, own))) };
    });
  }

  /** A new sum: what it is where no host fails, and what each adds to it. */
  private sum(own: readonly number[], start = 0): number {
    this.starts.push(start);
    return this.shares.push(own) - 1;
  }

  private itemOf({ items: { demand, tier }, lists }: WeakVictim): Item {
    const { bins, hosts, running, batch, everyone, mayPowerOn } = this.instance;
    const count = (counts: readonly ItemCount[]): number =>
      counts.reduce((total, other) => (other.demand === demand && other.tier === tier ? total + other.count : total), 0);
    const ever = countsOf(bins, together(running)).map((own, index) => own + everyone[index]!);
    const room = roomFor(bins, demand);
    const unplaced = count(batch);
    return {
      demand: demand.index,
      tier,
      running: this.sum(running.map(count)),
      unplaced,
      room: this.sum(hosts.map((bin, slot) => (mayPowerOn(demand.index, slot) === "none" ? 0 : Math.min(unplaced, room(bin))))),
      lists: lists.slice(0, MOST_LISTS).map((list) => {
        // What all VMs together can't close takes as much as they are worth and more.
        const most = 1 + ever.reduce((total, own, index) => total + own * list.worth[index]!, 0);
        const need = (bin: Bin): number => Math.min(list.need(bin), most);
        const { own, shares, limit } = scaleOf(this.instance, demand, { worth: list.worth, need }, (other) => other.tier >= tier);
        return { worth: list.worth, needed: own, sum: this.sum(shares, own - limit) };
      }),
    };
  }

  /** By slot: what runs there, and what could be put there. */
  private claimed({ worth, capacity }: Claim): number[] {
    const { hosts, usable, running } = this.instance;
    const shares = hosts.map(() => 0);
    for (const slot of usable) {
      shares[slot] = running[slot]!.reduce((total, { demand, count }) => total + count * worth[demand.index]!, capacity(hosts[slot]!));
    }
    return shares;
  }

  /** The sums where no host fails. */
  get nothing(): readonly number[] {
    return this.starts;
  }

  /** By tier, the highest first: how many VMs of that tier or a higher one can be off at most. */
  of(sums: readonly number[]): readonly number[] {
    const groups = this.groups.map((group) => this.byLast(group, sums));
    let bound = 0;
    return this.tiers.map((tier, at) => {
      bound += sums[this.bound[at]!]!;
      return groups.reduce(
        (total, lasts) => total + lasts.reduce((most, last) => (last.tier >= tier ? Math.max(most, last.off) : most), 0),
        bound,
      );
    });
  }

  /** Whether a VM of that demand and tier can be off at all. */
  canBeOff(demand: number, tier: number, sums: readonly number[]): boolean {
    const item = this.groups.flatMap(({ items }) => items).find((each) => each.demand === demand && each.tier === tier);
    return item !== undefined && this.reachOf(item, sums).most > 0;
  }

  private reachOf(item: Item, sums: readonly number[]): Reach {
    const spare = item.lists.map(({ sum }) => sums[sum]! + ROUNDING);
    const most = item.lists.map(({ needed }, list) => (spare[list]! < needed ? 0 : needed > 0 ? spare[list]! / needed : Infinity));
    const there = sums[item.running]! + Math.min(item.unplaced, sums[item.room]!);
    return { item, spare, most: Math.floor(Math.min(there, ...most)) };
  }

  /** For each item of a group: the most where one of it is off, and nobody of a lower tier. */
  private byLast({ items, limits }: Group, sums: readonly number[]): readonly { readonly tier: number; readonly off: number }[] {
    const reaches = items.map((item) => this.reachOf(item, sums));
    return items.map(({ tier }, last) => {
      const { most, spare } = reaches[last]!;
      if (most <= 0) return { tier, off: 0 };
      const allowed = limits[last]!.map((limit, at) => mostWithin(limit, spare[at] ?? sums[limit.sum]! + ROUNDING, reaches, last));
      return { tier, off: Math.min(...allowed) };
    });
  }
}

/** Items that take the same devices, and for each of them what those off together are worth at most: its own lists, and the claims. */
interface Group {
  readonly items: readonly Item[];
  readonly limits: readonly (readonly OrderedLimit[])[];
}

interface Limit {
  /** By demand. */
  readonly worth: readonly number[];
  /** The sum that they are worth at most. */
  readonly sum: number;
}

interface OrderedLimit extends Limit {
  /** Items of the group, those first that are worth least. */
  readonly order: readonly number[];
}

/** VMs of a demand and tier. */
interface Item {
  /** By index. */
  readonly demand: number;
  readonly tier: number;
  /** The sum of those that run on the failed hosts. */
  readonly running: number;
  /** How many of the batch there are, and the sum of those that the failed hosts have room for. */
  readonly unplaced: number;
  readonly room: number;
  /** What VMs are worth, how much of that it takes for one to be off, and the sum that those off together are worth at most. */
  readonly lists: readonly (Limit & { readonly needed: number })[];
}

interface Reach {
  readonly item: Item;
  /** By list. */
  readonly spare: readonly number[];
  /** How many of the item can be off at most, whoever else is. */
  readonly most: number;
}

function fromCheapest({ worth, sum }: Limit, items: readonly Item[]): OrderedLimit {
  const order = items.map((_, at) => at).sort((a, b) => worth[items[a]!.demand]! - worth[items[b]!.demand]!);
  return { worth, sum, order };
}

/** How many can be worth no more than `limit` together, one of `last` and nobody of a lower tier: those that are worth least. */
function mostWithin({ worth, order }: OrderedLimit, limit: number, reaches: readonly Reach[], last: number): number {
  const { demand, tier } = reaches[last]!.item;
  let left = limit - worth[demand]!;
  let number = 1;
  for (const at of order) {
    const { item, most } = reaches[at]!;
    if (item.tier < tier || most <= 0) continue;
    const count = at === last ? most - 1 : most;
    const each = worth[item.demand]!;
    const fit = each > 0 ? Math.min(count, Math.max(0, Math.floor(left / each))) : count;
    number += fit;
    left -= fit * each;
  }
  return number;
}

/** How many VMs of a demand a host takes at most. */
function roomFor(bins: Bins, demand: Demand): (bin: Bin) => number {
  const claims = claimsOf(bins, [demand]).filter(({ worth }) => worth[demand.index]! > 0);
  return (bin) =>
    bins.fits(bin, demand) ? Math.min(...claims.map(({ worth, capacity }) => Math.floor(capacity(bin) / worth[demand.index]!))) : 0;
}
