import { RestartInstance, countsOf } from "./restart-instance";
import { ItemCount, Demand, Bin } from "../packing/bins";
import { SlotCount } from "./slots";

const MOST_COUNTS = 6;

/**
 * Enough, where it answers: hosts that can each take, all at once, what any one failed host loses. While there are as many
 * of them left as there are failed hosts with anything to lose, everyone has a place: one failed host for each spare one. A host
 * that would lose more than some spare host takes is not to fail: its share is more than there are.
 *
 * One answer for each number of hosts that are called spare, the roomiest first. `takesAll`: whether a bin takes these, counted
 * by demand, at once.
 */
export function spareHosts(
  { bins, hosts, usable, running }: RestartInstance,
  among: ReadonlySet<Demand>,
  takesAll: (bin: Bin, counts: readonly number[]) => boolean,
): SlotCount[] {
  const isAsked = ({ demand }: ItemCount): boolean => among.has(demand);
  const losses = new Map(usable.map((slot) => [slot, countsOf(bins, running[slot]!.filter(isAsked))] as const));
  const losing = usable.filter((slot) => losses.get(slot)!.some((count) => count > 0));
  const roomy = [...new Set(usable.map((slot) => hosts[slot]!))]
    .map((bin) => ({ bin, takesFrom: new Set(losing.filter((slot) => takesAll(bin, losses.get(slot)!))) }))
    .filter(({ takesFrom }) => takesFrom.size > 0)
    .sort((a, b) => b.takesFrom.size - a.takesFrom.size || a.bin.id - b.bin.id)
    .slice(0, MOST_COUNTS);
  return roomy.map((_, last) => {
    const spare = roomy.slice(0, last + 1);
    const isSpare = (slot: number): boolean => spare.some(({ bin }) => bin === hosts[slot]);
    const total = usable.filter(isSpare).length;
    const shares = hosts.map(() => 0);
    for (const slot of usable) if (isSpare(slot)) shares[slot]! += 1;
    for (const slot of losing) shares[slot]! += spare.every(({ takesFrom }) => takesFrom.has(slot)) ? 1 : total + 1;
    return { shares, total };
  });
}
