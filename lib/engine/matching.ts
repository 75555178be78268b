import { Device, DeviceRequest, PciId } from "../model";

/** What a device is to a request once passthrough state and label are what they are at a moment. */
export type DeviceFace = Pick<Device, "id" | "label" | "passthrough" | "healthy" | "reserved">;

/** Capacity: in passthrough mode and active, healthy, not set aside (M1, M5). */
export function isCapacity(device: DeviceFace): boolean {
  return device.passthrough === "active" && device.healthy && device.reserved === undefined;
}

/**
 * M1 to M4: whether a dynamic request may have a device, were it free. `undefined` where that hangs on a sub-id or
 * revision that the inventory does not declare.
 */
export function matches(request: DeviceRequest & { kind: "dynamic" }, device: DeviceFace): boolean | undefined {
  if (!isCapacity(device)) return false;
  if (request.label !== undefined && request.label !== device.label) return false;
  if (request.allowed.length === 0) return true;
  const answers = request.allowed.map((allowed) => idMatches(allowed, device.id));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

export const SUB_IDS = ["subVendor", "subDevice", "revision"] as const;

function idMatches(allowed: PciId, id: PciId): boolean | undefined {
  if (allowed.vendor !== id.vendor || allowed.device !== id.device) return false;
  let open = false;
  for (const field of SUB_IDS) {
    if (allowed[field] === undefined) continue;
    if (id[field] === undefined) open = true;
    else if (id[field] !== allowed[field]) return false;
  }
  return open ? undefined : true;
}

/** M6: the size of a largest matching between requests and devices (Kuhn's augmenting paths). */
export function matchingSize<R, D>(requests: readonly R[], devices: readonly D[], mayHave: (request: R, device: D) => boolean): number {
  const holder = new Map<number, number>();
  const augment = (request: number, seen: Set<number>): boolean =>
    devices.some((device, d) => {
      if (seen.has(d) || !mayHave(requests[request]!, device)) return false;
      seen.add(d);
      const current = holder.get(d);
      if (current !== undefined && !augment(current, seen)) return false;
      holder.set(d, request);
      return true;
    });
  return requests.filter((_, request) => augment(request, new Set())).length;
}

/**
 * The first `requests.length` devices, in the order given, that match the requests one to one: greedy is exact here
 * (the sets of devices that can be matched form a matroid). Undefined where there are none.
 */
export function firstDevices<R, D>(requests: readonly R[], devices: readonly D[], mayHave: (request: R, device: D) => boolean): D[] | undefined {
  const taken: D[] = [];
  for (const device of devices) {
    if (taken.length === requests.length) break;
    if (matchingSize(requests, [...taken, device], mayHave) === taken.length + 1) taken.push(device);
  }
  return taken.length === requests.length ? taken : undefined;
}
