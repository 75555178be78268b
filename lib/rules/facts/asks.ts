import { Device, DeviceRequest, matchesIdAndLabel, Maybe, PciAddress, pickRequests, PLAN_ACTIONS } from "../../model";
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

/**
 * It runs with devices now, or the plan leaves it alone: what a power-on with devices refuses does not concern it, as long as none of
 * the arguments that decide it gets another value. With that the VM has never started yet.
 */
export function hasStarted(placed: PlacedVm, deciding: readonly string[] = []): boolean {
  const { vm, running } = placed;
  const { isEvent, makes } = PLAN_ACTIONS[vm.action];
  if (makes || deciding.some((name) => isSetAnew(name, placed))) return false;
  return !isEvent || (running !== undefined && running.devices.length > 0);
}

/** A plan says it; a stack's value is compared with that of the VM that runs, where the inventory declares it. */
function isSetAnew(name: string, { vm, running }: PlacedVm): boolean {
  if (vm.changes?.includes(name)) return true;
  if (vm.action !== "from-stack" || vm.ignoreChanges.includes("all") || vm.ignoreChanges.includes(name)) return false;
  const differs = (wanted: Maybe<unknown>, now: unknown): boolean => now !== undefined && wanted.known && wanted.value !== now;
  if (name === "memory") return differs(vm.memoryMb, running?.memoryMb);
  return name === "firmware" && differs(vm.firmware, running?.firmware);
}

/** The SR-IOV functions that the VM's interfaces use, each once, as far as they are known. */
export function sriovFunctions(placed: PlacedVm): readonly PciAddress[] {
  return [...new Set(sriovUses(placed))];
}

/** The same, once for each interface. */
export function sriovUses({ vm }: PlacedVm): readonly PciAddress[] {
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
