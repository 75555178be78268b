import { Host, isUsable } from "../../model";
import { Amounts, RESOURCES, Resource, amounts } from "../constraints/resources";
import { VmSpec } from "../constraints/vm-spec";

/** Which resources can run out on any host at all; what can't is left out of the search. */
export type Binding = Readonly<Record<Resource, boolean>>;

/**
 * CPU or memory can't run out where even the densest VMs on all of a host's devices, with every VM without devices beside
 * them, leave some. `vms` are all that may ever be on a host, each with how many devices it holds.
 */
export function bindingResources(
  hosts: readonly Host[],
  vms: readonly { readonly spec: VmSpec; readonly devices: number }[],
  deviceCount: (host: Host) => number,
): Binding {
  const usable = hosts.filter(isUsable);
  const binds = (resource: Resource): boolean => {
    const { need, capacity } = RESOURCES[resource];
    let perDevice = 0;
    let without = 0;
    for (const { spec, devices } of vms) {
      if (devices > 0) perDevice = Math.max(perDevice, need(spec) / devices);
      else without += need(spec);
    }
    return usable.some((host) => perDevice * deviceCount(host) + without > capacity(host));
  };
  return { cpuMhz: binds("cpuMhz"), memoryMb: binds("memoryMb") };
}

/** What a VM takes of what can run out; 0 of what can't. */
export function needsOf(spec: VmSpec, binding: Binding): Amounts {
  return amounts((resource) => (binding[resource] ? RESOURCES[resource].need(spec) : 0));
}

/** What a host has of what can run out; 0 of what can't. */
export function capacitiesOf(host: Host, binding: Binding): Amounts {
  return amounts((resource) => (binding[resource] ? RESOURCES[resource].capacity(host) : 0));
}
