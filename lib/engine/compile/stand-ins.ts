import {
  Cluster,
  Host,
  PlanVm,
  RunningVm,
  assumedOverheadMb,
  existingVmOf,
  hostOf,
  isUsable,
  listing,
  poolOf,
  runningNameOf,
} from "../../model";
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

/**
 * What runs beside the VMs that the inventory declares, with the cluster as it is. What may have devices is none of these. `possible`:
 * those that are here of the VMs that may be.
 */
export function standIns(declared: Cluster, cluster: Cluster, index: PlanIndex, possible: readonly PlanVm[]): readonly StandIn[] {
  const found = new Map<string, StandIn>(evacuees(declared, cluster).map((each) => [keyOf(each.running), each]));
  for (const vm of [...index.vmsIn(declared), ...possible]) {
    const name = runningNameOf(vm);
    if (!isThere(vm) || !name.known || isDeclared(vm, declared) || index.runsElsewhere(vm, declared)) continue;
    const hosts = hostsOf(vm, cluster);
    if (!reserves(vm) || hosts.length === 0 || mayHaveDevices(vm, declared, index)) continue;
    const running = asRunning(vm, name.value, hosts[0]!, cluster);
    const key = keyOf(running);
    if (!found.has(key)) found.set(key, { running, hosts });
  }
  return [...found.values()];
}

function keyOf({ name, folder, uuid, id }: RunningVm): string {
  return JSON.stringify([name, folder, uuid, id]);
}

/** The inventory runs it, or says that it is off. */
function isDeclared(vm: PlanVm, { vms, poweredOff = [] }: Cluster): boolean {
  return existingVmOf(vm, vms) !== undefined || existingVmOf(vm, poweredOff) !== undefined;
}

/** VMs without devices that leave a host with it: they are moved, and it is not known where to. */
function evacuees(declared: Cluster, cluster: Cluster): StandIn[] {
  const hosts = cluster.hosts.filter(isUsable).map(({ name }) => name);
  if (cluster.hosts === declared.hosts || hosts.length === 0) return [];
  const left = new Set(takenHosts(declared, cluster).map(({ name }) => name));
  return cluster.vms.flatMap((vm) =>
    left.has(vm.host) && vm.devices.length === 0 && !vm.static ? [{ running: { ...vm, host: hosts[0]! }, hosts }] : [],
  );
}

/** The hosts that were usable and are not any more. */
export function takenHosts(declared: Cluster, cluster: Cluster): readonly Host[] {
  const before = new Map(declared.hosts.map((host) => [host.name, host]));
  return cluster.hosts.filter((host) => !isUsable(host) && isUsable(before.get(host.name) ?? host));
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
  return `it hangs on where ${listing(names)} ${names.length === 1 ? "runs" : "run"}, which nothing tells`;
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
