import { Cluster, Host, Inventory } from "./inventory";
import { known, Maybe, unknown } from "./maybe";
import { once } from "./once";
import { pathEnds } from "./path-ends";
import { HostRef, PlanVm } from "./plan";

/** Which of the inventory's clusters a planned VM is in. */
export type ClusterPlace =
  /** `assumed`: why it is not known, where the inventory has this one cluster only. */
  | { readonly kind: "declared"; readonly cluster: Cluster; readonly assumed?: string }
  /** A known cluster that the inventory does not declare. */
  | { readonly kind: "undeclared"; readonly name: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Finds a VM's cluster by its name, its id or the id of its root resource pool (contract, section 3). */
export function clusterOf(vm: Pick<PlanVm, "cluster">, { clusters }: Inventory): ClusterPlace {
  if (!vm.cluster.known) return onlyCluster(clusters, vm.cluster.why);
  const ref = vm.cluster.value;
  const { byName, byId } = clusterTable(clusters);
  if (ref.by === "name") {
    // Data sources take a name, or a path from the datacenter whose last part is the name.
    const cluster = byName.get(ref.name)?.cluster ?? firstNamed(pathEnds(ref.name), byName);
    return cluster ? { kind: "declared", cluster } : { kind: "undeclared", name: ref.name };
  }
  const cluster = byId.get(ref.id);
  // The id may be that of a nested pool, which no inventory declares: it says nothing about the cluster.
  return cluster ? { kind: "declared", cluster } : onlyCluster(clusters, `the inventory declares no cluster with the id ${ref.id}`);
}

interface ClusterTable {
  readonly byName: ReadonlyMap<string, { readonly cluster: Cluster; readonly at: number }>;
  /** By its own id and its root pool's. */
  readonly byId: ReadonlyMap<string, Cluster>;
}

const clusterTable = once((clusters: readonly Cluster[]): ClusterTable => {
  const byName = new Map<string, { cluster: Cluster; at: number }>();
  const byId = new Map<string, Cluster>();
  clusters.forEach((cluster, at) => {
    if (!byName.has(cluster.name)) byName.set(cluster.name, { cluster, at });
    for (const id of [cluster.id, cluster.resourcePoolId]) if (id !== undefined && !byId.has(id)) byId.set(id, cluster);
  });
  return { byName, byId };
});

/** The first that the inventory declares, where several parts of a path are names. */
function firstNamed(names: readonly string[], byName: ClusterTable["byName"]): Cluster | undefined {
  const found = names.flatMap((name) => byName.get(name) ?? []);
  return found.sort((a, b) => a.at - b.at)[0]?.cluster;
}

function onlyCluster([cluster, ...others]: readonly Cluster[], why: string): ClusterPlace {
  return cluster !== undefined && others.length === 0 ? { kind: "declared", cluster, assumed: why } : { kind: "unknown", why };
}

/** The host that a reference means; known and undefined where the cluster has no such host. */
export function hostOf(ref: HostRef, { hosts }: Pick<Cluster, "hosts">): Maybe<Host | undefined> {
  const { byName, byId, allHaveIds } = hostTable(hosts);
  if (ref.by === "name") return known(byName.get(ref.name));
  const host = byId.get(ref.id);
  const doubtful = host === undefined && !allHaveIds;
  return doubtful ? unknown(`the inventory declares no host with the id ${ref.id}, and some hosts without an id`) : known(host);
}

interface HostTable {
  readonly byName: ReadonlyMap<string, Host>;
  readonly byId: ReadonlyMap<string, Host>;
  readonly allHaveIds: boolean;
}

const hostTable = once((hosts: readonly Host[]): HostTable => {
  const byName = new Map<string, Host>();
  const byId = new Map<string, Host>();
  for (const host of hosts) {
    if (!byName.has(host.name)) byName.set(host.name, host);
    if (host.id !== undefined && !byId.has(host.id)) byId.set(host.id, host);
  }
  return { byName, byId, allHaveIds: hosts.every(({ id }) => id !== undefined) };
});
