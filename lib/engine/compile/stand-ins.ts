import { Cluster, PlanVm, RunningVm, assumedOverheadMb, hostOf, isUsable, listing, runningNameOf } from "../../model";
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

/** What runs beside the VMs that the inventory declares. What may have devices is none of these. */
export function standIns(cluster: Cluster, index: PlanIndex): readonly StandIn[] {
  const names = new Set(cluster.vms.map(({ name }) => name));
  const found: StandIn[] = [];
  for (const vm of index.vmsIn(cluster)) {
    const name = runningNameOf(vm);
    if (!isThere(vm) || !name.known || names.has(name.value) || index.placeOf(vm).kind !== "declared") continue;
    const hosts = hostsOf(vm, cluster);
    if (!reserves(vm) || hosts.length === 0 || mayHaveDevices(vm, cluster, index)) continue;
    names.add(name.value);
    found.push({ running: asRunning(vm, name.value, hosts[0]!), hosts });
  }
  return found;
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

function asRunning(vm: PlanVm, name: string, host: string): RunningVm {
  const { memoryMb, memoryReservationMb, cpuReservationMhz, resourcePool, source } = vm;
  return {
    name,
    host,
    ...(memoryMb.known && { memoryMb: memoryMb.value }),
    memoryReservationMb: memoryReservationMb.known ? memoryReservationMb.value : 0,
    cpuReservationMhz: cpuReservationMhz.known ? cpuReservationMhz.value : 0,
    overheadMb: assumedOverheadMb(memoryMb.known ? memoryMb.value : 0, false),
    ...(resourcePool?.known && { resourcePool: resourcePool.value }),
    static: false,
    devices: [],
    requests: [],
    source,
  };
}
