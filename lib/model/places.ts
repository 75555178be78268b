import { Cluster, Host, Inventory, ownNameOf, ResourcePool } from "./inventory";
import { distinct } from "./groups";
import { known, Maybe, unknown } from "./maybe";
import { once } from "./once";
import { pathEnds } from "./path-ends";
import { Plan, PlanVm } from "./plan";
import { pathOfPool, placeOfPool, PoolPlace } from "./pools";
import { listing } from "./prose";
import { quoted } from "./quoted";
import { ClusterRef, HostRef, PoolRef } from "./refs";
import { agreement, areApart, isSameServer, Site } from "./site";

/** Which of the inventory's clusters a planned VM is in. */
export type ClusterPlace =
  /**
   * `assumed`: why it is not known, where the inventory has this one cluster only. `vcenter`: how the stack names the vCenter, where
   * that is taken for the inventory's.
   */
  | { readonly kind: "declared"; readonly cluster: Cluster; readonly assumed?: string; readonly vcenter?: string }
  | Undeclared
  /** `among`: those that it can be in. `hasUndeclared`: of the VMs of which this is said, some are surely in none of them. */
  | { readonly kind: "unknown"; readonly why: string; readonly among: readonly Cluster[]; readonly hasUndeclared?: true };

/** A cluster that the inventory does not declare. */
export interface Undeclared {
  readonly kind: "undeclared";
  /** Absent: it has none that is known. */
  readonly name?: string;
  /** `the cluster "dc-2/gpu"`, `the cluster of the host "esx-09"`. */
  readonly words: string;
  /** What the inventory declares that it could be taken for. */
  readonly instead?: string;
}

/** Finds the cluster of a VM of the plan (contract, section 3). */
export function clusterOf(vm: PlanVm, plan: Plan, inventory: Inventory): ClusterPlace {
  return placesIn(plan)(inventory).get(vm) ?? placeOf(vm, plan, inventory);
}

const placesIn = once((plan: Plan) =>
  once((inventory: Inventory): ReadonlyMap<PlanVm, ClusterPlace> => {
    // Many VMs are led to a cluster in the same way.
    const known = new Map<string, ClusterPlace>();
    const place = (vm: PlanVm): ClusterPlace => {
      const key = JSON.stringify([vm.cluster, vm.site, vm.stack]);
      const found = known.get(key) ?? placeOf(vm, plan, inventory);
      known.set(key, found);
      return found;
    };
    return withoutClashes(new Map(plan.vms.map((vm) => [vm, place(vm)])));
  }),
);

/** What leads to a cluster, and where that is. */
type Led = Pick<PlanVm, "cluster" | "site" | "stack">;

/** The cluster that something of a plan leads to, whatever its VMs say. */
export function placeOf(vm: Led, plan: Plan, { clusters }: Inventory): ClusterPlace {
  return new Placing(clusters, vm.site ?? {}, otherServers(vm, plan)).place(vm.cluster);
}

function otherServers({ stack, site }: Led, plan: Plan): readonly string[] {
  const own = site?.vcenter?.text;
  return own === undefined ? [] : (serversOf(plan).get(stack) ?? []).filter((server) => server !== own);
}

const serversOf = once((plan: Plan): ReadonlyMap<string, readonly string[]> => {
  return new Map(plan.stacks.map(({ name, servers = [] }) => [name, servers]));
});

/** What is at one site, as far as that is known. */
class Placing {
  /** The clusters that can be there. */
  private readonly possible: readonly Cluster[];

  constructor(
    private readonly clusters: readonly Cluster[],
    private readonly site: Site,
    private readonly otherServers: readonly string[],
  ) {
    this.possible = isOpen(site) ? clusters : clusters.filter((cluster) => agreement(site, cluster, otherServers).agrees);
  }

  place(ref: Maybe<ClusterRef>): ClusterPlace {
    if (!ref.known) return this.open(ref.why);
    switch (ref.value.by) {
      case "name":
        return this.named(ref.value.name);
      case "id":
        return this.identified(ref.value.id);
      case "host":
        return this.withHost(ref.value.host, ref.value.id);
      case "pool":
        return this.withPool(ref.value.pool);
      case "two-vcenters":
        return { kind: "undeclared", words: "a cluster of another vCenter than its provider's" };
    }
  }

