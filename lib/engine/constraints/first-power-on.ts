import { Refusal, pickRequests } from "../../model";
import { DYNAMIC_HARDWARE_VERSION } from "./compatibility";
import { VmSpec } from "./vm-spec";

/** A reason that depends on the VM alone. VMs are told apart by what is answered here, so that what is read needs no list. */
type VmConstraint = (vm: VmSpec) => Refusal | undefined;

const CONSTRAINTS: readonly VmConstraint[] = [oldHardware, memoryNotReserved, memoryLimit];

/** What is refused whatever the host, at a first power-on (section 3). VMs without devices are never refused so. */
export function vmRefusals(vm: VmSpec): Refusal[] {
  return vm.requests.length === 0 ? [] : CONSTRAINTS.flatMap((constraint) => constraint(vm) ?? []);
}

function oldHardware({ requests, hardwareVersion: version }: Pick<VmSpec, "requests" | "hardwareVersion">): Refusal | undefined {
  if (version === undefined || version >= DYNAMIC_HARDWARE_VERSION || pickRequests(requests, { dynamic: true, static: false }).length === 0)
    return undefined;
  return { reason: "hardware-version", requested: version, capacity: DYNAMIC_HARDWARE_VERSION };
}

function memoryNotReserved({ memoryMb, reservationMb }: Pick<VmSpec, "memoryMb" | "reservationMb">): Refusal | undefined {
  return reservationMb === memoryMb ? undefined : { reason: "memory-not-reserved", requested: memoryMb, used: reservationMb };
}

function memoryLimit({ memoryLimited }: Pick<VmSpec, "memoryLimited">): Refusal | undefined {
  return memoryLimited ? { reason: "memory-limit" } : undefined;
}
