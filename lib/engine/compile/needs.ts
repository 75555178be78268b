import { Host, isUsable } from "../../model";
import { VmSpec, memoryNeedMb } from "../constraints/vm-spec";

/** Whether CPU and memory can run out on any host at all; what can't is left out of the search. */
export interface Binding {
  readonly cpu: boolean;
  readonly memory: boolean;
}

/**
 * CPU or memory can't run out where even the densest VMs on all of a host's devices, with every VM without devices beside
 * them, leave some. `vms` are all that may ever be on a host; `devicesOf` counts what a VM holds.
 */
export function bindingResources(
  hosts: readonly Host[],
  vms: readonly { readonly spec: VmSpec; readonly devices: number }[],
  deviceCount: (host: Host) => number,
): Binding {
  const binds = (need: (spec: VmSpec) => number, capacity: (host: Host) => number): boolean => {
    let perDevice = 0;
    let without = 0;
    for (const { spec, devices } of vms) {
      if (devices > 0) perDevice = Math.max(perDevice, need(spec) / devices);
      else without += need(spec);
    }
    return hosts.filter(isUsable).some((host) => perDevice * deviceCount(host) + without > capacity(host));
  };
  return {
    cpu: binds(
      ({ cpuReservationMhz }) => cpuReservationMhz,
      ({ cpuMhz }) => cpuMhz,
    ),
    memory: binds(memoryNeedMb, ({ memoryMb }) => memoryMb),
  };
}
