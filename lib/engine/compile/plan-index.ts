import {
  Cluster,
  ClusterPlace,
  DeviceChange,
  Host,
  Inventory,
  PLAN_ACTIONS,
  Plan,
  PlanRule,
  PlanVm,
  clusterOf,
  once,
  runningNameOf,
  existingVmOf,
} from "../../model";
import { earlierStacks } from "./earlier-stacks";

/** The plan by cluster, looked through once: many clusters cost no more than the plan is long. */
export class PlanIndex {
  private readonly places = new Map<PlanVm, ClusterPlace>();
  private readonly vms = new Map<Cluster, PlanVm[]>();
  private readonly possible = new Map<Cluster, PlanVm[]>();
  private readonly changes = new Map<Cluster, DeviceChange[]>();
  private readonly vmsByAddress: ReadonlyMap<string, PlanVm>;
  private readonly destroyed = new Map<string, PlanVm[]>();
  /** By what they name: the places of rules in the plan. */
  private readonly rules = new Map<string, number[]>();
  /** Rules of which something is not known. */
  private readonly openRules: readonly number[];
  /** For a stack: the addresses of everything in the stacks that are applied before it (O8). One list for all that ask. */
  readonly earlier: (stack: string) => readonly string[];

  constructor(
    readonly plan: Plan,
    readonly inventory: Inventory,
  ) {
    this.vmsByAddress = new Map(plan.vms.map((vm) => [vm.address, vm]));
    for (const vm of plan.vms) this.addVm(vm);
    this.addChanges();
    plan.rules.forEach(({ vms }, at) => vms.known && vms.value.forEach((vm) => add(this.rules, vm, at)));
    this.openRules = plan.rules.flatMap((rule, at) => (isOpen(rule) ? [at] : []));
    this.earlier = earlierStacks(plan);
  }

  readonly placeOf = (vm: PlanVm): ClusterPlace => this.places.get(vm)!;

  /** The VMs that are in a cluster, in the plan's order. */
  vmsIn(cluster: Cluster): readonly PlanVm[] {
    return this.vms.get(cluster) ?? [];
  }

  /** Those that may be in it, or in another. */
  possiblyIn(cluster: Cluster): readonly PlanVm[] {
    return this.possible.get(cluster) ?? [];
  }

  /** The device changes that are, or may be, about a host of the cluster, in the plan's order. */
  changesIn(cluster: Cluster): readonly DeviceChange[] {
    return this.changes.get(cluster) ?? [];
  }

  get clusterChangeIds(): readonly string[] {
    return (this.plan.clusterChanges ?? []).map(({ address }) => address);
  }

  /** The name that a VM of the plan runs under, if it runs; of another text itself. */
  readonly runningName = (addressOrName: string): string => {
    const vm = this.vmsByAddress.get(addressOrName);
    const name = vm && runningNameOf(vm);
    return name?.known ? name.value : addressOrName;
  };

  vmAt(address: string): PlanVm | undefined {
    return this.vmsByAddress.get(address);
  }

  /** Where it is not known in which cluster a VM is: whether one that may be it runs in another cluster than this. */
  runsElsewhere(vm: PlanVm, cluster: Cluster): boolean {
    const place = this.placeOf(vm);
    return place.kind === "unknown" && place.among.some((other) => other !== cluster && existingVmOf(vm, other.vms) !== undefined);
  }

  /** The clusters with a VM that one of this cluster's depends on. */
  readonly waitsFor = once((cluster: Cluster): ReadonlySet<Cluster> => {
    const clustersOf = once((ids: readonly string[]) => new Set(ids.flatMap((id) => this.clusterOfAddress(id) ?? [])));
    const own = this.vmsIn(cluster).filter((vm) => this.placeOf(vm).kind === "declared");
    return new Set(own.flatMap(({ dependsOn }) => [...clustersOf(dependsOn)]));
  });

  /** The VMs that are surely in no part of this cluster's batch, and that one of its own depends on. */
  readonly outside = once((cluster: Cluster): readonly string[] => {
    const own = new Set(this.vmsIn(cluster).map(({ address }) => address));
    const members = [...this.vmsIn(cluster), ...this.possiblyIn(cluster)];
    const lists = new Set(members.flatMap(({ dependsOn, stack }) => [dependsOn, this.earlier(stack)]));
    const outside = (id: string): boolean => !own.has(id) && this.vmsByAddress.has(id);
    return [...new Set([...lists].flatMap((ids) => ids.filter(outside)))];
  });

  /** The cluster that a VM is declared in; undefined too where that is not known. */
  clusterOfAddress(address: string): Cluster | undefined {
    const vm = this.vmsByAddress.get(address);
    const place = vm && this.placeOf(vm);
    return place?.kind === "declared" ? place.cluster : undefined;
  }

  /** The VMs that the plan destroys, before it makes anything in their place, and that run under a name. */
  destroyedAs(name: string): readonly PlanVm[] {
    return this.destroyed.get(name) ?? [];
  }

  /** The rules that name one of these, and those of which something is not known; in the plan's order. */
  rulesAbout(names: Iterable<string>): readonly PlanRule[] {
    const found = new Set(this.openRules);
    for (const name of names) for (const at of this.rules.get(name) ?? []) found.add(at);
    return [...found].sort((a, b) => a - b).map((at) => this.plan.rules[at]!);
  }

  private addVm(vm: PlanVm): void {
    const place = clusterOf(vm, this.plan, this.inventory);
    this.places.set(vm, place);
    if (place.kind === "declared") add(this.vms, place.cluster, vm);
    if (place.kind === "unknown") for (const cluster of place.among) add(this.possible, cluster, vm);
    const running = runningNameOf(vm);
    if (PLAN_ACTIONS[vm.action].destroysFirst && running.known) add(this.destroyed, running.value, vm);
  }

  private addChanges(): void {
    const { clusters } = this.inventory;
    const withHost = clustersBy(clusters, ({ name }) => name);
    const withId = clustersBy(clusters, ({ id }) => id);
    const withoutIds = clusters.filter(({ hosts }) => hosts.some(({ id }) => id === undefined));
    for (const change of this.plan.deviceChanges) {
      const { host } = change;
      const about = !host.known
        ? clusters
        : host.value.by === "name"
          ? withHost(host.value.name)
          : [...withId(host.value.id), ...withoutIds];
      for (const cluster of new Set(about)) add(this.changes, cluster, change);
    }
  }
}

function isOpen({ mandatory, enabled, vms, hosts }: PlanRule): boolean {
  return !mandatory.known || !enabled.known || !vms.known || hosts?.known === false;
}

function clustersBy(clusters: readonly Cluster[], keyOf: (host: Host) => string | undefined): (key: string) => readonly Cluster[] {
  const table = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    for (const host of cluster.hosts) {
      const key = keyOf(host);
      if (key !== undefined) add(table, key, cluster);
    }
  }
  return (key) => table.get(key) ?? [];
}

function add<K, V>(table: Map<K, V[]>, key: K, value: V): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}
