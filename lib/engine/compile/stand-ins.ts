import { Cluster, PlanVm, RunningVm, assumedOverheadMb, hostOf, isUsable, listing, poolOf, runningNameOf, existingVmOf } from "../../model";
import { defined } from "../constraints/vm-spec";
import { Batch } from "./batch";
import { isThere, mayHaveDevices } from "./missing";
import { bindingResources } from "./needs";
import { PlanIndex } from "./plan-index";

/** A VM that exists and that the inventory does not run, though it reserves something: load on some host (O10). */
export interface StandIn {
  readonly running: RunningVm;
  /** The hosts that it may be on: one where the plan says it. */
  readonly hosts: readonly string[];
}

/** What runs beside the VMs that the inventory declares. What may have devices is none of these. `possible`: those that are here of the VMs that may be. */
export function standIns(cluster: Cluster, index: PlanIndex, possible: readonly PlanVm[]): readonly StandIn[] {
  const found = new Map<string, StandIn>();
  for (const vm of [...index.vmsIn(cluster), ...possible]) {
    const name = runningNameOf(vm);
    if (!isThere(vm) || !name.known || isDeclared(vm, cluster) || index.runsElsewhere(vm, cluster)) continue;
    const hosts = hostsOf(vm, cluster);
    if (!reserves(vm) || hosts.length === 0 || mayHaveDevices(vm, cluster, index)) continue;
    const running = asRunning(vm, name.value, hosts[0]!, cluster);
    const key = JSON.stringify([running.name, running.folder, running.uuid, running.id]);
    if (!found.has(key)) found.set(key, { running, hosts });
  }
  return [...found.values()];
}

/** The inventory runs it, or says that it is off. */
function isDeclared(vm: PlanVm, { vms, poweredOff = [] }: Cluster): boolean {
  return existingVmOf(vm, vms) !== undefined || existingVmOf(vm, poweredOff) !== undefined;
}

const MOST_PLACEMENTS = 64;

/**
 * The stand-ins once for each way they may be placed, as M4 asks; one entry (undefined: as they are) where that can't matter, because
 * neither CPU nor memory can run out anywhere. Undefined where there are too many ways.
 */
export function standInPlacements(standing: readonly StandIn[], batch: Batch): readonly (readonly RunningVm[] | undefined)[] | undefined {
  if (standing.every(({ hosts }) => hosts.length === 1) || !canRunOut(batch)) return [undefined];
  let ways: (readonly RunningVm[])[] = [[]];
  for (const { running, hosts } of standing) {
    ways = ways.flatMap((way) => hosts.map((host) => [...way, { ...running, host }]));
    if (ways.length > MOST_PLACEMENTS) return undefined;
  }
  return ways;
}

function canRunOut({ cluster: { hosts }, occupants, jobs }: Batch): boolean {
  const vms = [
    ...occupants.map(({ vm, spec }) => ({ spec, devices: vm.devices.length })),
    ...jobs.flatMap(({ spec }) => (spec ? [{ spec, devices: spec.requests.length }] : [])),
  ];
  return Object.values(bindingResources(hosts, vms, ({ devices }) => devices.length)).includes(true);
}

export function whereTheyRun(standing: readonly StandIn[]): string {
  const names = standing.filter(({ hosts }) => hosts.length > 1).map(({ running }) => running.name);
  const [run, exist] = names.length === 1 ? ["runs", "exists"] : ["run", "exist"];
  return `it hangs on where ${listing(names)} ${run}, which ${exist} and which the inventory does not run`;
}

function reserves({ memoryReservationMb: memory, cpuReservationMhz: cpu }: PlanVm): boolean {
  return (memory.known && memory.value > 0) || (cpu.known && cpu.value > 0);
}

function hostsOf({ presentHost }: PlanVm, cluster: Cluster): readonly string[] {
  const host = presentHost?.known === true ? hostOf(presentHost.value, cluster) : undefined;
  if (host?.known === true && host.value === undefined) return [];
  // What was on a host that is down or in maintenance has moved, and no plan says where to.
  if (host?.known === true && host.value && isUsable(host.value)) return [host.value.name];
  return cluster.hosts.filter(isUsable).map(({ name }) => name);
}

function asRunning(vm: PlanVm, name: string, host: string, { resourcePools }: Cluster): RunningVm {
  const { memoryMb, memoryReservationMb, cpuReservationMhz, source, uuid, id, folder } = vm;
  const pool = poolOf(vm, resourcePools);
  return {
    name,
    host,
    ...(memoryMb.known && { memoryMb: memoryMb.value }),
    memoryReservationMb: memoryReservationMb.known ? memoryReservationMb.value : 0,
    cpuReservationMhz: cpuReservationMhz.known ? cpuReservationMhz.value : 0,
    overheadMb: assumedOverheadMb(memoryMb.known ? memoryMb.value : 0, false),
    ...defined({ resourcePool: pool.known ? pool.value?.pool?.name : undefined, uuid, id, folder }),
    static: false,
    devices: [],
    requests: [],
    source,
  };
}
