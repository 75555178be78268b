import { ResourcePool } from "../../model";
import { VmSpec, memoryNeedMb } from "./vm-spec";

/** What a powered-on VM adds to its pool (Q1). Memory includes overhead. */
export interface PoolLoad {
  readonly cpuMhz: number;
  readonly memoryMb: number;
}

export interface PoolShortage {
  readonly pool: string;
  readonly resource: "cpu" | "memory";
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
}

/**
 * Q1: a pool carries its VMs' reservations and, for each child, the larger of the child's reservation and load. The load
 * stays within the limit, and within the reservation unless the pool is expandable: the excess is asked of the parent.
 */
export class Pools {
  private readonly children = new Map<string, ResourcePool[]>();
  private readonly byName: ReadonlyMap<string, ResourcePool>;

  constructor(pools: readonly ResourcePool[]) {
    this.byName = new Map(pools.map((pool) => [pool.name, pool]));
    for (const pool of pools) {
      if (pool.parent !== undefined) this.children.set(pool.parent, [...(this.children.get(pool.parent) ?? []), pool]);
    }
  }

  has(name: string | undefined): name is string {
    return name !== undefined && this.byName.has(name);
  }

  /** The first pool, from the VM's own upwards, that has no room for what is asked beside `loads`; undefined: there is room. */
  shortage(name: string, asked: PoolLoad, loads: ReadonlyMap<string, PoolLoad>): PoolShortage | undefined {
    for (const resource of ["cpu", "memory"] as const) {
      const key = resource === "cpu" ? "cpuMhz" : "memoryMb";
      const own = (pool: string): number => loads.get(pool)?.[key] ?? 0;
      let pool = this.byName.get(name);
      let before = pool ? this.load(pool, own, resource) : 0;
      let after = before + asked[key];
      while (pool && after > before) {
        const bound = bounds(pool, resource);
        const capacity = Math.min(bound.limit, isExpandable(pool, resource) ? Infinity : bound.ceiling);
        if (after > capacity) return { pool: pool.name, resource, requested: asked[key], used: before, capacity };
        const parent: ResourcePool | undefined = pool.parent === undefined ? undefined : this.byName.get(pool.parent);
        const growth: number = Math.max(bound.reservation, after) - Math.max(bound.reservation, before);
        pool = parent;
        before = parent ? this.load(parent, own, resource) : 0;
        after = before + growth;
      }
    }
    return undefined;
  }

  private load(pool: ResourcePool, own: (pool: string) => number, resource: "cpu" | "memory"): number {
    const children = (this.children.get(pool.name) ?? []).map((child) =>
      Math.max(bounds(child, resource).reservation, this.load(child, own, resource)),
    );
    return own(pool.name) + children.reduce((sum, load) => sum + load, 0);
  }
}

function isExpandable({ expandable, cpuExpandable = expandable }: ResourcePool, resource: "cpu" | "memory"): boolean {
  return resource === "cpu" ? cpuExpandable : expandable;
}

/** `ceiling` binds a pool that is not expandable: its reservation, where declared. */
function bounds(pool: ResourcePool, resource: "cpu" | "memory"): { limit: number; reservation: number; ceiling: number } {
  const [limit, reservation] =
    resource === "cpu" ? [pool.cpuLimitMhz, pool.cpuReservationMhz] : [pool.memoryLimitMb, pool.memoryReservationMb];
  return { limit: limit ?? Infinity, reservation: reservation ?? 0, ceiling: reservation ?? Infinity };
}

export function poolLoad(spec: VmSpec): PoolLoad {
  return { cpuMhz: spec.cpuReservationMhz, memoryMb: memoryNeedMb(spec) };
}

export function addLoad(loads: Map<string, PoolLoad>, pool: string, load: PoolLoad, times: number): void {
  const before = loads.get(pool) ?? { cpuMhz: 0, memoryMb: 0 };
  loads.set(pool, { cpuMhz: before.cpuMhz + load.cpuMhz * times, memoryMb: before.memoryMb + load.memoryMb * times });
}
