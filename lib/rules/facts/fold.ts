import { listing } from "../../model";
import { Facts, PlacedVm, Place } from "./facts";

/** Where a finding about several VMs points: at the first of them, and at a resource only where there is one. */
export function placeOfAll(places: readonly Place[]): Place {
  const [first, ...others] = places;
  if (first === undefined || others.length === 0) return first ?? {};
  const { cluster, source } = first;
  return { ...(cluster === undefined ? {} : { cluster }), ...(source && { source }) };
}

export function namesOf({ nameOf }: Facts, vms: readonly PlacedVm[]): string {
  return listing(vms.map(({ vm }) => nameOf(vm.address)));
}

/** The entries in groups of equal keys, in the order in which the keys first come. */
export function groupBy<T>(entries: readonly T[], keyOf: (entry: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** The distinct values, sorted by code unit. */
export function distinct(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}
