import { hostOf, inGb } from "../model";
import { hasStarted } from "./facts/asks";
import { PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";

/** The arguments that decide it. */
const DECIDING = ["latency_sensitivity", "memory", "memory_reservation", "cpu_reservation", "num_cpus"];

export const latencyNotReserved: Rule = {
  id: "latency-not-reserved",
  severity: "error",
  refuses: ["latency-sensitivity"],
  title: "a VM with latency_sensitivity high does not reserve its CPU and memory",
  explanation:
    "A VM with high latency sensitivity has its cores and its memory for itself: vCenter refuses its power-on unless all of its memory and " +
    "the full clock of all its CPUs are reserved. The vSphere provider does not check it. A warning where what reservation is enough " +
    "hangs on the clock of the hosts' cores, which the inventory does not declare.",
  fix: "set cpu_reservation to num_cpus times the clock of a core in MHz, and memory_reservation equal to memory",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (!vm.latencySensitivity?.known || vm.latencySensitivity.value !== "high" || hasStarted(placed, DECIDING)) return [];
      const subject = `${nameOf(vm.address)} has latency_sensitivity high and`;
      return [...memory(placed), ...cpu(placed)].map((hit) => ({ ...place, ...hit, message: `${subject} ${hit.message}` }));
    }),
};

function memory({ vm: { memoryMb, memoryReservationMb } }: PlacedVm): readonly Hit[] {
  if (!memoryMb.known || !memoryReservationMb.known || memoryReservationMb.value === memoryMb.value) return [];
  const reserves = memoryReservationMb.value === 0 ? "nothing" : inGb(memoryReservationMb.value);
  return [{ message: `reserves ${reserves} of its ${inGb(memoryMb.value)} memory: its power-on is refused` }];
}

function cpu(placed: PlacedVm): readonly Hit[] {
  const { cpus, cpuReservationMhz } = placed.vm;
  if (!cpuReservationMhz.known) return [];
  if (cpuReservationMhz.value === 0) return [{ message: "reserves no CPU: its power-on is refused" }];
  if (!cpus.known) return [];
  const clocks = coreClocks(placed);
  const reserves = `reserves ${cpuReservationMhz.value} MHz for ${cpus.value} CPUs`;
  const short = clocks.filter((mhz) => mhz !== undefined && cpuReservationMhz.value < cpus.value * mhz);
  if (short.length > 0) {
    const needed = cpus.value * Math.min(...short.filter((mhz) => mhz !== undefined));
    const everywhere = short.length === clocks.length;
    const message = `${reserves}, of ${needed} MHz that ${everywhere ? "it needs" : "some hosts ask for"}`;
    return [{ message, ...(everywhere ? {} : { severity: "warning" as const }) }];
  }
  if (!clocks.includes(undefined)) return [];
  const message = `${reserves}: whether that is their full clock is not known, for the inventory declares no cpu_core_mhz`;
  return [{ severity: "warning", message }];
}

/** The core clocks of the hosts that it may start on, each once; undefined among them where one is not declared. */
function coreClocks({ vm, cluster }: PlacedVm): readonly (number | undefined)[] {
  if (cluster === undefined) return [];
  const named = vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  const hosts = named?.known && named.value !== undefined && !cluster.drs.enabled ? [named.value] : cluster.hosts;
  return [...new Set(hosts.map(({ cpuCoreMhz }) => cpuCoreMhz))];
}
