import { Device, gpuName, Host, hostOf, PciAddress } from "../../model";
import { PlacedVm } from "./facts";

export interface PhysicalFunction {
  readonly host: Host;
  /** Undefined where the inventory does not declare it. */
  readonly device: Device | undefined;
}

/** What the inventory says of a function of the VM's host; undefined where the host is not known, or has findings of its own. */
export function physicalFunction({ vm, cluster }: PlacedVm, address: PciAddress): PhysicalFunction | undefined {
  const found = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  if (!found?.known || found.value === undefined) return undefined;
  const host = found.value;
  return { host, device: host.devices.find((each) => each.address === address) };
}

/** Whether it is known to be a GPU, which is no network card whatever its functions are. */
export function isGpu({ device }: PhysicalFunction): boolean {
  return device !== undefined && gpuName(device.id) !== undefined;
}
