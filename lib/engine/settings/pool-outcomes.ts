import { Cluster, ClusterChange, Maybe, Plan, PoolSetting, ResourcePool, groupBy, once, pathOfPool, placeOfPool } from "../../model";
import { SAME, inTurn } from "./hosts";
import { Effect, NOTHING, Outcomes, always } from "./outcome";
import { Where, means } from "./which-cluster";

/** What a `vsphere_resource_pool` or vApp does: the bounds that it puts on the VMs in it and below, and where it hangs. */
export function poolOutcomes(change: ClusterChange, sets: PoolSetting, cluster: Cluster, where: Where): Outcomes {
  const meant = means(sets.cluster, cluster, where);
  if (meant === false) return NOTHING;
  const { name } = sets;
  // One without bounds refuses nothing, whatever it is called.
  const isFree = change.action !== "delete" && hasNoBounds(sets);
  if (!name.known) return isFree && cluster.resourcePools.length === 0 ? NOTHING : { kind: "unknown", why: name.why };
  if (meant === "maybe")
    return isFree ? NOTHING : { kind: "unknown", why: "which cluster the pool is in is not known", whom: inPools([name.value]) };
  const namesake = namesakeOf(change, name.value, cluster, where);
  if (namesake !== undefined) {
    const isFreeOfAll = cluster.resourcePools.length === 0 && poolsOf(where.plan).every((each) => hasNoBounds(each.sets));
    const why = `${namesake} is called "${name.value}", too, and which of them a VM is in is not told apart`;
    return isFree && isFreeOfAll ? NOTHING : { kind: "unknown", why, whom: inPools([name.value]) };
  }
  const old = formerName(sets, name.value);
  const bounded = boundedBeside(change, cluster, where);
  const outer = outerPath(sets, cluster, bounded.length > 0);
  if ("why" in outer) return { kind: "unknown", why: outer.why, whom: inPools([name.value, old, ...bounded]) };
  // Pools of one name are told apart by what is around them; the engine knows them by their names.
  const found = placeOfPool({ path: [...outer.path, old], fromRoot: true, isMade: true }, cluster.resourcePools);
  const declared = found.isUndeclared ? undefined : found.pool;
  if (declared === undefined && cluster.resourcePools.some((pool) => pool.name === old && change.action !== "update")) {
    return isFree ? NOTHING : { kind: "unknown", why: `the inventory has another pool called "${old}"`, whom: inPools([old]) };
  }
  const parent = outer.path.at(-1);
  const whom = inPools([name.value, old, ...(parent === undefined ? [] : [parent])]);
  if (change.action === "delete") {
    // Who starts in it starts before, or not at all.
    const outcome = { atPowerOn: withPool({ ...CLOSED, name: name.value, source: change.source }), atEnd: without(name.value) };
    return { kind: "known", outcomes: [outcome], whom };
  }
  const pool = asPool(change, sets, parent, name.value, declared);
  if ("why" in pool) return { kind: "unknown", why: pool.why, whom };
  if (cluster.resourcePools.every((each) => each.name !== old) && isFree && parent === undefined) return NOTHING;
  return { kind: "known", outcomes: [always(inTurn([renamed(old, name.value), withPool(pool)]))], whom };
}

/** Another pool of the stacks with its name, under another one; the engine knows pools by their names. */
function namesakeOf({ address, action }: ClusterChange, name: string, cluster: Cluster, where: Where): string | undefined {
  if (action === "delete") return undefined;
  const others = poolsByName(where.plan).get(name) ?? [];
  return others.find((other) => other.address !== address && means(other.sets.cluster, cluster, where) !== false)?.address;
}

type PoolChange = ClusterChange & { readonly sets: PoolSetting };

const poolsOf = once(({ clusterChanges = [] }: Plan): readonly PoolChange[] => {
  return clusterChanges.filter((each): each is PoolChange => each.sets.kind === "pool" && each.action !== "delete");
});

const poolsByName = once((plan: Plan) => groupBy(poolsOf(plan), ({ sets }) => (sets.name.known ? sets.name.value : "")));

/** The names of the other pools with bounds that it may be put into. */
function boundedBeside({ address }: ClusterChange, cluster: Cluster, where: Where): readonly string[] {
  const made = poolsOf(where.plan).filter(
    (other) => other.address !== address && !hasNoBounds(other.sets) && means(other.sets.cluster, cluster, where) !== false,
  );
  return [
    ...cluster.resourcePools.filter(isBound).map(({ name }) => name),
    ...made.flatMap(({ sets }) => (sets.name.known ? [sets.name.value] : [])),
  ];
}

