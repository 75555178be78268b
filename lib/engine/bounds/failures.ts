import { HostState } from "../host-states";
import { HostKind, Problem, VmClass } from "../problem";
import { Blocking } from "./blocking";
import { Other, units } from "./never-refused";

/**
 * Failover without looking at failures one by one, for running VMs where they are and a batch wherever it may be.
 * `hosts`: the state before the batch; `batch`: what it will add, anywhere.
 */
export class FailureBounds {
  private readonly running: readonly (readonly number[])[];

  constructor(
    private readonly problem: Problem,
    private readonly hosts: readonly HostState[],
    private readonly batch: readonly Other[],
    private readonly purpose: "failover" | "maintenance" = "failover",
  ) {
    this.running = hosts.map(({ kind, members }) =>
      problem.kinds[kind]!.usable ? members.filter((member) => this.returns(problem.classes[member]!)) : [],
    );
  }

  /** Whether a VM of the class has to find a new place: protected at a failure, with devices at maintenance. */
  private returns({ tier, requests }: VmClass): boolean {
    return this.purpose === "failover" ? tier > 0 : requests.length > 0;
  }

  /** True only if no failure of up to `size` hosts can leave a VM off that has to return, whatever the placement, order and choice. */
  survives(size: number): boolean {
    const { rules, defrag, classes } = this.problem;
    if (rules.length > 0 || (defrag && classes.some(({ memoryMb, cpuMhz }) => memoryMb > 0 || cpuMhz > 0))) return false;
    return this.returningClasses().every((victim) => !victim.static && this.isSafe(victim, size));
  }

  private returningClasses(): VmClass[] {
    const present = new Set([...this.running.flat(), ...this.batch.map(({ vmClass }) => vmClass.index)]);
    return [...present].map((index) => this.problem.classes[index]!).filter((vmClass) => this.returns(vmClass) && !vmClass.weightless);
  }

  /**
   * The j-bound over all failures at once: thresholds of the survivors against the batch and the failed hosts' VMs. Both
   * sides are sums over hosts, so the worst failure is the `size` hosts with the largest share.
   */
  private isSafe(victim: VmClass, size: number): boolean {
    const blocking = new Blocking(this.problem, victim);
    const everyone = [...this.batch, ...this.running.flat().map((index): Other => ({ vmClass: this.problem.classes[index]!, count: 1 }))];
    const pressure = blocking.pressure(everyone);
    const rows = this.hosts.map((host, slot) => {
      const kind = this.problem.kinds[host.kind]!;
      const target = kind.usable && !(kind.failover && this.purpose === "maintenance");
      const threshold = target && kind.mayRestart[victim.index] ? blocking.threshold(host, pressure) : 0;
      return { usable: kind.usable, threshold, weights: this.running[slot]!.map((index) => blocking.weight(this.problem.classes[index]!)) };
    });
    if (rows.some(({ threshold }) => threshold === Infinity)) return rows.filter(({ threshold }) => threshold === Infinity).length > size;
    return units(everyone.map(({ vmClass }) => blocking.weight(vmClass))).some((j) => {
      const share = ({ threshold, weights }: (typeof rows)[number]): number =>
        Math.ceil(threshold / j) + weights.reduce((sum, weight) => sum + Math.ceil(weight / j), 0);
      const need = rows.reduce((sum, { threshold }) => sum + Math.ceil(threshold / j), 0);
      const supply = this.batch.reduce((sum, { vmClass, count }) => sum + count * Math.ceil(blocking.weight(vmClass) / j), 0);
      const itself = Math.ceil(blocking.weight(victim) / j);
      return largest(rows.filter(({ usable }) => usable).map(share), size) + supply - itself < need;
    });
  }

  /** True only if some failure of up to `size` hosts leaves a protected VM off in every placement and order. */
  fails(size: number): boolean {
    if (this.returningClasses().some((victim) => victim.static)) return size > 0;
    // Unprotected VMs of the batch stay where they are, perhaps on a failed host, so they claim nothing.
    const claims = this.batch.filter(({ vmClass }) => vmClass.tier > 0);
    return overflows(this.problem, this.hosts, claims, this.running, size);
  }
}

/** True only if the batch can't be on all at once, whatever the order and choice. */
export function cannotFit(problem: Problem, hosts: readonly HostState[], batch: readonly Other[]): boolean {
  return overflows(problem, hosts, batch, hosts.map(() => []), 0);
}

/**
 * For each set of devices that some requests are confined to and each k: a VM that asks for s of them takes floor(s / k) of the
 * floor(free / k) that the hosts have (semantics, section 6, inequality 1; exact for one class where sizes divide). The
 * worst failure is again the hosts with the largest share: what is free there, and what ran there and claims a new place.
 */
function overflows(
  problem: Problem,
  hosts: readonly HostState[],
  batch: readonly Other[],
  running: readonly (readonly number[])[],
  failures: number,
): boolean {
  const everyone = [...batch.map(({ vmClass }) => vmClass), ...running.flat().map((index) => problem.classes[index]!)];
  const requests = [...new Set(everyone.flatMap((vmClass) => vmClass.requests))].sort((a, b) => a - b);
  const sets = [...requests.map((request) => [request]), ...(requests.length > 1 ? [requests] : [])];
  return sets.some((set) => {
    const free = hosts.map((host) => (problem.kinds[host.kind]!.usable ? served(problem.kinds[host.kind]!, host, set) : 0));
    const within = new Set(requests.filter((request) => isWithin(problem, request, set)));
    const confined = ({ requests: own }: VmClass): number => (own.every((request) => within.has(request)) ? own.length : 0);
    const wanted = batch.map(({ vmClass, count }) => ({ devices: confined(vmClass), count }));
    const lost = running.map((members) => members.map((index) => confined(problem.classes[index]!)));
    return units([...wanted.map(({ devices }) => devices), ...lost.flat()]).some((k) => {
      const slots = free.reduce((sum, count) => sum + Math.floor(count / k), 0);
      const needed = wanted.reduce((sum, { devices, count }) => sum + count * Math.floor(devices / k), 0);
      const shares = lost.map((members, slot) => Math.floor(free[slot]! / k) + members.reduce((sum, devices) => sum + Math.floor(devices / k), 0));
      return largest(shares, failures) + needed > slots;
    });
  });
}

/** Whether every device that serves the request serves one of the set. */
function isWithin({ kinds }: Problem, request: number, set: readonly number[]): boolean {
  const inside = (mask: readonly boolean[]): boolean => !mask[request] || set.some((other) => mask[other]);
  return set.includes(request) || kinds.every(({ groups }) => groups.every(({ before, after }) => inside(before) && inside(after)));
}

/** Free devices of a host that serve one of the requests. */
function served({ groups }: HostKind, { free, changed }: HostState, requests: readonly number[]): number {
  return groups.reduce((sum, { before, after }, index) => {
    const mask = changed[index] ? after : before;
    return sum + (requests.some((request) => mask[request]) ? free[index]! : 0);
  }, 0);
}

function largest(values: readonly number[], count: number): number {
  return [...values].sort((a, b) => b - a).slice(0, count).reduce((sum, value) => sum + value, 0);
}
