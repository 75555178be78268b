import { isUsable } from "../../lib/model";
import { Body, Problem } from "./problem";
import { State } from "./state";

/** O4, section 7: whether vCenter's admission control lets one more VM power on. It knows nothing of devices. */
export function admits({ cluster, hosts, bodies }: Problem, { at }: State, vm: Body): boolean {
  const { ha } = cluster;
  if (!ha || ha.admissionControl === "disabled" || ha.admissionControl === "failoverHosts") return true;
  const usable = hosts.filter(isUsable);
  const on = [
    ...bodies.filter((_, index) => {
      const place = at[index];
      return place && isUsable(hosts[place.host]!);
    }),
    vm,
  ];
  const cpus = on.map(({ cpuMhz }) => Math.max(cpuMhz, 32));
  const memories = on.map(({ memoryMb }) => memoryMb);

  if (ha.admissionControl === "resourcePercentage") {
    const automatic = Math.floor((100 * ha.hostFailuresToTolerate) / usable.length);
    const left = (capacity: readonly number[], used: readonly number[]): number =>
      Math.floor((100 * (sum(capacity) - sum(used))) / sum(capacity));
    return (
      usable.length >= 2 &&
      left(
        usable.map(({ cpuMhz }) => cpuMhz),
        cpus,
      ) >= (ha.cpuPercent ?? automatic) &&
      left(
        usable.map(({ memoryMb }) => memoryMb),
        memories,
      ) >= (ha.memoryPercent ?? automatic)
    );
  }

  const slotCpu = ha.slotCpuMhz ?? Math.max(...cpus);
  const slotMemory = ha.slotMemoryMb ?? Math.max(...memories);
  const inSlots = (amount: number, slot: number, none: number): number => (slot === 0 ? none : amount / slot);
  const slots = usable
    .map((host) => Math.floor(Math.min(host.cpuMhz / slotCpu, inSlots(host.memoryMb, slotMemory, Infinity))))
    .sort((a, b) => b - a);
  const needed = on.map((_, index) => Math.max(1, Math.ceil(cpus[index]! / slotCpu), Math.ceil(inSlots(memories[index]!, slotMemory, 0))));
  return sum(slots.slice(ha.hostFailuresToTolerate)) >= sum(needed);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
