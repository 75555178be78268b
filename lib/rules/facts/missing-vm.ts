import { Cluster, hostOf, Maybe, PLAN_ACTIONS, PlanVm, quoted } from "../../model";
import { Facts, PlacedVm } from "./facts";

/** What is for the reader to fill in. */
const OPEN = '"…"';

/**
 * The block to declare, of a VM that the plan says exists, that the inventory does not run, and that has or may have devices; undefined for
 * any other. It has what the plan knows of the VM as it is before.
 */
export function missingVmFix({ vmAt }: Facts, address: string): string | undefined {
  const placed = vmAt(address);
  if (placed?.cluster === undefined || !isMissing(placed)) return undefined;
  const { vm, cluster } = placed;
  const fields = [
    ["host", hostText(vm, cluster)],
    ...before(vm, "num_cpus", "cpus", vm.cpus),
    ...before(vm, "memory", "memory_mb", vm.memoryMb),
    ...before(vm, "memory_reservation", "memory_reservation_mb", vm.memoryReservationMb),
    ...before(vm, "cpu_reservation", "cpu_reservation_mhz", vm.cpuReservationMhz).filter(([, value]) => value !== "0"),
    ["devices", `[${OPEN}]`],
  ] as const;
  const longest = Math.max(...fields.map(([name]) => name.length));
  const lines = fields.map(([name, value]) => `  ${name.padEnd(longest)} = ${value}`);
  const name = vm.runningName ?? vm.name;
  const head = `declare it in the inventory's cluster ${quoted(cluster.name)}, with the addresses of what it holds:`;
  return [head, `vm ${name.known ? quoted(name.value) : OPEN} {`, ...lines, "}"].join("\n");
}

function isMissing({ vm, running, resolved }: PlacedVm): boolean {
  const mayHaveDevices = !resolved.requests.known || resolved.requests.value.length > 0;
  return PLAN_ACTIONS[vm.action].exists && vm.isOff !== true && running === undefined && mayHaveDevices;
}

function hostText({ presentHost }: PlanVm, cluster: Cluster): string {
  const host = presentHost?.known === true ? hostOf(presentHost.value, cluster) : undefined;
  return host?.known === true && host.value !== undefined ? quoted(host.value.name) : OPEN;
}

/** The plan's value is that of before where it does not change it. */
function before(vm: PlanVm, argument: string, field: string, value: Maybe<number>): readonly (readonly [string, string])[] {
  return value.known && vm.changes?.includes(argument) !== true ? [[field, String(value.value)]] : [];
}
