import { ResourcePool } from "./inventory";
import { once } from "./once";
import { PoolRef } from "./refs";

/** A pool of a stack among those that the inventory declares. */
export interface PoolPlace {
  /** The declared pool that counts its VMs: itself, else the nearest around it. */
  readonly pool?: ResourcePool;
  /** It is not declared itself. */
  readonly isUndeclared: boolean;
}

/** A declared pool's own path. */
export function pathOfPool(pool: ResourcePool, pools: readonly ResourcePool[]): readonly string[] {
  const parent = pool.parent === undefined ? undefined : poolTable(pools).get(pool.parent);
  return parent === undefined ? [pool.name] : [...pathOfPool(parent, pools), pool.name];
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
