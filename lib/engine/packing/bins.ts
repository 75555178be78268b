import { once } from "../../model";
import { Problem, VmClass } from "../compile/problem";
import { HostState } from "../compile/host-state";

/** What a VM takes of a host, whoever it is: VMs with one demand can change places in any question about capacity. */
export interface Demand {
  readonly index: number;
  readonly requests: readonly number[];
  readonly cpuMhz: number;
  readonly memoryMb: number;
  /** Rules that keep it apart from others. */
  readonly apart: readonly number[];
}

/** VMs that have to find a new place, counted by demand and restart tier. */
export interface ItemCount {
  readonly demand: Demand;
  readonly tier: number;
  readonly count: number;
}

/** What a host has left, in numbers. Equal bins are one object, so that `id` tells them apart. */
export interface Bin {
  readonly id: number;
  /** Free devices by type: devices of a type serve the same requests. */
  readonly free: readonly number[];
  readonly cpuMhz: number;
  readonly memoryMb: number;
  /** By rule: whether one of its VMs is here. */
  readonly taken: readonly boolean[];
  /** By demand: whether the host itself allows it. */
  readonly allows: readonly boolean[];
}

type Mode = "power-on" | "restart";

const KNOWN: Readonly<Record<Mode, (problem: Problem) => Bins>> = {
  "power-on": once((problem) => new Bins(problem, "power-on")),
  restart: once((problem) => new Bins(problem, "restart")),
};

/** One table for all questions about a problem: what is found out for one is known for the others. */
export function binsOf(problem: Problem, mode: Mode): Bins {
  return KNOWN[mode](problem);
}

/**
 * A cluster's hosts as what is left of them: the numbers that the questions "does all this fit?" and "can this be kept out?"
 * are about, without names. For power-on or for restarts, which differ in what a host allows.
 */
export class Bins {
  readonly demands: readonly Demand[];
  /** By request: the types of devices that serve it. */
  readonly typesOf: readonly (readonly number[])[];
  private readonly demandIndexes: readonly (number | undefined)[];
  private readonly types = new Map<string, number>();
  private readonly typeOfGroup: readonly (readonly [before: number, after: number])[][];
  private readonly allowsOfKind: readonly (readonly boolean[])[];
  private readonly allowIds = new Map<readonly boolean[], number>();
  private readonly byKey = new Map<string, Bin>();
  private readonly ofState = new Map<number, Bin>();
  private readonly placements = new Map<number, readonly Bin[]>();
  /** What VMs ask for at most, for each device that they take. */
  readonly densest: { readonly cpuMhz: Density; readonly memoryMb: Density };
  /** What every VM's need is a multiple of; 0 where there is no such number. */
  readonly quantum: { readonly cpuMhz: number; readonly memoryMb: number };
  private none: Bin | undefined;
  private count = 0;

  constructor(
    private readonly problem: Problem,
    mode: Mode,
  ) {
    const { demands, indexes } = demandsOf(problem, mode);
    this.demands = demands.map(({ demand }) => demand);
    this.demandIndexes = indexes;
    this.quantum = { cpuMhz: quantumOf(this.demands, "cpuMhz"), memoryMb: quantumOf(this.demands, "memoryMb") };
    this.densest = { cpuMhz: densityOf(problem, "cpuMhz"), memoryMb: densityOf(problem, "memoryMb") };
    const masks: (readonly boolean[])[] = [];
    const typeOf = (mask: readonly boolean[]): number => {
      const key = mask.map((bit) => (bit ? 1 : 0)).join("");
      const known = this.types.get(key);
      if (known !== undefined) return known;
      this.types.set(key, masks.length);
      return masks.push(mask) - 1;
    };
    this.typeOfGroup = problem.kinds.map(({ groups }) => groups.map(({ before, after }) => [typeOf(before), typeOf(after)] as const));
    const requests = Math.max(-1, ...problem.classes.flatMap((vmClass) => vmClass.requests)) + 1;
    this.typesOf = Array.from({ length: requests }, (_, request) => masks.flatMap((mask, type) => (mask[request] ? [type] : [])));
    const rows = new Map<string, readonly boolean[]>();
    this.allowsOfKind = problem.kinds.map((kind) => {
      const may = mode === "power-on" ? kind.mayPowerOn : kind.mayRestart;
      const row = demands.map(({ sample }) => kind.usable && may[sample]!);
      const key = row.map((bit) => (bit ? 1 : 0)).join("");
      const known = rows.get(key) ?? row;
      rows.set(key, known);
      return known;
    });
    [...rows.values()].forEach((row, id) => this.allowIds.set(row, id));
  }

