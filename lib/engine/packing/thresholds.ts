import { Demand, Density, Bin, Bins } from "./bins";

/** What others have to take on a host before a VM stops fitting there: any one of these is enough. Infinity: it can't come to that. */
export interface Threshold {
  /** Devices that the VM could use; 0 where it does not fit now. */
  readonly devices: number;
  readonly memoryMb: number;
  readonly cpuMhz: number;
  /** A VM that a rule keeps apart from it. */
  readonly mate: boolean;
}

/** A VM asks for few different things; beyond that the bound says nothing. */
const MOST_REQUESTS = 6;

const FULL: Threshold = { devices: 0, memoryMb: 0, cpuMhz: 0, mate: false };

/** The thresholds of one demand, the victim, and what others do to them. */
export class Thresholds {
  private readonly known = new Map<number, Threshold>();
  private readonly useful: ReadonlySet<number>;
  /** By demand: devices of use to the victim that such a VM takes at most, wherever it is. */
  readonly weights: readonly number[];
  /** Those that a rule keeps apart from the victim. */
  readonly mates: readonly Demand[];

  constructor(
    private readonly bins: Bins,
    readonly victim: Demand,
  ) {
    this.useful = new Set(victim.requests.flatMap((request) => bins.typesOf[request]!));
    this.weights = bins.demands.map(
      ({ requests }) => requests.filter((request) => bins.typesOf[request]!.some((type) => this.useful.has(type))).length,
    );
    this.mates = bins.demands.filter(({ apart }) => apart.some((rule) => victim.apart.includes(rule)));
  }

  of(bin: Bin): Threshold {
    let known = this.known.get(bin.id);
    if (!known) {
      known = this.bins.fits(bin, this.victim) ? this.find(bin) : FULL;
      this.known.set(bin.id, known);
    }
    return known;
  }

  private find(bin: Bin): Threshold {
    const { victim, bins } = this;
    const { quantum } = bins;
    const left = bin.free.reduce((sum, count) => sum + count, 0) - victim.requests.length;
    const beyond = (bin: number, resource: "memoryMb" | "cpuMhz", density: Density): number => {
      const spare = bin - victim[resource];
      if (density.perDevice * left + density.idle <= spare) return Infinity;
      return quantum[resource] === 0 ? spare : (Math.floor(spare / quantum[resource]) + 1) * quantum[resource];
    };
    return {
      devices: this.spareDevices(bin),
      memoryMb: beyond(bin.memoryMb, "memoryMb", bins.densest.memoryMb),
      cpuMhz: beyond(bin.cpuMhz, "cpuMhz", bins.densest.cpuMhz),
      mate: victim.apart.length > 0,
    };
  }

  /** Hall: over every choice of the victim's distinct requests, free devices that serve them, less the requests, plus one. */
  private spareDevices({ free }: Bin): number {
    const { requests } = this.victim;
    const distinct = [...new Set(requests)];
    if (distinct.length === 0) return Infinity;
    if (distinct.length > MOST_REQUESTS) return 0;
    let least = Infinity;
    for (let subset = 1; subset < 1 << distinct.length; subset++) {
      const chosen = distinct.filter((_, bit) => subset & (1 << bit));
      const types = new Set(chosen.flatMap((request) => this.bins.typesOf[request]!));
      let served = 0;
      for (const type of types) served += free[type]!;
      least = Math.min(least, served - requests.filter((request) => chosen.includes(request)).length + 1);
    }
    return least;
  }
}
