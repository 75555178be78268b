import { Device } from "./inventory";
import { PciId, SUB_IDS } from "./pci";
import { DynamicRequest } from "./request";

/** Capacity: in passthrough mode and active, healthy, not set aside (semantics M1, M5). */
export function isCapacity(device: Pick<Device, "passthrough" | "healthy" | "reserved" | "virtualFunctions">): boolean {
  const { passthrough, healthy, reserved, virtualFunctions } = device;
  return passthrough === "active" && healthy && reserved === undefined && virtualFunctions === undefined;
}

/** A VM can't be running with a device that is not passed through. One that is pending a reboot may be on its way out. */
export function canBeHeld({ passthrough }: Pick<Device, "passthrough">): boolean {
  return passthrough !== "disabled" && passthrough !== "vgpu";
}

/** Whether a request may have a device, going by ids and label alone; undefined where that hangs on an undeclared sub-id (M1 to M4). */
export function matchesIdAndLabel(request: DynamicRequest, device: Pick<Device, "id" | "label">): boolean | undefined {
  return matchesLabel(request, device) && matchesId(request.allowed, device.id);
}

/** M2, M3: a label that is asked for is the device's; one that is not asked for does not matter. */
export function matchesLabel(request: Pick<DynamicRequest, "label">, device: Pick<Device, "label">): boolean {
  return request.label === undefined || request.label === device.label;
}

/** Whether one of the allowed ids is the device's; an empty list allows every id. */
export function matchesId(allowed: readonly PciId[], id: PciId): boolean | undefined {
  if (allowed.length === 0) return true;
  const answers = allowed.map((entry) => entryMatches(entry, id));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function entryMatches(entry: PciId, id: PciId): boolean | undefined {
  if (entry.vendor !== id.vendor || entry.device !== id.device) return false;
  const given = SUB_IDS.filter((field) => entry[field] !== undefined);
  if (given.some((field) => id[field] !== undefined && id[field] !== entry[field])) return false;
  return given.some((field) => id[field] === undefined) ? undefined : true;
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
