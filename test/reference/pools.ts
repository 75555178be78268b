import { ResourcePool } from "../../lib/model";
import { Body, Problem } from "./problem";
import { State } from "./state";

/** Q1: whether the VM's pool, and every pool above it that must lend, has room for it too. */
export function poolHasRoom({ cluster, bodies }: Problem, { at }: State, vm: Body): boolean {
  const pools = cluster.resourcePools;
  const on = [...bodies.filter((_, index) => at[index]), vm];
  const load = (pool: ResourcePool, of: (body: Body) => number, reservation: (pool: ResourcePool) => number): number =>
    on.filter((body) => body.pool === pool.name).reduce((total, body) => total + of(body), 0) +
    pools
      .filter(({ parent }) => parent === pool.name)
      .reduce((total, child) => total + Math.max(reservation(child), load(child, of, reservation)), 0);

  for (let pool = pools.find(({ name }) => name === vm.pool); pool; pool = pools.find(({ name }) => name === pool.parent)) {
    const cpu = load(
      pool,
      ({ cpuMhz }) => cpuMhz,
      ({ cpuReservationMhz }) => cpuReservationMhz ?? 0,
    );
    const memory = load(
      pool,
      ({ memoryMb }) => memoryMb,
      ({ memoryReservationMb }) => memoryReservationMb ?? 0,
    );
    if (cpu > (pool.cpuLimitMhz ?? Infinity) || memory > (pool.memoryLimitMb ?? Infinity)) return false;
    if (!pool.expandable && (cpu > (pool.cpuReservationMhz ?? Infinity) || memory > (pool.memoryReservationMb ?? Infinity))) return false;
  }
  return true;
}
