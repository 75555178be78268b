import { DeviceRequest, pickRequests, PLAN_ACTIONS } from "../../model";
import { PlacedVm } from "./facts";

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