  private named(name: string): ClusterPlace {
    // Data sources take a name, or a path from the datacenter whose last part is the name.
    const { byName } = clusterTable(this.clusters);
    const declared = byName.get(name) ?? firstNamed(pathEnds(name), byName) ?? [];
    const found = declared.filter((cluster) => this.possible.includes(cluster));
    const why = `the inventory has ${found.length} clusters called ${quoted(name)}, and the stack does not say which it means`;
    return this.oneOf(found, why) ?? this.elsewhere(name, declared[0]);
  }

  private identified(id: string): ClusterPlace {
    // Two vCenters may give one id.
    const found = (clusterTable(this.clusters).byId.get(id) ?? []).filter((cluster) => this.possible.includes(cluster));
    const why = `the inventory has ${found.length} clusters with the id ${id}, and the stack does not say which it means`;
    // The id may be that of a nested pool, of which an inventory may say nothing.
    return this.oneOf(found, why) ?? this.open(`the inventory declares no cluster with the id ${id}`);
  }

  private withHost(host: HostRef, id: string | undefined): ClusterPlace {
    if (id !== undefined && clusterTable(this.clusters).byId.has(id)) return this.identified(id);
    const found = this.possible.filter((cluster) => {
      const declared = hostOf(host, cluster);
      return declared.known && declared.value !== undefined;
    });
    const name = host.by === "name" ? host.name : host.id;
    const place = this.oneOf(found, `several clusters of the inventory have a host ${quoted(name)}`);
    if (place !== undefined) return place;
    // A host by another name may still be one of the inventory's: an address, or a name without its domain.
    const maybe = this.possible.filter(
      ({ hosts }) => host.by === "id" || hosts.some((each) => isSameServer(each.name, host.name) === undefined),
    );
    if (this.clusters.length > 0 && maybe.length === 0) return { kind: "undeclared", words: `the cluster of the host ${quoted(name)}` };
    return this.open(`the inventory declares no host ${quoted(name)}, whose cluster it is`, maybe);
  }

  private withPool(pool: PoolRef): ClusterPlace {
    const found = this.possible.filter(({ resourcePools }) => !placeOfPool(pool, resourcePools).isUndeclared);
    const path = pool.path.join("/");
    if (found.length > 1) return this.open(`several clusters of the inventory have a resource pool ${quoted(path)}`, found);
    return this.oneOf(found, "") ?? this.open(`no cluster of the inventory declares the resource pool ${quoted(path)}`);
  }

  private declared(cluster: Cluster, assumed?: string): ClusterPlace {
    const agreed = agreement(this.site, cluster, this.otherServers);
    const vcenter = agreed.agrees ? agreed.assumed : undefined;
    return { kind: "declared", cluster, ...(assumed !== undefined && { assumed }), ...(vcenter !== undefined && { vcenter }) };
  }

  /** The cluster, where there is one; `why` it is not known where there are several. */
  private oneOf([cluster, ...others]: readonly Cluster[], why: string): ClusterPlace | undefined {
    if (cluster === undefined) return undefined;
    return others.length === 0 ? this.declared(cluster) : { kind: "unknown", why, among: [cluster, ...others] };
  }

  /** Any of those that can be there: the inventory's one and only, if it can. */
  private open(why: string, among = this.possible): ClusterPlace {
    const [first] = this.clusters;
    if (this.clusters.length === 1 && first !== undefined && among.includes(first)) return this.declared(first, why);
    if (first !== undefined && among.length === 0) return this.elsewhere(undefined, first);
    return { kind: "unknown", why, among };
  }

  /** `declared`: a cluster of the inventory that it could have been, were it not elsewhere. */
  private elsewhere(name: string | undefined, declared: Cluster | undefined): Undeclared {
    if (name !== undefined && declared === undefined) return { kind: "undeclared", name, words: `the cluster ${quoted(name)}` };
    const agreed = declared && agreement(this.site, declared, this.otherServers);
    const instead =
      declared && agreed?.agrees === false ? { instead: `the inventory's ${quoted(declared.name)} is ${agreed.declared}` } : {};
    const full = nameAt(this.site, name);
    return name === undefined
      ? { kind: "undeclared", words: `a cluster of ${quoted(full)}`, ...instead }
      : { kind: "undeclared", name: full, words: `the cluster ${quoted(full)}`, ...instead };
  }
}

function isOpen({ vcenter, datacenter }: Site): boolean {
  return vcenter === undefined && datacenter === undefined;
}

/** `vc.lab/dc-2/gpu`, as far as it is known. */
function nameAt({ vcenter, datacenter }: Site, name?: string): string {
  const parts = [vcenter?.isPart === true ? undefined : vcenter?.text, datacenter, name];
  return parts.filter((part) => part !== undefined).join("/");
}

