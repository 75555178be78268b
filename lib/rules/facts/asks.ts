import { Device, DeviceRequest, matchesIdAndLabel, PciAddress, pickRequests, PLAN_ACTIONS } from "../../model";
import { Asker, PlacedVm } from "./facts";

/** The VM's device requests, as far as they are known. */
export function knownRequests({ resolved }: PlacedVm): readonly DeviceRequest[] {
  return resolved.requests.known ? resolved.requests.value : [];
}

export function asksForDevices(placed: PlacedVm): boolean {
  return knownRequests(placed).length > 0;
}

export function asksForDynamicDevices(placed: PlacedVm): boolean {
  return pickRequests(knownRequests(placed), { dynamic: true, static: false }).length > 0;
}

/** The plan powers it on for the first time, as far as that can be seen. */
export function startsFirst({ vm, running }: PlacedVm): boolean {
  return running === undefined && PLAN_ACTIONS[vm.action].isEvent;
}

/** It runs with devices now, or the plan leaves it alone: what a first power-on with devices refuses does not concern it. */
export function hasStarted({ vm, running }: PlacedVm): boolean {
  return !PLAN_ACTIONS[vm.action].isEvent || (running !== undefined && running.devices.length > 0);
}

/** The SR-IOV functions that the VM's interfaces use, as far as they are known. */
export function sriovFunctions({ vm }: PlacedVm): readonly PciAddress[] {
  const { sriov } = vm.carriers;
  return sriov?.known ? sriov.value : [];
}

/** It has passthrough devices, or SR-IOV interfaces, also where it is not known which. */
export function isBoundToMemory(placed: PlacedVm): boolean {
  return asksForDevices(placed) || placed.vm.carriers.sriov !== undefined;
}

/** The apply makes it: for the first time, or anew. A stack's VM is made where it does not run yet. */
export function isMade({ vm, running }: PlacedVm): boolean {
  const { makes, exists } = PLAN_ACTIONS[vm.action];
  return makes || (!exists && running === undefined);
}

/** Those that ask for one of these devices, whatever state it is in, as the judgement names them. */
export function askersOf(askers: readonly Asker[], devices: readonly Device[]): readonly string[] {
  const asks = ({ requests }: Asker): boolean => requests.some((request) => devices.some((device) => matchesIdAndLabel(request, device)));
  return askers.filter(asks).flatMap(({ vms }) => vms);
}
