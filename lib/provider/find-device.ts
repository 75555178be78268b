import { listing, parsePciAddress } from "../model";
import { HostPciDevice, PciHost } from "../vsphere";

/** A host that has nothing at an address. */
export class NoSuchDevice extends Error {
  constructor(host: PciHost, address: string) {
    const capable = host.devices.filter((device) => device.capable).map((device) => device.address);
    const known = capable.length === 0 ? "none of its devices can be passed through" : `it can pass through ${listing(capable)}`;
    super(`${host.name} has no PCI device ${address}; ${known}`);
  }
}

/** @throws NoSuchDevice */
export function deviceOf(host: PciHost, address: string): HostPciDevice {
  const found = findDevice(host, address);
  if (!found) throw new NoSuchDevice(host, address);
  return found;
}

/** By its address, however that is spelled. */
export function findDevice({ devices }: PciHost, address: string): HostPciDevice | undefined {
  const wanted = canonical(address);
  return devices.find((device) => canonical(device.address) === wanted);
}

function canonical(address: string): string {
  return parsePciAddress(address) ?? address;
}
