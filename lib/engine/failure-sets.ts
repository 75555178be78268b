import { HostState } from "./host-states";

/** Some of a state's hosts, as one choice among equal ones: slots whose hosts fail. */
export type FailureSet = readonly number[];

/** Every set of `size` of the given slots, sets of equal hosts once. */
export function* failureSets(hosts: readonly HostState[], slots: readonly number[], size: number): Generator<FailureSet> {
  const groups = new Map<number, number[]>();
  for (const slot of slots) {
    const { id } = hosts[slot]!;
    groups.set(id, [...(groups.get(id) ?? []), slot]);
  }
  yield* choose([...groups.values()], size);
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
