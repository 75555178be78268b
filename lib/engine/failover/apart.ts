import { RestartInstance } from "./restart-instance";
import { Demand } from "../packing/bins";

/** The demands in groups such that no host has room for VMs of two groups: what becomes of one is no matter to the other. */
export function apart({ bins, hosts, usable }: RestartInstance, demands: ReadonlySet<Demand>): ReadonlySet<Demand>[] {
  let groups: Set<Demand>[] = [];
  const seen = new Set<number>();
  for (const slot of usable) {
    const bin = hosts[slot]!;
    if (seen.has(bin.id)) continue;
    seen.add(bin.id);
    const here = new Set([...demands].filter((demand) => bins.fits(bin, demand)));
    if (here.size === 0) continue;
    const touched = groups.filter((group) => [...here].some((demand) => group.has(demand)));
    groups = [...groups.filter((group) => !touched.includes(group)), new Set([...here, ...touched.flatMap((group) => [...group])])];
  }
  const placed = new Set(groups.flatMap((group) => [...group]));
  return [...groups, ...[...demands].filter((demand) => !placed.has(demand)).map((demand) => new Set([demand]))];
}
