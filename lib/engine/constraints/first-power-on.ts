import { Refusal, pickRequests } from "../../model";
import { DYNAMIC_HARDWARE_VERSION } from "./compatibility";
import { VmSpec } from "./vm-spec";

/** A reason that depends on the VM alone. VMs are told apart by what is answered here, so that what is read needs no list. */
type VmConstraint = (vm: VmSpec) => Refusal | undefined;

const CONSTRAINTS: readonly VmConstraint[] = [
  oldHardware,
  memoryNotReserved,
  memoryLimit,
  cpuLimitBelowReservation,
  memoryLimitBelowReservation,
  latencyWithoutCpu,
  latencyWithoutMemory,
];

/** What is refused whatever the host, at a first power-on (section 3). */
export function vmRefusals(vm: VmSpec): Refusal[] {
  return CONSTRAINTS.flatMap((constraint) => constraint(vm) ?? []);
}

function oldHardware({ requests, hardwareVersion: version }: Pick<VmSpec, "requests" | "hardwareVersion">): Refusal | undefined {
  if (version === undefined || version >= DYNAMIC_HARDWARE_VERSION || pickRequests(requests, { dynamic: true, static: false }).length === 0)
    return undefined;
  return { reason: "hardware-version", requested: version, capacity: DYNAMIC_HARDWARE_VERSION };
}

function memoryNotReserved({
  requests,
  sriov,
  memoryMb,
  reservationMb,
}: Pick<VmSpec, "requests" | "sriov" | "memoryMb" | "reservationMb">): Refusal | undefined {
  if ((requests.length === 0 && sriov !== true) || reservationMb === memoryMb) return undefined;
  return { reason: "memory-not-reserved", requested: memoryMb, used: reservationMb };
}

function memoryLimit({ requests, memoryLimitMb }: Pick<VmSpec, "requests" | "memoryLimitMb">): Refusal | undefined {
  return requests.length === 0 || memoryLimitMb === undefined ? undefined : { reason: "memory-limit" };
}

function cpuLimitBelowReservation({
  cpuReservationMhz: requested,
  cpuLimitMhz: capacity,
}: Pick<VmSpec, "cpuReservationMhz" | "cpuLimitMhz">): Refusal | undefined {
  if (capacity === undefined || capacity >= requested) return undefined;
  return { reason: "limit-below-reservation", resource: "cpu", requested, capacity };
}

function memoryLimitBelowReservation({
  reservationMb: requested,
  memoryLimitMb: capacity,
}: Pick<VmSpec, "reservationMb" | "memoryLimitMb">): Refusal | undefined {
  if (capacity === undefined || capacity >= requested) return undefined;
  return { reason: "limit-below-reservation", resource: "memory", requested, capacity };
}

/** How much CPU is enough hangs on the host's cores: a rule says what can be said of it. */
function latencyWithoutCpu({
  latencySensitive,
  cpuReservationMhz,
}: Pick<VmSpec, "latencySensitive" | "cpuReservationMhz">): Refusal | undefined {
  return latencySensitive === true && cpuReservationMhz === 0 ? { reason: "latency-sensitivity", resource: "cpu", used: 0 } : undefined;
}

function latencyWithoutMemory({
  latencySensitive,
  memoryMb,
  reservationMb,
}: Pick<VmSpec, "latencySensitive" | "memoryMb" | "reservationMb">): Refusal | undefined {
  if (latencySensitive !== true || reservationMb === memoryMb) return undefined;
  return { reason: "latency-sensitivity", resource: "memory", requested: memoryMb, used: reservationMb };
}
