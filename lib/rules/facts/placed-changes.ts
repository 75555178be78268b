import { Cluster, Device, DEVICE_CHANGE_ACTIONS, DeviceChange, Finding, Host, Inventory, Plan } from "../../model";

/** A `passthru_host_device` with what the inventory says of its device. Each part is absent where it is not known or not declared. */
export interface PlacedChange {
  readonly change: DeviceChange;
  readonly cluster?: Cluster;
  readonly host?: Host;
  /** By its address, which may be a made-up one. */
  readonly device?: Device;
  readonly place: Pick<Finding, "cluster" | "resource" | "constructPath" | "source">;
}

/** The plan's device changes, less those that are deleted: a deleted one leaves its device as it is. */
export function placeChanges({ deviceChanges }: Plan, { clusters }: Inventory): readonly PlacedChange[] {
  const hosts = new Map<string, { readonly cluster: Cluster; readonly host: Host }>();
  for (const cluster of clusters) {
    for (const host of cluster.hosts) {
      hosts.set(`name ${host.name}`, { cluster, host });
      if (host.id !== undefined) hosts.set(`id ${host.id}`, { cluster, host });
    }
  }
  return deviceChanges.flatMap((change) => {
    const { action, host: ref, pciAddress, address, constructPath, source } = change;
    if (DEVICE_CHANGE_ACTIONS[action].givesBack) return [];
    const found = ref.known ? hosts.get(ref.value.by === "name" ? `name ${ref.value.name}` : `id ${ref.value.id}`) : undefined;
    const device = pciAddress.known ? found?.host.devices.find((each) => each.address === pciAddress.value) : undefined;
    const place = { resource: address, ...(constructPath === undefined ? {} : { constructPath }), source };
    return [{ change, ...found, ...(device && { device }), place: { ...(found && { cluster: found.cluster.name }), ...place } }];
  });
}
