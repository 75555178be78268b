import { Device, DynamicRequest, isCapacity, matchesIdAndLabel } from "../../model";

/** What a device is to a request once passthrough state and label are what they are at a moment. */
export type DeviceTraits = Pick<Device, "id" | "label" | "passthrough" | "healthy" | "reserved">;

/**
 * M1 to M5: whether a dynamic request may have a device, were it free. `undefined` where that hangs on a sub-id or
 * revision that the inventory does not declare.
 */
export function matches(request: DynamicRequest, device: DeviceTraits): boolean | undefined {
  return isCapacity(device) ? matchesIdAndLabel(request, device) : false;
}

/**
 * The first `requests.length` devices, in the order given, that match the requests one to one: greedy is exact here
 * (the sets of devices that can be matched form a matroid). Undefined where there are none.
 */
export function firstDevices<R, D>(
  requests: readonly R[],
  devices: readonly D[],
  mayHave: (request: R, device: D) => boolean,
): D[] | undefined {
  const taken: D[] = [];
  const holderOf = new Map<number, D>();
  const seat = (device: D, seen: Set<number>): boolean =>
    requests.some((request, r) => {
      if (seen.has(r) || !mayHave(request, device)) return false;
      seen.add(r);
      const current = holderOf.get(r);
      if (current !== undefined && !seat(current, seen)) return false;
      holderOf.set(r, device);
      return true;
    });
  for (const device of devices) {
    if (taken.length === requests.length) break;
    if (seat(device, new Set())) taken.push(device);
  }
  return taken.length === requests.length ? taken : undefined;
}