function isBound({ cpuReservationMhz, cpuLimitMhz, memoryReservationMb, memoryLimitMb }: ResourcePool): boolean {
  return [cpuReservationMhz, cpuLimitMhz, memoryReservationMb, memoryLimitMb].some((bound) => bound !== undefined);
}

/** The names of the pools around it, from the outermost inwards. Where no other has bounds, it does not matter which they are. */
function outerPath(
  { cluster: led, parent }: PoolSetting,
  { resourcePools }: Cluster,
  isFelt: boolean,
): { readonly path: readonly string[] } | { readonly why: string } {
  if (!parent.known) return isFelt ? { why: `which pool it is in is not known: ${parent.why}` } : { path: [] };
  const id = led.known && led.value.by === "id" ? led.value.id : undefined;
  const outer = id === undefined ? undefined : resourcePools.find((pool) => pool.id === id);
  return { path: [...(outer ? pathOfPool(outer, resourcePools) : []), ...(parent.value?.path ?? [])] };
}

/** What takes no VM. */
const CLOSED = { memoryLimitMb: 0, cpuLimitMhz: 0, expandable: false };

function inPools(pools: readonly string[]): { readonly of: "pools"; readonly pools: ReadonlySet<string> } {
  return { of: "pools", pools: new Set(pools) };
}

function hasNoBounds({ bounds }: PoolSetting): boolean {
  return [bounds.cpuLimitMhz, bounds.cpuReservationMhz, bounds.memoryLimitMb, bounds.memoryReservationMb].every(
    (bound) => bound.known && bound.value === undefined,
  );
}

function formerName({ formerName: former }: PoolSetting, name: string): string {
  return former?.known ? former.value : name;
}

function asPool(
  { source }: ClusterChange,
  { bounds }: PoolSetting,
  parent: string | undefined,
  name: string,
  declared: ResourcePool | undefined,
): ResourcePool | { readonly why: string } {
  for (const value of Object.values(bounds as unknown as Record<string, Maybe<unknown>>)) if (!value.known) return { why: value.why };
  const value = <T>(maybe: Maybe<T>): T => (maybe as { readonly value: T }).value;
  const id = declared?.id;
  const amounts = {
    parent,
    cpuReservationMhz: value(bounds.cpuReservationMhz),
    cpuLimitMhz: value(bounds.cpuLimitMhz),
    memoryReservationMb: value(bounds.memoryReservationMb),
    memoryLimitMb: value(bounds.memoryLimitMb),
  };
  const given = Object.entries(amounts).filter(([, amount]) => amount !== undefined);
  return {
    name,
    ...(id === undefined ? {} : { id }),
    ...Object.fromEntries(given),
    expandable: value(bounds.memoryExpandable),
    cpuExpandable: value(bounds.cpuExpandable),
    source,
  };
}

function withPool(pool: ResourcePool): Effect {
  return (cluster) => {
    const old = cluster.resourcePools.find(({ name }) => name === pool.name);
    if (old && isSame(old, pool)) return cluster;
    const others = cluster.resourcePools.filter((each) => each !== old);
    return { ...cluster, resourcePools: [...others, pool] };
  };
}

function isSame(a: ResourcePool, b: ResourcePool): boolean {
  const facts = ({
    parent,
    cpuReservationMhz,
    cpuLimitMhz,
    memoryReservationMb,
    memoryLimitMb,
    ...pool
  }: ResourcePool): readonly unknown[] => {
    const bounds = [cpuReservationMhz, cpuLimitMhz, memoryReservationMb, memoryLimitMb].map((bound) => bound ?? null);
    const cpuBinds = cpuReservationMhz !== undefined;
    const memoryBinds = memoryReservationMb !== undefined;
    // Whether it may ask its parent matters only to one that has a reservation to exceed.
    return [parent, bounds, cpuBinds && (pool.cpuExpandable ?? pool.expandable), memoryBinds && pool.expandable];
  };
  return JSON.stringify(facts(a)) === JSON.stringify(facts(b));
}

function renamed(from: string, to: string): Effect {
  if (from === to) return SAME;
  const named = <T extends { readonly resourcePool?: string }>(vms: readonly T[]): readonly T[] =>
    vms.map((vm) => (vm.resourcePool === from ? { ...vm, resourcePool: to } : vm));
  return (cluster) => ({
    ...cluster,
    vms: named(cluster.vms),
    planned: named(cluster.planned),
    resourcePools: cluster.resourcePools.map((pool) => ({
      ...pool,
      name: pool.name === from ? to : pool.name,
      ...(pool.parent === from && { parent: to }),
    })),
  });
}

function without(name: string): Effect {
  return (cluster) => {
    const others = cluster.resourcePools.filter((pool) => pool.name !== name);
    return others.length === cluster.resourcePools.length ? cluster : { ...cluster, resourcePools: others };
  };
}
