import { Cluster, PlanVm, ResourcePool, RunningVm } from "../../model";
import { VmSpec, memoryNeedMb } from "../constraints/vm-spec";

/**
 * Why vCenter refuses, or may refuse, what a plan changes of a VM that stays on: its host has no room for what it reserves then, or it
 * comes into another pool where pools have bounds. `spec`: as it is afterwards. Undefined where nothing speaks against it.
 */
export function whyLiveRefused(
  { changes = [] }: PlanVm,
  running: RunningVm,
  spec: VmSpec,
  { hosts, resourcePools }: Cluster,
  occupants: readonly RunningVm[],
): string | undefined {
  if (changes.includes("resource_pool_id") && resourcePools.some(hasBounds)) {
    return "the plan moves it to another resource pool while it runs, and what their bounds allow then is not judged";
  }
  const isRaised = spec.reservationMb > running.memoryReservationMb || spec.cpuReservationMhz > running.cpuReservationMhz;
  const host = hosts.find(({ name }) => name === running.host);
  if (!isRaised || host === undefined) return undefined;
  const others = occupants.filter((vm) => vm !== running && vm.host === host.name);
  const memoryMb = others.reduce((sum, vm) => sum + vm.memoryReservationMb + vm.overheadMb, memoryNeedMb(spec));
  const cpuMhz = others.reduce((sum, vm) => sum + vm.cpuReservationMhz, spec.cpuReservationMhz);
  if (memoryMb <= host.memoryMb && cpuMhz <= host.cpuMhz) return undefined;
  return `the plan raises what it reserves while it runs to more than ${host.name} has left, which vCenter refuses`;
}

function hasBounds({ cpuLimitMhz, cpuReservationMhz, memoryLimitMb, memoryReservationMb }: ResourcePool): boolean {
  return [cpuLimitMhz, cpuReservationMhz, memoryLimitMb, memoryReservationMb].some((bound) => bound !== undefined);
}
