import { HostState } from "../compile/host-state";

/** Some of a state's hosts, as one choice among equal ones: slots whose hosts fail. */
export type FailureSet = readonly number[];

/** Every set of `size` of the given slots, sets of equal hosts once. */
export function* failureSets(hosts: readonly HostState[], slots: readonly number[], size: number): Generator<FailureSet> {
  yield* choose(alike(hosts, slots), size);
}

/** How many they are. */
export function numberOfFailureSets(hosts: readonly HostState[], slots: readonly number[], size: number): number {
  let ways: readonly number[] = [1, ...new Array<number>(size).fill(0)];
  for (const { length } of alike(hosts, slots)) {
    ways = ways.map((_, count) => ways.slice(Math.max(0, count - length), count + 1).reduce((sum, before) => sum + before, 0));
  }
  return ways[size]!;
}

function alike(hosts: readonly HostState[], slots: readonly number[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const slot of slots) {
    const { id } = hosts[slot]!;
    groups.set(id, [...(groups.get(id) ?? []), slot]);
  }
  return [...groups.values()];
}

function* choose(groups: readonly (readonly number[])[], size: number): Generator<FailureSet> {
  const [first, ...rest] = groups;
  if (size === 0) {
    yield [];
    return;
  }
  if (!first) return;
  const left = rest.reduce((sum, group) => sum + group.length, 0);
  for (let count = Math.min(size, first.length); count >= Math.max(0, size - left); count--) {
    for (const others of choose(rest, size - count)) yield [...first.slice(0, count), ...others];
  }
}
