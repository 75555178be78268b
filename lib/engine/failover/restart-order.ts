import { RestartInstance } from "./restart-instance";
import { ItemCount, Demand } from "../packing/bins";
import { Prices } from "../packing/prices";
import { scaleOf, toleratedBy } from "./survival";

/**
 * Those of `among` for which no order of restarts is proved to bring them back, whichever `failures` hosts fail and wherever the
 * batch is. Nobody else may be in their way.
 *
 * Whoever finds a place behind all others (by prices, wherever those went) may come last; among the rest the same is asked again.
 * In the order found, from the last to the first, everyone has a place. It does not matter whom of several one takes
 * away first, because the fewer come before a VM, the easier is its proof (Audsley's assignment of priorities, 1991). What
 * remains has to be placed by other means, and everyone else follows.
 */
export function unordered(
  instance: RestartInstance,
  among: ReadonlySet<Demand>,
  failures: number,
  pricesFor: (demand: Demand) => Prices,
): ReadonlySet<Demand> {
  const left = new Set(among);
  const isLeft = ({ demand }: ItemCount): boolean => left.has(demand);
  const comesLast = (demand: Demand): boolean =>
    pricesFor(demand).lists.some((list) => toleratedBy(scaleOf(instance, demand, list, isLeft), instance.usable) >= failures);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const demand of left) if (comesLast(demand)) left.delete(demand);
  }
  return left;
}
