import { Cluster, Device, DEVICE_CHANGE_ACTIONS, DeviceChange, Finding, Host, hostOf, HostRef, Inventory, Plan } from "../../model";

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
  const find = (ref: HostRef): { readonly cluster: Cluster; readonly host: Host } | undefined => {
    const found = clusters.flatMap((cluster) => {
      const host = hostOf(ref, cluster);
      return host.known && host.value ? [{ cluster, host: host.value }] : [];
    });
    return found[0];
  };
  return deviceChanges.flatMap((change) => {
    const { action, host: ref, pciAddress, address, constructPath, source } = change;
    if (DEVICE_CHANGE_ACTIONS[action].givesBack) return [];
    const found = ref.known ? find(ref.value) : undefined;
    const device = pciAddress.known ? found?.host.devices.find((each) => each.address === pciAddress.value) : undefined;
    const place = { resource: address, ...(constructPath === undefined ? {} : { constructPath }), source };
    return [{ change, ...found, ...(device && { device }), place: { ...(found && { cluster: found.cluster.name }), ...place } }];
  });
}
