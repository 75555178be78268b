import {
  Cluster,
  Device,
  DeviceRequest,
  DynamicRequest,
  PlanVm,
  RunningVm,
  Unknown,
  isOfOneHost,
  matchRequest,
  matchingSize,
} from "../../model";
import { dynamicRequestKey, matches } from "../constraints/matching";

/** A VM that runs, or one that is there and is off, which holds nothing. */
export interface Existing extends RunningVm {
  readonly isOff?: true;
}

/** What becomes of a VM that exists and that a stack contains (O7). */
export type Fate =
  | "unchanged"
  | "replace"
  /** The arguments that differ and that it has to be off for. */
  | { readonly reboot: readonly string[] };

/**
 * Compares a synthesized VM with the running one of the same name: a change of what its template carries replaces it, a
 * change of CPU, memory, firmware, hardware version or `extra_config` reboots it. A field that the inventory does not
 * declare is not different, and neither is one under `ignore_changes`.
 */
export function fateOf(vm: PlanVm, running: Existing, requests: readonly DeviceRequest[], cluster: Cluster): Fate | Unknown {
  const ignored = (attribute: string): boolean => vm.ignoreChanges.includes("all") || vm.ignoreChanges.includes(attribute);
  if (!sameDevices(running, requests, cluster)) {
    if (requests.some(isOfOneHost) || running.static) {
      if (!ignored("pci_device_id")) return { reboot: ["pci_device_id"] };
    } else if (vm.carriers.extraConfig !== undefined) {
      if (!ignored("extra_config")) return { reboot: ["extra_config"] };
    } else if (!ignored("clone")) {
      return "replace";
    }
  }
  const declared: readonly (readonly [
    attribute: string,
    wanted: PlanVm["cpus"] | PlanVm["firmware"] | undefined,
    now: number | string | undefined,
  ])[] = [
    ["num_cpus", vm.cpus, running.cpus],
    ["memory", vm.memoryMb, running.memoryMb],
    ["firmware", vm.firmware, running.firmware],
    ["hardware_version", vm.hardwareVersion ?? vm.hardwareOfTemplate, running.hardwareVersion],
  ];
  const compared = declared.flatMap(([attribute, wanted, now]) =>
    wanted && now !== undefined && !ignored(attribute) ? [{ attribute, wanted, now }] : [],
  );
  const differing = compared.filter(({ wanted, now }) => wanted.known && wanted.value !== now);
  if (differing.length > 0) return { reboot: differing.map(({ attribute }) => attribute) };
  const open = compared.find(({ wanted }) => !wanted.known);
  return open && !open.wanted.known ? open.wanted : "unchanged";
}

/** Whether a running VM already has what it should ask for: by its declared requests, else one to one by what it holds. */
export function sameDevices(running: Existing, requests: readonly DeviceRequest[], cluster: Cluster): boolean {
  if (running.requests) return canonical(running.requests) === canonical(requests);
  // What is off holds nothing, which says nothing of what it asks for.
  if (running.isOff) return true;
  const held = heldDevices(running, cluster);
  if (held.length !== requests.length) return false;
  return matchingSize(requests, held, mayHold) === held.length;
}

/** Whether a device that a VM holds may be there for this request. */
export function mayHold(request: DeviceRequest, device: Device): boolean {
  const { reserved: _, virtualFunctions: _functions, ...view } = device;
  return matchRequest(request, {
    dynamic: (each) => matches(each, { ...view, passthrough: "active", healthy: true }) !== false,
    static: ({ address }) => address === device.address,
  });
}

export function heldDevices(running: RunningVm, cluster: Cluster): readonly Device[] {
  const host = cluster.hosts.find(({ name }) => name === running.host);
  return (host?.devices ?? []).filter(({ address }) => running.devices.includes(address));
}

/** F2: what a running VM without declared requests restarts by: vendor:device of what it holds, and its label if it has one. */
export function requestsFromHeld(running: RunningVm, cluster: Cluster): readonly DynamicRequest[] {
  return heldDevices(running, cluster).map(({ id: { vendor, device }, label }) => ({
    kind: "dynamic",
    allowed: [{ vendor, device }],
    ...(label === undefined ? {} : { label }),
  }));
}

/** A text that is equal for requests that ask for the same. */
export function requestKey(request: DeviceRequest): string {
  return matchRequest(request, { dynamic: dynamicRequestKey, static: ({ address }) => `static ${address}` });
}

function canonical(requests: readonly DeviceRequest[]): string {
  return requests.map(requestKey).sort().join("\n");
}
