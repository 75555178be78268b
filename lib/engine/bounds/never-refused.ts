import { HostState } from "../host-states";
import { Problem, VmClass } from "../problem";
import { Blocking } from "./blocking";

/** VMs that may stand in a victim's way: so many of a class. */
export interface Other {
  readonly vmClass: VmClass;
  readonly count: number;
}

/**
 * j-bounds. A VM can be refused only if others bring every host that fits it to its threshold t. What an item of size s
 * does to a host counts at most ceil(s / j) where the host needs ceil(t / j), for every j >= 1, because ceil is subadditive.
 * So: sum over hosts of ceil(t / j) > sum over others of ceil(s / j) for some j means it is never refused.
 * With j = 1 this is the closed forms 1 to 3 of semantics, section 5, on their `guaranteed` side.
 */
export function isNeverRefused(problem: Problem, victim: VmClass, hosts: readonly HostState[], others: readonly Other[]): boolean {
  const blocking = new Blocking(problem, victim);
  const pressure = blocking.pressure(others);
  const thresholds = hosts.map((host) => blocking.threshold(host, pressure)).filter((threshold) => threshold > 0);
  if (thresholds.length === 0) return false;
  if (victim.requests.length === 0 && thresholds.includes(Infinity)) return true;
  const weights = others.map(({ vmClass, count }) => ({ weight: blocking.weight(vmClass), count }));
  return units(weights.map(({ weight }) => weight)).some((j) => {
    const need = thresholds.reduce((sum, threshold) => sum + Math.ceil(threshold / j), 0);
    const supply = weights.reduce((sum, { weight, count }) => sum + count * Math.ceil(weight / j), 0);
    return need > supply;
  });
}

/** The sizes worth trying for j. */
export function units(weights: readonly number[]): number[] {
  return [...new Set([1, ...weights.filter((weight) => weight > 0)])];
}
