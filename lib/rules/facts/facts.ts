import {
  Cluster,
  ClusterJudgement,
  clusterOf,
  ClusterPlace,
  DynamicRequest,
  Finding,
  Inventory,
  Judgement,
  pickRequests,
  Plan,
  PLAN_ACTIONS,
  PlanVm,
  ResolvedRequests,
  resolveRequests,
  runningId,
  existingVmOf,
  RunningVm,
  shortHostNames,
  Source,
} from "../../model";
import { vmNames } from "../../wording";
import { PlacedChange, placeChanges } from "./placed-changes";

/** What the rules look at: the inputs, and what several rules need of them, worked out once. */
export interface Facts {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly judgement: Judgement;
  /** The stacks' VMs, less those that the plan deletes. */
  readonly vms: readonly PlacedVm[];
  /** The one of them that has an address. */
  readonly vmAt: (address: string) => PlacedVm | undefined;
  /** The device changes, less those that the plan deletes. */
  readonly changes: readonly PlacedChange[];
  /** One entry for each cluster of the inventory. */
  readonly clusters: readonly ClusterFacts[];
  /** A VM of the judgement in prose: short where that is unmistakable. */
  readonly nameOf: (vm: string) => string;
  /** A host in prose: without its domain where that is unmistakable. */
  readonly hostName: (host: string) => string;
  /** Where findings about a VM of the judgement point; the cluster's place for one that is neither planned nor running. */
  readonly placeOf: (judged: ClusterJudgement, vm?: string) => Place;
}

export type Place = Pick<Finding, "cluster" | "resource" | "constructPath" | "source">;

/** A stack's VM with what the inventory says of it. */
export interface PlacedVm {
  readonly vm: PlanVm;
  readonly clusterPlace: ClusterPlace;
  /** Its cluster, where the inventory declares it. */
  readonly cluster?: Cluster;
  /** The running VM that it is: the same name in the same cluster (semantics O7). */
  readonly running?: RunningVm;
  readonly resolved: ResolvedRequests;
  readonly place: Place;
}

export interface ClusterFacts {
  readonly cluster: Cluster;
  /** The stacks' VMs in it. */
  readonly vms: readonly PlacedVm[];
  /** Who asks for dynamic devices in it, as far as that is known: the stacks' VMs and the planned ones. */
  readonly askers: readonly Asker[];
}

export interface Asker {
  readonly name: string;
  readonly requests: readonly DynamicRequest[];
  readonly place: Place;
  /** As the judgement names them. */
  readonly vms: readonly string[];
  /** How many there are. */
  readonly count: number;
  /** It holds its devices already. */
  readonly isRunning: boolean;
}

export function factsOf(plan: Plan, inventory: Inventory, judgement: Judgement): Facts {
  const nameOf = namer(plan.vms);
  const vms = plan.vms.filter(({ action }) => PLAN_ACTIONS[action].stays).map((vm) => placeVm(vm, plan, inventory));
  const byCluster = new Map<string, PlacedVm[]>(inventory.clusters.map(({ name }) => [name, []]));
  for (const vm of vms) if (vm.cluster) byCluster.get(vm.cluster.name)?.push(vm);
  const clusters = inventory.clusters.map((cluster) => clusterFacts(cluster, byCluster.get(cluster.name) ?? [], nameOf));
  const hostNames = shortHostNames(inventory.clusters.flatMap(({ hosts }) => hosts.map(({ name }) => name)));
  const hostName = (host: string): string => hostNames.get(host) ?? host;
  const changes = placeChanges(plan, inventory);
  const byAddress = new Map(vms.map((placed) => [placed.vm.address, placed]));
  const vmAt = (address: string): PlacedVm | undefined => byAddress.get(address);
  return { plan, inventory, judgement, vms, vmAt, changes, clusters, nameOf, hostName, placeOf: placer(plan.vms, inventory) };
}

function placeVm(vm: PlanVm, plan: Plan, inventory: Inventory): PlacedVm {
  const clusterPlace = clusterOf(vm, plan, inventory);
  const cluster = clusterPlace.kind === "declared" ? clusterPlace.cluster : undefined;
  const found = cluster && existingVmOf(vm, cluster.vms);
  const running = found === "several" ? undefined : found;
  const clusterName = clusterPlace.kind === "undeclared" ? clusterPlace.name : cluster?.name;
  return {
    vm,
    clusterPlace,
    ...(cluster && { cluster }),
    ...(running && { running }),
    resolved: resolveRequests(vm, cluster, inventory),
    place: { ...(clusterName === undefined ? {} : { cluster: clusterName }), ...resourcePlace(vm) },
  };
}

function clusterFacts(cluster: Cluster, vms: readonly PlacedVm[], nameOf: Facts["nameOf"]): ClusterFacts {
  const inStacks = vms.map(({ vm, resolved, place, running }) => ({
    name: nameOf(vm.address),
    requests: resolved.requests.known ? pickRequests(resolved.requests.value, { dynamic: true, static: false }) : [],
    place,
    vms: [vm.address],
    count: 1,
    isRunning: running !== undefined,
  }));
  const planned = cluster.planned.map(({ name, count, requests, source }) => ({
    name: `planned.${name}`,
    requests,
    place: { cluster: cluster.name, resource: `planned.${name}`, source },
    vms: plannedIds(name, count),
    count,
    isRunning: false,
  }));
  return { cluster, vms, askers: [...inStacks, ...planned].filter(({ requests }) => requests.length > 0) };
}

/** Where findings about a resource of the plan point. */
export function resourcePlace({ address, constructPath, source }: { address: string; constructPath?: string; source: Source }): Place {
  return { resource: address, ...(constructPath === undefined ? {} : { constructPath }), source };
}

function namer(vms: readonly PlanVm[]): Facts["nameOf"] {
  const names = vmNames(vms.map(({ address, label }) => ({ address, name: label })));
  return (vm) => names.get(vm) ?? vm;
}

function placer(vms: readonly PlanVm[], inventory: Inventory): Facts["placeOf"] {
  const planned = new Map(vms.map((vm) => [vm.address, vm]));
  const clusters = new Map(inventory.clusters.map((cluster) => [cluster.name, { cluster, vms: sourcesIn(cluster) }]));
  return ({ name }, vm) => {
    const inCluster = clusters.get(name);
    const inPlan = vm === undefined ? undefined : planned.get(vm);
    if (inPlan) return { cluster: name, ...resourcePlace(inPlan) };
    const source = (vm === undefined ? undefined : inCluster?.vms.get(vm)) ?? inCluster?.cluster.source;
    return { cluster: name, ...(vm === undefined ? {} : { resource: vm }), ...(source && { source }) };
  };
}

/** Planned VMs of one name, as the judgement names them. */
function plannedIds(name: string, count: number): readonly string[] {
  return count === 1 ? [`planned.${name}`] : Array.from({ length: count }, (_, i) => `planned.${name}[${i}]`);
}

/** Running and planned VMs as the judgement names them. */
function sourcesIn({ vms, planned }: Cluster): ReadonlyMap<string, Source> {
  const sources = new Map(vms.map((vm) => [runningId(vm, vms), vm.source]));
  for (const { name, count, source } of planned) {
    for (const id of plannedIds(name, count)) sources.set(id, source);
  }
  return sources;
}
