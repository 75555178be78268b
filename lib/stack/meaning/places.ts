import { ClusterRef, HostRef, known, Maybe, PoolRef, Site, unknown } from "../../model";
import { Computed, Instance, Value } from "../expression/value";
import { identified, nameOf, textOf } from "./attributes";
import { all } from "./requests";
import { orAbsent, siteOf, splitPath, vcenterOf } from "./site";

export interface PoolPlace {
  readonly cluster: Maybe<ClusterRef>;
  /** Of the cluster. */
  readonly site: Site;
  /** Absent: the cluster's root pool. */
  readonly resourcePool?: Maybe<PoolRef>;
}

const POOLS = ["vsphere_resource_pool", "vsphere_vapp_container"];
const CLUSTER = ["vsphere_compute_cluster"];
/** Pools inside pools that are followed; vSphere allows eight. */
const MAX_PARENTS = 32;

/** Where a `resource_pool_id` leads (contract, section 3). */
export function poolPlace(value: Value | undefined): PoolPlace {
  return value === undefined ? { cluster: unknown("resource_pool_id is not set"), site: {} } : follow(value, []);
}

/** `inside`: the pools that were met on the way, from the outermost inwards. */
function follow(value: Value, inside: readonly Instance[]): PoolPlace {
  const pool = identified(value, POOLS, ["id"]);
  if (pool === undefined) {
    const place = rootPool(value);
    return withPools(place, [], inside, place.cluster.known && place.cluster.value.by !== "id");
  }
  if (inside.length === MAX_PARENTS) {
    const innermost = inside[MAX_PARENTS - 1]!;
    const why = `\${${innermost.address}.parent_resource_pool_id} (its parents have no end)`;
    return withPools({ cluster: unknown(why), site: {} }, [], inside.slice(-1), false);
  }
  const name = pool.type.startsWith("data.") ? nameOf(pool) : undefined;
  const parent = pool.attribute("parent_resource_pool_id");
  const isUnset = parent === null || (parent instanceof Computed && parent.instance === pool);
  if (name?.known === false && isUnset) return withPools({ cluster: name, site: siteOf(pool) }, [], [pool, ...inside], false);
  if (!name?.known) return inParent(pool, inside);
  const { datacenter, inside: parts } = splitPath(name.value);
  const site = { ...siteOf(pool), ...(datacenter !== undefined && { datacenter }) };
  const at = parts.indexOf("Resources");
  // A path, `cluster/Resources/pool`; `cluster/Resources` is the root pool.
  if (at >= 1) return withPools({ cluster: known({ by: "name", name: parts[at - 1]! }), site }, parts.slice(at + 1), inside, true);
  if (!isUnset) return inParent(pool, inside);
  const path = at === 0 ? parts.slice(1) : parts;
  const fromRoot = at === 0;
  if (path.length === 0)
    return withPools({ cluster: unknown(`\${${pool.address}.name} (a root pool, of any cluster)`), site }, [], inside, true);
  const cluster = known({ by: "pool", pool: { path, fromRoot, isMade: false } } as const);
  return withPools({ cluster, site }, path, inside, fromRoot);
}

/** What the parent leaves open of where it is, the pool may say. */
function inParent(pool: Instance, inside: readonly Instance[]): PoolPlace {
  const place = follow(pool.attribute("parent_resource_pool_id"), [pool, ...inside]);
  return { ...place, site: { ...siteOf(pool), ...place.site } };
}

/** A place in the pools `outer`, and in those of the stack that are inside them. */
function withPools(place: PoolPlace, outer: readonly string[], inside: readonly Instance[], fromRoot: boolean): PoolPlace {
  const names = all(inside.map((pool) => nameOf(pool)));
  if (!names.known) return { ...place, resourcePool: names };
  const path = [...outer, ...names.value];
  const isMade = inside.some(({ type }) => !type.startsWith("data."));
  return path.length === 0 ? place : { ...place, resourcePool: known({ path, fromRoot, isMade }) };
}

