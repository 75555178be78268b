import { ResourcePool } from "./inventory";
import { known, Maybe } from "./maybe";
import { once } from "./once";
import { PlanVm } from "./plan";

/** A resource pool as a stack leads to it. */
export interface PoolRef {
  /** Names from the outermost known pool inwards; never empty. */
  readonly path: readonly string[];
  /** Whether the outermost one is directly under the cluster's root pool; else others may be around it. */
  readonly fromRoot: boolean;
  /** The stack makes it. */
  readonly isMade: boolean;
}

/** A pool of a stack among those that the inventory declares. */
export interface PoolPlace {
  /** The declared pool that counts its VMs: itself, else the nearest around it. */
  readonly pool?: ResourcePool;
  /** It is not declared itself. */
  readonly isUndeclared: boolean;
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
  return known(placeOfPool({ path: [...pathOf(outer, pools), ...(ref?.path ?? [])], fromRoot: true, isMade: ref?.isMade ?? false }, pools));
}

function withId(id: string, pools: readonly ResourcePool[]): ResourcePool | undefined {
  return pools.find((pool) => pool.id === id);
}

function pathOf(pool: ResourcePool, pools: readonly ResourcePool[]): readonly string[] {
  const parent = pool.parent === undefined ? undefined : poolTable(pools).get(pool.parent);
  return parent === undefined ? [pool.name] : [...pathOf(parent, pools), pool.name];
}

/** Finds a pool by its path: pools of one name under different parents are different. */
export function placeOfPool({ path, fromRoot }: PoolRef, pools: readonly ResourcePool[]): PoolPlace {
  const declared = poolTable(pools);
  for (let length = path.length; length > 0; length--) {
    const pool = declared.get(path[length - 1]!);
    if (pool !== undefined && fits(pool, path.slice(0, length), fromRoot, declared)) return { pool, isUndeclared: length < path.length };
  }
  return { isUndeclared: true };
}

/** By name, which an inventory gives once in a cluster. */
const poolTable = once((pools: readonly ResourcePool[]): ReadonlyMap<string, ResourcePool> => {
  return new Map(pools.map((pool) => [pool.name, pool]));
});

/** Whether a declared pool can be at a path. Where it names no parent, and that of the path is not declared, this is left open. */
function fits(pool: ResourcePool, path: readonly string[], fromRoot: boolean, declared: ReadonlyMap<string, ResourcePool>): boolean {
  let current: ResourcePool | undefined = pool;
  for (let at = path.length - 1; at >= 0; at--) {
    const name: string = path[at]!;
    if (current === undefined) return !declared.has(name);
    if (current.name !== name) return false;
    current = current.parent === undefined ? undefined : declared.get(current.parent);
  }
  return current === undefined || !fromRoot;
}
