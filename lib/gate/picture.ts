import {
  Cluster,
  ClusterJudgement,
  Device,
  DeviceChange,
  formatPciId,
  hostOf,
  PassthroughState,
  PciAddress,
  Placement,
  ReportDevice,
  ReportHost,
} from "../model";

/** Every host of a cluster with its devices, as they are after the batch: the plan's device changes applied, the placements drawn in. */
export function drawHosts(
  cluster: Cluster,
  { placements, useless }: Pick<ClusterJudgement, "placements" | "useless">,
  changes: readonly DeviceChange[],
): readonly ReportHost[] {
  const stranded = new Set(useless.map(({ host, address }) => key(host, address)));
  const holders = new Map<string, Placement>();
  for (const placement of placements) for (const device of placement.devices) holders.set(key(placement.host, device), placement);
  const changed = changesByDevice(cluster, changes);
  return cluster.hosts.map(({ name, state, failover, rebindWithoutReboot, devices }) => ({
    name,
    state,
    failover,
    devices: devices.map((device) => {
      const change = changed.get(key(name, device.address));
      const drawn = drawDevice(change ? applyChange(device, change, rebindWithoutReboot) : device, holders.get(key(name, device.address)));
      return drawn.vm === undefined && stranded.has(key(name, device.address)) ? { ...drawn, stranded: true } : drawn;
    }),
  }));
}

function drawDevice(
  { address, addressDeclared, id, label, passthrough, healthy, reserved }: Device,
  holder: Placement | undefined,
): ReportDevice {
  return {
    address,
    ...(addressDeclared ? {} : { madeUp: true }),
    id: formatPciId(id),
    ...(label === undefined ? {} : { label }),
    passthrough,
    ...(holder === undefined ? {} : { vm: holder.vm, running: holder.running }),
    ...(reserved !== undefined ? { unavailable: `reserved: ${reserved}` } : healthy ? {} : { unavailable: "unhealthy" }),
  };
}

function changesByDevice(cluster: Cluster, changes: readonly DeviceChange[]): ReadonlyMap<string, DeviceChange> {
  const changed = new Map<string, DeviceChange>();
  for (const change of changes) {
    if (change.action === "none" || !change.host?.known || !change.pciAddress.known) continue;
    const host = hostOf(change.host.value, cluster);
    if (host.known && host.value) changed.set(key(host.value.name, change.pciAddress.value), change);
  }
  return changed;
}

function applyChange(device: Device, { enabled, hardwareLabel, applyNow }: DeviceChange, rebindWithoutReboot: boolean): Device {
  const { label, ...unlabelled } = device;
  const newLabel = hardwareLabel?.known ? hardwareLabel.value : label;
  const relabelled = newLabel === undefined ? unlabelled : { ...unlabelled, label: newLabel };
  if (!enabled?.known) return relabelled;
  const live = rebindWithoutReboot && applyNow.known && applyNow.value;
  return { ...relabelled, passthrough: stateAfter(device.passthrough, enabled.value, live) };
}

/** O6: a device that is active stays so, one that is pending a reboot too; enabling takes effect at once only where the host rebinds. */
function stateAfter(before: PassthroughState, enabled: boolean, live: boolean): PassthroughState {
  if (!enabled) return "disabled";
  return before === "disabled" ? (live ? "active" : "pending-reboot") : before;
}

function key(host: string, address: PciAddress): string {
  return `${address} ${host}`;
}