function rootPool(value: Value): PoolPlace {
  const cluster = identified(value, CLUSTER, ["resource_pool_id"]);
  if (cluster !== undefined) return namedCluster(cluster);
  const id = textOf(value);
  const host = identified(value, ["vsphere_host"], ["resource_pool_id"]);
  if (host !== undefined) {
    const ref = hostNamed(host);
    const found = ref.known ? known({ by: "host", host: ref.value, ...(id?.known && { id: id.value }) } as const) : ref;
    return { cluster: found, site: siteOf(host) };
  }
  return { cluster: id?.known ? known({ by: "id", id: id.value }) : unknown(id?.why ?? "resource_pool_id is null"), site: {} };
}

/** A cluster of the stack, or one that a data source finds by its name or path. */
export function namedCluster(cluster: Instance): Pick<PoolPlace, "cluster" | "site"> {
  const name = nameOf(cluster);
  const site = siteOf(cluster);
  if (!name.known || !cluster.type.startsWith("data.")) return { cluster: byName(name), site };
  const { datacenter, inside } = splitPath(name.value);
  if (datacenter === undefined) return { cluster: byName(name), site };
  return { cluster: known({ by: "name", name: inside.join("/") }), site: { ...site, datacenter } };
}

function byName(name: Maybe<string>): Maybe<{ readonly by: "name"; readonly name: string }> {
  return name.known ? known({ by: "name", name: name.value }) : name;
}

/**
 * The site of a VM: its own provider's vCenter, where the datacenter of its cluster is. Undefined where its resource pool is of
 * another vCenter than the VM itself, which can't be.
 */
export function siteOfVm(vm: Instance, { site }: PoolPlace): Site | undefined {
  const { vcenter } = vcenterOf(vm);
  if (vcenter === undefined || site.vcenter === undefined) return { ...site, ...(vcenter && { vcenter }) };
  return vcenter.text === site.vcenter.text ? site : undefined;
}

/** Which cluster a `compute_cluster_id`, or a host's `cluster`, means. */
export function clusterById(value: Value): Pick<PoolPlace, "cluster" | "site"> {
  const cluster = identified(value, CLUSTER, ["id"]);
  if (cluster !== undefined) return namedCluster(cluster);
  const id = textOf(value);
  return { cluster: id?.known ? known({ by: "id", id: id.value }) : unknown(id?.why ?? "no cluster is named"), site: {} };
}

/** Which host a `host_system_id` means. An id is one of the vCenter that its `owner`, which says it, is in: another may give the same. */
export function hostRef(value: Value, owner: Instance): Maybe<HostRef> {
  const host = identified(value, ["vsphere_host"], ["id"]);
  if (host !== undefined) return hostNamed(host);
  const id = textOf(value);
  return id?.known ? known({ by: "id", id: id.value, ...orAbsent(vcenterOf(owner)) }) : unknown(id?.why ?? "host_system_id is null");
}

function hostNamed(host: Instance): Maybe<HostRef> {
  const name = nameOf(host, host.type.startsWith("data.") ? "name" : "hostname");
  if (!name.known) return name;
  const { datacenter, inside } = splitPath(name.value);
  const site = { ...siteOf(host), ...(datacenter !== undefined && { datacenter }) };
  return known({ by: "name", name: datacenter === undefined ? name.value : inside.at(-1)!, ...orAbsent(site) });
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

/** Whether one of the ids is set and leads to no name of a datastore. */
export function hasUnnamedDatastore(values: readonly Value[]): boolean {
  // Disks have the provider's "<computed>" where nothing is said.
  return values.some((value) => value !== null && value !== "" && value !== "<computed>" && datastoreNames([value]).length === 0);
}

function namesOf(values: readonly Value[], types: readonly string[]): readonly string[] {
  const names = values.flatMap((value) => {
    const instance = identified(value, types, ["id"]);
    const name = instance === undefined ? undefined : nameOf(instance);
    return name?.known ? [name.value] : [];
  });
  return names.length < 2 ? names : [...new Set(names)].sort();
}
