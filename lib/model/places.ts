import { Cluster, Host, Inventory } from "./inventory";
import { known, Maybe, unknown } from "./maybe";
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
  if (ref.by === "name") {
    // Data sources take a name, or a path from the datacenter whose last part is the name.
    const cluster = clusters.find(({ name }) => name === ref.name) ?? clusters.find(({ name }) => ref.name.endsWith(`/${name}`));
    return cluster ? { kind: "declared", cluster } : { kind: "undeclared", name: ref.name };
  }
  const cluster = clusters.find(({ id, resourcePoolId }) => id === ref.id || resourcePoolId === ref.id);
  // The id may be that of a nested pool, which no inventory declares: it says nothing about the cluster.
  return cluster ? { kind: "declared", cluster } : onlyCluster(clusters, `the inventory declares no cluster with the id ${ref.id}`);
}

function onlyCluster([cluster, ...others]: readonly Cluster[], why: string): ClusterPlace {
  return cluster !== undefined && others.length === 0 ? { kind: "declared", cluster, assumed: why } : { kind: "unknown", why };
}

/** The host that a reference means; known and undefined where the cluster has no such host. */
export function hostOf(ref: HostRef, { hosts }: Cluster): Maybe<Host | undefined> {
  if (ref.by === "name") return known(hosts.find(({ name }) => name === ref.name));
  const host = hosts.find(({ id }) => id === ref.id);
  const doubtful = host === undefined && hosts.some(({ id }) => id === undefined);
  return doubtful ? unknown(`the inventory declares no host with the id ${ref.id}, and some hosts without an id`) : known(host);
}
