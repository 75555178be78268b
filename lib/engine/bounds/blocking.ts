import { HostState, groupMatches } from "../host-states";
import { Problem, VmClass } from "../problem";

/**
 * What it takes to keep a VM of one class off every host, counted in devices it could use.
 * Statement: a host that fits the VM stops fitting it only when others take at least `threshold` of those devices there,
 * where CPU and memory are turned into devices by the densest VM that takes any. Undefined `supply`: what the others take
 * can't be counted in devices (they take CPU or memory, but none of these devices, and that may be enough).
 */
export class Blocking {
  private readonly weights: readonly number[];

  constructor(
    private readonly problem: Problem,
    private readonly victim: VmClass,
  ) {
    this.weights = problem.classes.map((other) => other.requests.filter((request) => overlaps(problem, request, victim.requests)).length);
  }

  /** Devices of use to the victim that a VM of the class takes at most, wherever it is. */
  weight(other: VmClass): number {
    return this.weights[other.index]!;
  }

  /** What the VMs that may stand in the way bring with them beside devices. */
  pressure(others: readonly { readonly vmClass: VmClass; readonly count: number }[]): Pressure {
    const pressure = { memoryPerDevice: 0, cpuPerDevice: 0, idleMemoryMb: 0, idleCpuMhz: 0 };
    for (const { vmClass, count } of others) {
      const weight = this.weight(vmClass);
      if (weight === 0) {
        pressure.idleMemoryMb += vmClass.memoryMb * count;
        pressure.idleCpuMhz += vmClass.cpuMhz * count;
      } else if (count > 0) {
        pressure.memoryPerDevice = Math.max(pressure.memoryPerDevice, vmClass.memoryMb / weight);
        pressure.cpuPerDevice = Math.max(pressure.cpuPerDevice, vmClass.cpuMhz / weight);
      }
    }
    return pressure;
  }

  /** Devices that others have to take on the host before it stops fitting the victim; 0 where it does not fit it now. */
  threshold(host: HostState, pressure: Pressure): number {
    const kind = this.problem.kinds[host.kind]!;
    const { victim } = this;
    const byMemory = room(kind.memoryMb - host.usedMemoryMb - victim.memoryMb - pressure.idleMemoryMb, pressure.memoryPerDevice);
    const byCpu = room(kind.cpuMhz - host.usedCpuMhz - victim.cpuMhz - pressure.idleCpuMhz, pressure.cpuPerDevice);
    return Math.max(0, Math.min(this.spareDevices(host), byMemory, byCpu));
  }

  /** Hall: over every choice of the victim's distinct requests, free devices that serve them, less the requests, plus one. */
  private spareDevices(host: HostState): number {
    const { requests } = this.victim;
    const distinct = [...new Set(requests)];
    const { groups } = this.problem.kinds[host.kind]!;
    let least = Infinity;
    // A VM asks for few different things; beyond that the bound says nothing.
    if (distinct.length > 6) return 0;
    for (let subset = 1; subset < 1 << distinct.length; subset++) {
      const chosen = distinct.filter((_, bit) => subset & (1 << bit));
      const served = groups.reduce(
        (sum, group, index) => sum + (chosen.some((request) => groupMatches(group, host.changed[index]!, request)) ? host.free[index]! : 0),
        0,
      );
      least = Math.min(least, served - requests.filter((request) => chosen.includes(request)).length + 1);
    }
    return least;
  }
}

/** CPU and memory as they come with devices, and what comes without any. */
export interface Pressure {
  readonly memoryPerDevice: number;
  readonly cpuPerDevice: number;
  readonly idleMemoryMb: number;
  readonly idleCpuMhz: number;
}

/** Devices that fit into what is left before one more does not; none needed where there is already too little. */
function room(left: number, perDevice: number): number {
  if (left < 0) return 0;
  return perDevice === 0 ? Infinity : Math.floor(left / perDevice) + 1;
}

/** Whether some device could serve the request and one of the victim's. */
function overlaps({ kinds }: Problem, request: number, victims: readonly number[]): boolean {
  return kinds.some(({ groups }) =>
    groups.some((group) =>
      [group.before, group.after].some((mask) => mask[request] === true && victims.some((other) => mask[other] === true)),
    ),
  );
}
