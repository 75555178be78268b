import { ItemCount, Demand } from "../packing/bins";
import { RestartInstance, together } from "./restart-instance";
import { PriceList, Prices, ROUNDING } from "../packing/prices";
import { Thresholds } from "../packing/thresholds";

const MOST_SCALES = 6;

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
 * A price list over all failures at once. The survivors' need is that of all hosts less that of the failed ones, and the supply is
 * the batch and those of the failed hosts' VMs that come back before the victim, so a failure F is harmless if
 * the sum over F of (worth of its VMs + need) < need of all hosts - worth of the batch + worth of the victim.
 * The most dangerous failure of n hosts is then simply the n largest shares.
 */
export function scaleOf(
  { hosts, usable, running, everyone }: RestartInstance,
  victim: Demand,
  list: Pick<PriceList, "worth" | "need">,
  before: (items: ItemCount) => boolean,
): Scale {
  const { worth } = list;
  const needs = hosts.map((bin) => list.need(bin));
  const shares = hosts.map(() => 0);
  for (const slot of usable) {
    shares[slot] = needs[slot]!;
    for (const items of running[slot]!) if (before(items)) shares[slot] += items.count * worth[items.demand.index]!;
  }
  const batch = sum(everyone.map((count, demand) => count * worth[demand]!));
  const own = worth[victim.index]!;
  return { shares, limit: sum(needs) - batch + own, own };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The prices for each demand, made when they are first asked for. */
export function priceBook({ bins, hosts }: RestartInstance): (demand: Demand) => Prices {
  const known = new Map<Demand, Prices>();
  return (demand) => {
    const prices =
      known.get(demand) ??
      new Prices(
        bins,
        new Thresholds(bins, demand),
        hosts.filter((bin) => bins.fits(bin, demand)),
      );
    known.set(demand, prices);
    return prices;
  };
}

/** The largest number of failures that the scale proves harmless to its victim. */
export function toleratedBy({ shares, limit }: Scale, usable: readonly number[]): number {
  const sorted = usable.map((slot) => shares[slot]!).sort((a, b) => b - a);
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum + sorted[count]! < limit - ROUNDING) sum += sorted[count++]!;
  return count;
}

/** Scales that a choice among failures of that size is pruned by: those that come nearest to proving all of them harmless. */
export function nearest<T extends Scale>(scales: readonly T[], size: number, usable: readonly number[]): T[] {
  const margins = scales.map((scale) => ({ scale, margin: marginOf(scale, size, usable) }));
  return margins
    .sort((a, b) => b.margin - a.margin)
    .slice(0, MOST_SCALES)
    .map(({ scale }) => scale);
}

function marginOf({ shares, limit }: Scale, size: number, usable: readonly number[]): number {
  const sorted = usable.map((slot) => shares[slot]!).sort((a, b) => b - a);
  const most = sorted.slice(0, size).reduce((sum, share) => sum + share, 0);
  return limit === 0 ? -most : (limit - most) / Math.abs(limit);
}

/** Everyone who may have to come back, each demand and tier once. */
export function victimsOf({ running, batch }: RestartInstance): ItemCount[] {
  return together([...running, batch]);
}
