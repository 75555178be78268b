import { ClusterRef, HostRef, known, Maybe, unknown } from "../../model";
import { Instance, Value, whyUnknown } from "../expression/value";
import { identified, nameOf, textOf } from "./attributes";

export interface PoolPlace {
  readonly cluster: Maybe<ClusterRef>;
  /** Absent: the cluster's root pool. */
  readonly resourcePool?: Maybe<string>;
}

const POOLS = ["vsphere_resource_pool", "vsphere_vapp_container"];
const CLUSTER = ["vsphere_compute_cluster"];
/** Pools inside pools that are followed; vSphere allows eight. */
const MAX_PARENTS = 32;

/** Where a `resource_pool_id` leads (contract, section 3). */
export function poolPlace(value: Value | undefined): PoolPlace {
  if (value === undefined) return { cluster: unknown("resource_pool_id is not set") };
  const pool = identified(value, POOLS, ["id"]);
  if (pool === undefined) return { cluster: rootPoolCluster(value) };
  const { cluster, resourcePool } = namedPool(pool) ?? { cluster: parentCluster(pool), resourcePool: nameOf(pool) };
  return { cluster, ...(resourcePool !== undefined && { resourcePool }) };
}

function rootPoolCluster(value: Value): Maybe<ClusterRef> {
  const cluster = identified(value, CLUSTER, ["resource_pool_id"]);
  if (cluster !== undefined) return byName(nameOf(cluster));
  const host = identified(value, ["vsphere_host"], ["resource_pool_id"]);
  if (host !== undefined && whyUnknown(value) !== undefined) {
    return unknown(`\${${host.address}.resource_pool_id} (the cluster of a host)`);
  }
  const id = textOf(value);
  return id?.known ? known({ by: "id", id: id.value }) : unknown(id?.why ?? "resource_pool_id is null");
}

function parentCluster(pool: Instance): Maybe<ClusterRef> {
  let current = pool;
  for (let level = 0; level < MAX_PARENTS; level++) {
    const parent = current.attribute("parent_resource_pool_id");
    const next = identified(parent, POOLS, ["id"]);
    if (next === undefined) return rootPoolCluster(parent);
    const named = namedPool(next);
    if (named !== undefined) return named.cluster;
    current = next;
  }
  return unknown(`\${${pool.address}.parent_resource_pool_id} (its parents have no end)`);
}

/** A data source may name its pool by a path, `cluster/Resources/pool`; `cluster/Resources` is the root pool. */
function namedPool(pool: Instance): PoolPlace | undefined {
  const name = pool.type.startsWith("data.") ? nameOf(pool) : undefined;
  if (!name?.known) return undefined;
  const parts = name.value.split("/").filter((part) => part !== "");
  const at = parts.indexOf("Resources");
  if (at < 1) return undefined;
  const inside = parts.slice(at + 1);
  const cluster = known({ by: "name", name: parts[at - 1]! } as const);
  return inside.length === 0 ? { cluster } : { cluster, resourcePool: known(inside.at(-1)!) };
}

function byName(name: Maybe<string>): Maybe<{ readonly by: "name"; readonly name: string }> {
  return name.known ? known({ by: "name", name: name.value }) : name;
}

/** Which host a `host_system_id` means. */
export function hostRef(value: Value): Maybe<HostRef> {
  const host = identified(value, ["vsphere_host"], ["id"]);
  if (host !== undefined) return byName(nameOf(host, host.type.startsWith("data.") ? "name" : "hostname"));
  const id = textOf(value);
  return id?.known ? known({ by: "id", id: id.value }) : unknown(id?.why ?? "host_system_id is null");
}

const DATASTORES = ["vsphere_datastore", "vsphere_vmfs_datastore", "vsphere_nas_datastore"];
const NETWORKS = ["vsphere_network", "vsphere_distributed_port_group", "vsphere_host_port_group"];

/** Names of the datastores that ids lead to, as far as the files name them; sorted. */
export function datastoreNames(values: readonly Value[]): readonly string[] {
  return namesOf(values, DATASTORES);
}

/** The same for networks. */
export function networkNames(values: readonly Value[]): readonly string[] {
  return namesOf(values, NETWORKS);
}

function namesOf(values: readonly Value[], types: readonly string[]): readonly string[] {
  const names = values.flatMap((value) => {
    const instance = identified(value, types, ["id"]);
    const name = instance === undefined ? undefined : nameOf(instance);
    return name?.known ? [name.value] : [];
  });
  return names.length < 2 ? names : [...new Set(names)].sort();
}
