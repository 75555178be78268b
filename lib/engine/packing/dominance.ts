import { Demand } from "./bins";

/**
 * A VM that takes no more of anything than another fits wherever the other fits. So where nothing, not even a twin of its own,
 * can keep the larger one out, nothing keeps out the smaller one: only the largest have to be asked about.
 */
export interface Dominance<T> {
  readonly largest: T;
  /** Itself and those that take no more of anything. */
  readonly covered: readonly T[];
}

/** Those of `all` that no other dominates, each with whom it dominates. `kind` tells apart what can't be compared. */
export function dominances<T>(all: readonly T[], demandOf: (one: T) => Demand, kind: (one: T) => string): Dominance<T>[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const { requests, apart } = demandOf(one);
    const key = `${requests.join()}|${apart.join()}|${kind(one)}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => frontOf(group, demandOf));
}

function frontOf<T>(group: readonly T[], demandOf: (one: T) => Demand): Dominance<T>[] {
  const byMemory = [...group].sort((a, b) => demandOf(b).memoryMb - demandOf(a).memoryMb || demandOf(b).cpuMhz - demandOf(a).cpuMhz);
  const front: { readonly largest: T; readonly covered: T[] }[] = [];
  for (const one of byMemory) {
    // Everyone before takes as much memory; the last of the front takes the most CPU of them.
    const last = front.at(-1);
    if (last && demandOf(last.largest).cpuMhz >= demandOf(one).cpuMhz) last.covered.push(one);
    else front.push({ largest: one, covered: [one] });
  }
  return front;
}
