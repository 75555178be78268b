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
