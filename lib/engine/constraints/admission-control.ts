import { AdmissionCondition, AdmissionControl, Cluster, HaSettings, Host, isUsable, Refusal } from "../../model";
import { VmSpec, memoryNeedMb } from "./vm-spec";

/** A powered-on VM on a usable host, as HA admission control counts it: devices never matter. Memory includes overhead. */
export interface CountedVm {
  readonly cpuReservationMhz: number;
  readonly memoryMb: number;
  readonly count: number;
}

/** CPU that a VM without a reservation counts with, in MHz (vSphere availability guide; das.vmcpuminmhz). */
const MINIMUM_CPU_MHZ = 32;

/** Percentages are refused on fewer usable hosts. */
const FEWEST_HOSTS = 2;

/** Answers whether the policy admits a set of powered-on VMs (section 7). */
export type AdmissionCheck = (vms: readonly CountedVm[]) => AdmissionControl;

/** The cluster's admission control; undefined where HA is off. */
export function admissionControl(cluster: Cluster): AdmissionCheck | undefined {
  const { ha } = cluster;
  if (!ha) return undefined;
  const usable = cluster.hosts.filter(isUsable);
  switch (ha.admissionControl) {
    case "disabled":
    case "failoverHosts":
      return () => ({ policy: ha.admissionControl, admits: true });
    case "resourcePercentage":
      return (vms) => byPercentage(ha, usable, vms);
    case "slotPolicy":
      return (vms) => bySlots(ha, usable, vms);
  }
}

/** A1. The percentages are truncated, as vCenter shows them; the rounding is assumed. */
function byPercentage(ha: HaSettings, usable: readonly Host[], vms: readonly CountedVm[]): AdmissionControl {
  const cpuPercent = percentLeft(sum(usable.map(({ cpuMhz }) => cpuMhz)), sum(vms.map((vm) => vm.count * countedCpu(vm))));
  const memoryPercent = percentLeft(sum(usable.map(({ memoryMb }) => memoryMb)), sum(vms.map((vm) => vm.count * vm.memoryMb)));
  const automatic = usable.length === 0 ? 100 : Math.floor((100 * ha.hostFailuresToTolerate) / usable.length);
  const required = ha.cpuPercent ?? automatic;
  const requiredMemory = ha.memoryPercent ?? automatic;
  return {
    policy: "resourcePercentage",
    ...answer({ hosts: usable.length >= FEWEST_HOSTS, cpu: cpuPercent >= required, memory: memoryPercent >= requiredMemory }),
    cpuPercent,
    memoryPercent,
    required,
    ...(requiredMemory === required ? {} : { requiredMemory }),
  };
}

/** It admits what meets all of its conditions. */
function answer(meets: Readonly<Partial<Record<AdmissionCondition, boolean>>>): Pick<AdmissionControl, "admits" | "refusedBy"> {
  const refusedBy = (["hosts", "cpu", "memory", "slots"] as const).filter((condition) => meets[condition] === false);
  return refusedBy.length === 0 ? { admits: true } : { admits: false, refusedBy };
}

/** What refuses, as refusals of a VM: percent, slots or usable hosts that are required, and that there are. */
export function admissionRefusals({ refusedBy = [], ...control }: AdmissionControl, usableHosts: number): Refusal[] {
  const { required, requiredMemory = required, cpuPercent, memoryPercent, slots } = control;
  const numbers: Record<AdmissionCondition, readonly [required: number | undefined, left: number | undefined]> = {
    hosts: [FEWEST_HOSTS, usableHosts],
    cpu: [required, cpuPercent],
    memory: [requiredMemory, memoryPercent],
    slots: [slots?.needed, slots?.afterFailures],
  };
  return refusedBy.map((resource): Refusal => {
    const [requested, capacity] = numbers[resource];
    return {
      reason: "admission-control",
      resource,
      ...(requested === undefined ? {} : { requested }),
      ...(capacity === undefined ? {} : { capacity }),
    };
  });
}

function percentLeft(total: number, used: number): number {
  return total <= 0 ? 0 : Math.floor((100 * (total - used)) / total);
}

/** A2. */
function bySlots(ha: HaSettings, usable: readonly Host[], vms: readonly CountedVm[]): AdmissionControl {
  const cpuMhz = ha.slotCpuMhz ?? Math.max(MINIMUM_CPU_MHZ, ...vms.map(({ cpuReservationMhz }) => cpuReservationMhz));
  const memoryMb = ha.slotMemoryMb ?? Math.max(0, ...vms.map((vm) => vm.memoryMb));
  const slotsOf = (host: Host): number =>
    Math.min(Math.floor(host.cpuMhz / cpuMhz), memoryMb === 0 ? Infinity : Math.floor(host.memoryMb / memoryMb));
  const slots = usable.map(slotsOf).sort((a, b) => b - a);
  const explicit = ha.slotCpuMhz !== undefined || ha.slotMemoryMb !== undefined;
  const size = (vm: CountedVm): number =>
    explicit ? Math.max(1, Math.ceil(vm.cpuReservationMhz / cpuMhz), memoryMb === 0 ? 0 : Math.ceil(vm.memoryMb / memoryMb)) : 1;
  const needed = sum(vms.map((vm) => vm.count * size(vm)));
  const afterFailures = sum(slots.slice(ha.hostFailuresToTolerate));
  return {
    policy: "slotPolicy",
    ...answer({ slots: needed <= afterFailures }),
    slots: { cpuMhz, memoryMb, total: sum(slots), afterFailures, needed },
  };
}

function countedCpu({ cpuReservationMhz }: CountedVm): number {
  return Math.max(cpuReservationMhz, MINIMUM_CPU_MHZ);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function counted(spec: VmSpec): CountedVm {
  return { cpuReservationMhz: spec.cpuReservationMhz, memoryMb: memoryNeedMb(spec), count: 1 };
}
