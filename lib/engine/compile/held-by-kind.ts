import { canBeHeld, Cluster, Device, formatPciId, Host, PciAddress } from "../../model";

/** A device that a plan names by its address; without a host, on whichever host. */
export interface NamedDevice {
  readonly host?: string;
  readonly address: PciAddress;
}

/**
 * Why it is not known who holds the devices that a plan names. A VM that is declared to hold some of a kind is taken to hold the
 * first of them: that matters to nothing but an address.
 */
export function unclearHolders({ hosts, vms }: Cluster, named: readonly NamedDevice[]): readonly string[] {
  const byKind = vms.filter(({ heldByKind }) => heldByKind !== undefined);
  if (byKind.length === 0) return [];
  return named.flatMap(({ host, address }) => {
    const isUnclear = (each: Host): boolean => {
      const here = byKind.filter((vm) => vm.host === each.name).flatMap(({ heldByKind }) => heldByKind!);
      const device = each.devices.find((other) => other.address === address);
      if (!device || here.length === 0) return false;
      const byAddress = new Set(vms.filter((vm) => vm.host === each.name).flatMap(({ devices }) => devices));
      for (const picked of here) byAddress.delete(picked);
      const mayBeOne = (other: Device): boolean => kindOf(other) === kindOf(device) && canBeHeld(other) && !byAddress.has(other.address);
      const open = each.devices.filter(mayBeOne);
      const taken = open.filter((other) => here.includes(other.address)).length;
      return open.includes(device) && taken > 0 && taken < open.length;
    };
    const at = hosts.find((each) => (host === undefined || each.name === host) && isUnclear(each));
    return at === undefined
      ? []
      : [`VMs of ${at.name} hold some devices of a kind, and it is not known whether ${address} is one: declare what they hold by address`];
  });
}

function kindOf({ id, label }: Device): string {
  return JSON.stringify([formatPciId(id), label]);
}
