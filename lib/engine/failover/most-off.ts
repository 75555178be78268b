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
  private readonly groups: readonly (readonly Item[])[];
  private readonly claims: readonly { readonly worth: readonly number[]; readonly sum: number }[];
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
    this.groups = apart(instance, wanted).map((group) => items.filter(({ demand }) => [...group].some(({ index }) => index === demand)));
    this.claims = claimsOf(instance.bins, [...wanted]).map((claim) => ({ worth: claim.worth, sum: this.sum(this.claimed(claim)) }));
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
    const groups = this.groups.map((group) => group.map((item) => this.reachOf(item, sums)));
    let bound = 0;
    return this.tiers.map((tier, at) => {
      bound += sums[this.bound[at]!]!;
      return bound + groups.reduce((total, reaches) => total + this.ofGroup(reaches, tier, sums), 0);
    });
  }

  /** Whether a VM of that demand and tier can be off at all. */
  canBeOff(demand: number, tier: number, sums: readonly number[]): boolean {
    const item = this.groups.flat().find((each) => each.demand === demand && each.tier === tier);
    return item !== undefined && this.reachOf(item, sums).most > 0;
  }

  private reachOf(item: Item, sums: readonly number[]): Reach {
    const spare = item.lists.map(({ sum }) => sums[sum]! + ROUNDING);
    const most = item.lists.map(({ needed }, list) => (spare[list]! < needed ? 0 : needed > 0 ? spare[list]! / needed : Infinity));
    const there = sums[item.running]! + Math.min(item.unplaced, sums[item.room]!);
    return { item, spare, most: Math.floor(Math.min(there, ...most)) };
  }

  private ofGroup(reaches: readonly Reach[], tier: number, sums: readonly number[]): number {
    const lowest = reaches.filter(({ item, most }) => item.tier >= tier && most > 0);
    return Math.max(0, ...lowest.map((last) => this.withLast(last, reaches, sums)));
  }

  /** The most where one of `last` is off, and nobody of a lower tier. */
  private withLast(last: Reach, reaches: readonly Reach[], sums: readonly number[]): number {
    const above = reaches.filter(({ item, most }) => item.tier >= last.item.tier && most > 0);
    const others = above.map((reach) => ({ demand: reach.item.demand, count: reach === last ? reach.most - 1 : reach.most }));
    const within = (worth: readonly number[], limit: number): number => 1 + mostWithin(others, worth, limit - worth[last.item.demand]!);
    return Math.min(
      ...last.item.lists.map(({ worth }, list) => within(worth, last.spare[list]!)),
      ...this.claims.map(({ worth, sum }) => within(worth, sums[sum]! + ROUNDING)),
    );
  }
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
  readonly lists: readonly { readonly worth: readonly number[]; readonly needed: number; readonly sum: number }[];
}

interface Reach {
  readonly item: Item;
  /** By list. */
  readonly spare: readonly number[];
  /** How many of the item can be off at most, whoever else is. */
  readonly most: number;
}

/** How many of these can be worth no more than the limit together: those that are worth least. */
function mostWithin(
  items: readonly { readonly demand: number; readonly count: number }[],
  worth: readonly number[],
  limit: number,
): number {
  let left = limit;
  let number = 0;
  for (const { demand, count } of [...items].sort((a, b) => worth[a.demand]! - worth[b.demand]!)) {
    const each = worth[demand]!;
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