  /** The demand of a VM class; undefined for one that takes nothing or is never on. */
  demandOf({ index }: VmClass): Demand | undefined {
    const demand = this.demandIndexes[index];
    return demand === undefined ? undefined : this.demands[demand];
  }

  /** How many there are of each demand. */
  counted(vms: readonly { readonly vmClass: VmClass; readonly count: number }[]): number[] {
    const counts = this.demands.map(() => 0);
    for (const { vmClass, count } of vms) {
      const demand = this.demandOf(vmClass);
      if (demand) counts[demand.index]! += count;
    }
    return counts;
  }

  of(host: HostState): Bin {
    const known = this.ofState.get(host.id);
    if (known) return known;
    const kind = this.problem.kinds[host.kind]!;
    const free = new Array<number>(this.types.size).fill(0);
    host.free.forEach((count, group) => (free[this.typeOfGroup[host.kind]![group]![host.changed[group] ? 1 : 0]]! += count));
    const bin = this.intern({
      free,
      cpuMhz: kind.cpuMhz - host.usedCpuMhz,
      memoryMb: kind.memoryMb - host.usedMemoryMb,
      taken: this.problem.rules.map((_, rule) => host.members.some((member) => this.problem.classes[member]!.rules.includes(rule))),
      allows: this.allowsOfKind[host.kind]!,
    });
    this.ofState.set(host.id, bin);
    return bin;
  }

  /** What a host has left that is not there any more. */
  get nowhere(): Bin {
    const nothing = this.demands.map(() => false);
    return (this.none ??= {
      id: this.count++,
      free: new Array<number>(this.types.size).fill(0),
      cpuMhz: 0,
      memoryMb: 0,
      taken: [],
      allows: nothing,
    });
  }

  fits(bin: Bin, demand: Demand): boolean {
    const { requests } = demand;
    const isPlain = requests.every((request) => request === requests[0]);
    return isPlain ? this.admits(bin, demand) && this.served(bin, requests[0]) >= requests.length : this.place(bin, demand).length > 0;
  }

  /** Whether all but devices is there. */
  private admits(bin: Bin, { index, cpuMhz, memoryMb, apart }: Demand): boolean {
    return bin.allows[index]! && bin.cpuMhz >= cpuMhz && bin.memoryMb >= memoryMb && !apart.some((rule) => bin.taken[rule]);
  }

  /** Free devices that serve a request. */
  served({ free }: Bin, request: number | undefined): number {
    if (request === undefined) return 0;
    let count = 0;
    for (const type of this.typesOf[request]!) count += free[type]!;
    return count;
  }

  /** What may be left once a VM of the demand is here: one bin for each choice of devices; none where it does not fit. */
  place(bin: Bin, demand: Demand): readonly Bin[] {
    const key = bin.id * this.demands.length + demand.index;
    let found = this.placements.get(key);
    if (!found) {
      found = this.findPlacements(bin, demand);
      this.placements.set(key, found);
    }
    return found;
  }

  private findPlacements(bin: Bin, demand: Demand): Bin[] {
    if (!this.admits(bin, demand)) return [];
    const { requests, cpuMhz, memoryMb, apart } = demand;
    const rest = {
      cpuMhz: bin.cpuMhz - cpuMhz,
      memoryMb: bin.memoryMb - memoryMb,
      taken: apart.length === 0 ? bin.taken : bin.taken.map((taken, rule) => taken || apart.includes(rule)),
      allows: bin.allows,
    };
    return this.leftovers(bin.free, requests).map((free) => this.intern({ ...rest, free }));
  }