/**
 * What an inventory leaves open can't be two things at once: VMs of two vCenters, or of two datacenters, are not in one cluster. Which
 * of them is in the inventory's is not known, unless the inventory says it.
 */
function withoutClashes(places: ReadonlyMap<PlanVm, ClusterPlace>): ReadonlyMap<PlanVm, ClusterPlace> {
  const sites = new Map<Cluster, Map<string, SiteOfStack>>();
  for (const [{ site, stack }, place] of places) {
    if (place.kind !== "declared" || site === undefined) continue;
    const known = sites.get(place.cluster) ?? new Map<string, SiteOfStack>();
    sites.set(place.cluster, known.set(JSON.stringify([site, stack]), { ...site, stack }));
  }
  const clashing = new Map(
    [...sites].filter(([, known]) => haveClash([...known.values()])).map(([cluster, known]) => [cluster, [...known.values()]]),
  );
  if (clashing.size === 0) return places;
  return new Map(
    [...places].map(([vm, place]) => {
      const found = place.kind === "declared" ? clashing.get(place.cluster) : undefined;
      if (place.kind !== "declared" || found === undefined) return [vm, place];
      const names = distinct(found.slice(0, MOST_SITES).map((site) => quoted(nameAt(site, place.cluster.name))));
      const why = `the stacks have VMs in ${listing(names)}, and the inventory does not say which of them it declares`;
      return [vm, { kind: "unknown", why, among: [place.cluster], hasUndeclared: true }];
    }),
  );
}

interface SiteOfStack extends Site {
  readonly stack: string;
}

/** Ways of saying where one cluster is, of which each is held against each. */
const MOST_SITES = 20;

/** Two servers of one configuration are two, however they are named. */
function haveClash(sites: readonly SiteOfStack[]): boolean {
  if (sites.length > MOST_SITES) return true;
  return sites.some((site, at) =>
    sites.slice(at + 1).some((other) => areApart(site, other) || (site.stack === other.stack && haveDifferentServers(site, other))),
  );
}

function haveDifferentServers({ vcenter: a }: Site, { vcenter: b }: Site): boolean {
  return a !== undefined && b !== undefined && isSameServer(a.text, b.text) !== true;
}

interface ClusterTable {
  readonly byName: ReadonlyMap<string, readonly Cluster[]>;
  /** By its own id, and those of its pools. */
  readonly byId: ReadonlyMap<string, readonly Cluster[]>;
}

const clusterTable = once((clusters: readonly Cluster[]): ClusterTable => {
  const byName = new Map<string, Cluster[]>();
  const byId = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const name = ownNameOf(cluster);
    byName.set(name, [...(byName.get(name) ?? []), cluster]);
    for (const id of new Set([cluster.id, cluster.resourcePoolId, ...cluster.resourcePools.map((pool) => pool.id)]))
      if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), cluster]);
  }
  return { byName, byId };
});

/** Those of the first part that is a name, where several parts of a path are. */
function firstNamed(names: readonly string[], byName: ClusterTable["byName"]): readonly Cluster[] | undefined {
  return names.map((name) => byName.get(name)).find((found) => found !== undefined);
}

/** The pool of a VM in its cluster; known and undefined for the root pool. */
export function poolOf(
  { cluster: led, resourcePool }: Pick<PlanVm, "cluster" | "resourcePool">,
  pools: readonly ResourcePool[],
): Maybe<PoolPlace | undefined> {
  // Where no pool is declared, none binds.
  if (pools.length === 0) return known(undefined);
  if (resourcePool?.known === false) return resourcePool;
  const ref = resourcePool?.value;
  const outer = led.known && led.value.by === "id" ? withId(led.value.id, pools) : undefined;
  if (outer === undefined) return known(ref && placeOfPool(ref, pools));
  return known(
    placeOfPool({ path: [...pathOfPool(outer, pools), ...(ref?.path ?? [])], fromRoot: true, isMade: ref?.isMade ?? false }, pools),
  );
}

function withId(id: string, pools: readonly ResourcePool[]): ResourcePool | undefined {
  return pools.find((pool) => pool.id === id);
}

/** The host that a reference means; known and undefined where the cluster has no such host. */
export function hostOf(ref: HostRef, cluster: Pick<Cluster, "hosts" | "vcenter" | "datacenter" | "origin">): Maybe<Host | undefined> {
  if (ref.site !== undefined && !agreement(ref.site, cluster, []).agrees) return known(undefined);
  const { hosts } = cluster;
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
