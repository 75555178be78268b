import { Crowd, Fleet, countsOf, together } from "../fleet";
import { Blockade, ROUNDING, worthOf } from "../search/blockade";
import { PriceList } from "./prices";

/** A price list as it speaks about failures: how much each host's failure tips the scales, and how much it takes. */
export interface Scale {
  readonly list: PriceList;
  /** By slot: what its VMs are worth, and what the others no longer need it closed for. */
  readonly shares: readonly number[];
  /** A failure whose shares together are less than this leaves a place for the victim, whatever the order and choice. */
  readonly limit: number;
}

/**
 * The price lists of one victim over all failures at once. The survivors' need is that of all hosts less that of the failed
 * ones, and the supply is the batch and the failed hosts' VMs of the victim's tier and above (lower ones restart later), so a
 * failure F is harmless if the sum over F of (worth of its VMs + need) < need of all hosts - worth of the batch + worth of the victim.
 * The most dangerous failure of n hosts is then simply the n largest shares.
 */
export function scalesOf(fleet: Fleet, victim: Crowd, blockade: Blockade, targets: readonly number[]): Scale[] {
  const { rooms, hosts, usable, running, everyone } = fleet;
  const open = targets.map((slot) => hosts[slot]!).filter((room) => rooms.fits(room, victim.demand));
  const supplies = running.map((crowds) => countsOf(rooms, crowds, victim.tier));
  const isTarget = new Set(targets);
  return blockade.pricesFor(open).map((list): Scale => {
    const needs = hosts.map((room, slot) => (isTarget.has(slot) ? list.need(room) : 0));
    const shares = hosts.map(() => 0);
    for (const slot of usable) shares[slot] = worthOf(supplies[slot]!, list) + needs[slot]!;
    const total = needs.reduce((sum, need) => sum + need, 0);
    // Hosts that can't be closed at all: as long as one of them is left, nothing matters.
    if (total === Infinity) {
      const always = needs.map((need) => (need === Infinity ? 1 : 0));
      return { list, shares: always, limit: always.reduce<number>((sum, one) => sum + one, 0) };
    }
    return { list, shares, limit: total - worthOf(everyone, list) + list.worth[victim.demand.index]! };
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
