import { Cluster, Device, isCapacity } from "../../model";

/** The cluster's devices that are capacity, one for each id and label: equal devices match the same requests. */
export function deviceKinds({ hosts }: Cluster): readonly Pick<Device, "id" | "label">[] {
  const kinds = new Map<string, Device>();
  for (const { devices } of hosts) {
    for (const device of devices) if (isCapacity(device)) kinds.set(JSON.stringify([device.id, device.label ?? null]), device);
  }
  return [...kinds.values()];
}
