import { Crowd } from "../rooms";
import { Fleet, together } from "../fleet";
import { Prices, ROUNDING } from "./prices";

/** A price list as it speaks about failures: how much each host's failure tips the scales, and how much it takes. */
export interface Scale {
  /** By slot: what its VMs are worth, and what the others no longer need it closed for. */
  readonly shares: readonly number[];
  /** A failure whose shares together are less than this leaves a place for the victim, whatever the order and choice. */
  readonly limit: number;
  /** What the victim itself is worth, which the limit takes off those in its way. */
  readonly own: number;
}

/**
 * The price lists of one victim over all failures at once. The survivors' need is that of all hosts less that of the failed
 * ones, and the supply is the batch and the failed hosts' VMs of the victim's tier and above (lower ones restart later), so a
 * failure F is harmless if the sum over F of (worth of its VMs + need) < need of all hosts - worth of the batch + worth of the victim.
 * The most dangerous failure of n hosts is then simply the n largest shares.
 */
export function scalesOf(fleet: Fleet, victim: Crowd, prices: Prices, targets: readonly number[]): Scale[] {
  const { hosts, usable, running, everyone } = fleet;
  const isTarget = new Set(targets);
  const nothing = new Float64Array(prices.lists.length);
  const needsOf = hosts.map((room, slot) => (isTarget.has(slot) ? prices.needOf(room) : nothing));
  const worthsOf = running.map((crowds) => (crowds.length > 0 ? prices.worthOfCrowds(crowds, victim.tier) : nothing));
  const batch = prices.worthOf(everyone);
  const own = prices.worthOfCrowds([{ ...victim, count: 1 }], victim.tier);
  return prices.lists.map((_, list): Scale => {
    const needs = needsOf.map((need) => need[list]!);
    const shares = hosts.map(() => 0);
    for (const slot of usable) shares[slot] = worthsOf[slot]![list]! + needs[slot]!;
    const total = needs.reduce((sum, need) => sum + need, 0);
    // Hosts that can't be closed at all: as long as one of them is left, nothing matters.
    if (total === Infinity) {
      const always = needs.map((need) => (need === Infinity ? 1 : 0));
      return { shares: always, limit: always.reduce<number>((sum, one) => sum + one, 0), own: 0 };
    }
    return { shares, limit: total - batch[list]! + own[list]!, own: own[list]! };
  });
}

/** The largest number of failures that the scale proves harmless to its victim. */
export function toleratedBy({ shares, limit }: Scale, usable: readonly number[]): number {
  const sorted = usable.map((slot) => shares[slot]!).sort((a, b) => b - a);
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum + sorted[count]! < limit - ROUNDING) sum += sorted[count++]!;
  return count;
}

/** Everyone who may have to come back, each demand and tier once. */
export function victimsOf({ running, batch }: Fleet): Crowd[] {
  return together([...running, batch]);
}