  /** Every way to serve the requests, as what is left of each type. */
  private leftovers(free: readonly number[], requests: readonly number[]): number[][] {
    const found = new Map<string, number[]>();
    const left = [...free];
    const choose = (index: number, from: number): void => {
      if (index === requests.length) {
        found.set(left.join(), [...left]);
        return;
      }
      const types = this.typesOf[requests[index]!]!;
      // Equal requests stand side by side: taking types in rising order among them leaves out what differs by order only.
      for (let at = requests[index - 1] === requests[index] ? from : 0; at < types.length; at++) {
        const type = types[at]!;
        if (left[type] === 0) continue;
        left[type]!--;
        choose(index + 1, at);
        left[type]!++;
      }
    };
    choose(0, 0);
    return [...found.values()];
  }

  /** Equal bins are one; CPU and memory beyond what could ever be asked for here are as good as that much. */
  private intern({ cpuMhz, memoryMb, ...rest }: Omit<Bin, "id">): Bin {
    const devices = rest.free.reduce((sum, count) => sum + count, 0);
    const bin = {
      ...rest,
      cpuMhz: Math.min(cpuMhz, enough(this.densest.cpuMhz, devices)),
      memoryMb: Math.min(memoryMb, enough(this.densest.memoryMb, devices)),
    };
    const key = `${this.allowIds.get(bin.allows)!}|${bin.free.join()}|${bin.cpuMhz}|${bin.memoryMb}|${bin.taken.map((bit) => (bit ? 1 : 0)).join("")}`;
    let known = this.byKey.get(key);
    if (!known) {
      known = { ...bin, id: this.count++ };
      this.byKey.set(key, known);
    }
    return known;
  }
}

/** How much of a resource VMs ask for at most: for each device that they take, and those without devices all together. */
export interface Density {
  readonly perDevice: number;
  readonly idle: number;
}

function densityOf({ classes }: Problem, resource: "cpuMhz" | "memoryMb"): Density {
  let perDevice = 0;
  let idle = 0;
  for (const vmClass of classes) {
    const { length } = vmClass.requests;
    if (length > 0) perDevice = Math.max(perDevice, vmClass[resource] / length);
    else idle += vmClass[resource] * vmClass.members.length;
  }
  return { perDevice, idle };
}

function enough({ perDevice, idle }: Density, devices: number): number {
  return Math.ceil(perDevice * devices) + idle;
}

interface Demands {
  /** `sample`: one of the classes with the demand. */
  readonly demands: readonly { readonly demand: Demand; readonly sample: number }[];
  /** By class. */
  readonly indexes: readonly (number | undefined)[];
}

function demandsOf({ classes, kinds, rules }: Problem, mode: Mode): Demands {
  const byKey = new Map<string, number>();
  const demands: Demands["demands"][number][] = [];
  const indexes = classes.map((vmClass) => {
    const neverOn = mode === "power-on" ? vmClass.refused.length > 0 : vmClass.static;
    if (vmClass.weightless || neverOn) return undefined;
    const apart = vmClass.rules.filter((rule) => rules[rule]!.type === "separate" && (mode === "restart" || rules[rule]!.atPowerOn));
    const { requests, cpuMhz, memoryMb, index } = vmClass;
    const allowed = kinds.map(({ mayPowerOn, mayRestart }) => ((mode === "power-on" ? mayPowerOn : mayRestart)[index] ? 1 : 0)).join("");
    const key = `${requests.join()}|${cpuMhz}|${memoryMb}|${apart.join()}|${allowed}`;
    let known = byKey.get(key);
    if (known === undefined) {
      known = demands.length;
      byKey.set(key, known);
      demands.push({ demand: { index: known, requests, cpuMhz, memoryMb, apart }, sample: index });
    }
    return known;
  });
  return { demands, indexes };
}

function quantumOf(demands: readonly Demand[], resource: "memoryMb" | "cpuMhz"): number {
  const needs = demands.map((demand) => demand[resource]).filter((need) => need > 0);
  return needs.every((need) => Number.isSafeInteger(need)) ? needs.reduce(greatestCommonDivisor, 0) : 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
