import { Cluster, DeviceRequest, Maybe, PLAN_ACTIONS, PlanVm, ResolvedRequests, RunningVm, isOfOneHost, known } from "../../model";
import { VmSpec, runningSpec } from "../constraints/vm-spec";
import { Existing, requestsFromHeld, sameDevices } from "./identity";

/**
 * What a VM of the plan asks for at its next power-on: what is written, or what it has already. `existing` is the VM as it is now.
 *
 * Where nothing says anything of a VM's devices, because it was imported, its template is gone or declared nowhere, or they were added
 * by hand, no change of it takes one away: the provider does not see dynamic devices. It sees a fixed one, and that `pci_device_id` no
 * longer names it. And what the stack says now does not reach a VM whose changes of it are ignored (F2): a copy of the old template asks
 * as that one did.
 * Neither does what a template carries now reach a copy that a plan updates: a change of that would replace it, and the inventory
 * knows what it asks.
 */
export function asksFor(
  vm: PlanVm,
  { requests, carrier }: ResolvedRequests,
  existing: Existing | undefined,
  cluster: Cluster,
): ResolvedRequests["requests"] {
  if (existing === undefined || !requests.known || PLAN_ACTIONS[vm.action].makes) return requests;
  const isPlanned = vm.action !== "from-stack";
  const isUnsaid = carrier === "none" && (!existing.static || ignores(vm, "static"));
  const isKept = ignores(vm, carrier) && !sameDevices(existing, requests.value, cluster);
  if (isUnsaid || isKept) return known(existing.requests ?? requestsFromHeld(existing, cluster));
  const isCopied = (carrier === "template" || carrier === "inventory-template") && !requests.value.some(isOfOneHost);
  return isPlanned && isCopied && existing.requests !== undefined ? known(existing.requests) : requests;
}

/** Whether a change of what carries the requests is ignored. */
function ignores({ ignoreChanges }: PlanVm, carrier: ResolvedRequests["carrier"]): boolean {
  const attribute = carrier === "static" ? "pci_device_id" : carrier === "extra-config" ? "extra_config" : "clone";
  return ignoreChanges.includes("all") || ignoreChanges.includes(attribute);
}

/** What a running VM restarts by: the inventory's requests, else its stack's, else what it holds (F2, O7). */
export function restartSpec(
  running: RunningVm,
  id: string,
  planned: { readonly vm: PlanVm; readonly requests?: readonly DeviceRequest[] } | undefined,
  cluster: Cluster,
): VmSpec {
  const requests = running.requests ?? planned?.requests ?? requestsFromHeld(running, cluster);
  const spec = runningSpec(running, id, requests, cluster);
  const priority = planned?.vm.restartPriority;
  return {
    ...spec,
    ...(priority?.known ? { restartPriority: priority.value } : {}),
    ...(planned?.vm.carriers.sriov === undefined ? {} : { static: true }),
  };
}

/** With what an update raises while the VM runs, which counts at once and at its restart; what it lowers may still be there. */
export function withLiveChanges(spec: VmSpec, { reconfigures, memoryMb, memoryReservationMb, cpuReservationMhz }: PlanVm): Maybe<VmSpec> {
  if (reconfigures !== true) return known(spec);
  if (!memoryMb.known) return memoryMb;
  if (!memoryReservationMb.known) return memoryReservationMb;
  if (!cpuReservationMhz.known) return cpuReservationMhz;
  return known({
    ...spec,
    memoryMb: Math.max(spec.memoryMb, memoryMb.value),
    reservationMb: Math.max(spec.reservationMb, memoryReservationMb.value),
    cpuReservationMhz: Math.max(spec.cpuReservationMhz, cpuReservationMhz.value),
  });
}
