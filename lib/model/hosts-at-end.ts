import { Device, Host } from "./inventory";
import { PciAddress } from "./pci";

/** A host as it ends: with the plan's device changes that take effect, in the outcome that is drawn. */
export interface HostAtEnd extends Omit<Host, "devices"> {
  /** In the order of their addresses. */
  readonly devices: readonly DeviceAtEnd[];
}

export interface DeviceAtEnd extends Device {
  readonly holder?: Holder;
  /** Free after the worst failure, but matching none of its victims; only where that failure leaves a VM off. */
  readonly stranded?: true;
}

/** The VM that holds a device. */
export interface Holder {
  /** As the report names it. */
  readonly vm: string;
  /** True for a VM that runs already and that no event of the batch touches. */
  readonly running: boolean;
}

/** A VM that is on. */
export interface Placement extends Holder {
  readonly host: string;
  readonly devices: readonly PciAddress[];
}

/** Puts the VMs that are on onto the hosts, which are as they end. `stranded` are devices by `deviceKey`. */
export function hostsAtEnd(
  hosts: readonly Host[],
  placements: readonly Placement[],
  stranded: ReadonlySet<string> = new Set(),
): readonly HostAtEnd[] {
  const holders = new Map<string, Holder>();
  for (const { vm, running, host, devices } of placements) for (const at of devices) holders.set(deviceKey(host, at), { vm, running });
  return hosts.map((host) => ({
    ...host,
    devices: host.devices.map((device): DeviceAtEnd => {
      const key = deviceKey(host.name, device.address);
      const holder = holders.get(key);
      if (holder) return { ...device, holder };
      return stranded.has(key) ? { ...device, stranded: true } : device;
    }),
  }));
}

/** Tells one device of a cluster from all others. */
export function deviceKey(host: string, address: PciAddress): string {
  return `${address} ${host}`;
}
