import { Demand, Bin, Bins } from "./bins";
import { Threshold, Thresholds } from "./thresholds";

/** How many different exchange rates between devices and memory (or CPU) are tried; fewer where there are many questions to ask. */
const RATES = 10;
const FEW_RATES = 3;
const MANY_DEMANDS = 60;

/** Sums of prices are compared with this much tolerance, to the side on which nothing is claimed. */
export const ROUNDING = 1e-6;

/**
 * A proof that nothing can keep a VM out is a price list: every VM that may stand in its way is worth something, and to keep
 * one host closed takes VMs that are worth at least its need together. What all of them are worth less than all hosts need: some
 * host stays open. Both sides are sums over hosts, so the same list speaks about every failure at once.
 *
 * A VM of s devices is worth ceil(s / unit), and so is the threshold of t devices worth ceil(t / unit), because ceil is
 * subadditive (j-bounds); what a VM takes of memory and CPU is worth that much at some rate; and a VM that a rule keeps apart from
 * the victim is worth something more, because it closes a host by itself.
 */
export class PriceList {
  private known: readonly number[] | undefined;

  constructor(
    private readonly demands: readonly Demand[],
    private readonly thresholds: Thresholds,
    readonly unit: number,
    /** For each MB, and for each MHz. */
    readonly memory: number,
    readonly cpu: number,
    /** For each VM that a rule keeps apart from the victim. */
    readonly mate: number,
  ) {}

  /** By demand. */
  get worth(): readonly number[] {
    return (this.known ??= this.demands.map((demand) => this.worthOf(demand)));
  }

  /** The least that VMs are worth that close the bin, by devices, by memory, by CPU or by a rule; 0 where it is closed already. */
  need(bin: Bin): number {
    const threshold = this.thresholds.of(bin);
    if (threshold.devices === 0) return 0;
    return Math.min(
      Math.ceil(threshold.devices / this.unit),
      priced(threshold.memoryMb, this.memory),
      priced(threshold.cpuMhz, this.cpu),
      this.needByRule(threshold),
    );
  }

  private needByRule({ mate }: Threshold): number {
    return mate ? Math.min(...this.thresholds.mates.map((demand) => this.worthOf(demand))) : Infinity;
  }

  private worthOf(demand: Demand): number {
    const { index, memoryMb, cpuMhz } = demand;
    const devices = Math.ceil(this.thresholds.weights[index]! / this.unit);
    return devices + this.memory * memoryMb + this.cpu * cpuMhz + (this.thresholds.mates.includes(demand) ? this.mate : 0);
  }
}

/** The price lists about one victim, all at once: each answer is by list. */
export class Prices {
  readonly lists: readonly PriceList[];
  private readonly units: readonly number[];
  private readonly needs = new Map<number, Float64Array>();

  constructor(
    private readonly bins: Bins,
    private readonly thresholds: Thresholds,
    /** Bins like those that will be asked about: they say which rates are worth trying. */
    open: readonly Bin[],
  ) {
    const { demands } = bins;
    this.units = [...new Set([1, ...thresholds.weights.filter((weight) => weight > 0)])];
    const each = [...new Set(open)].map((bin) => thresholds.of(bin));
    const most = demands.length > MANY_DEMANDS ? FEW_RATES : RATES;
    const [memoryRates, cpuRates] = [ratesOf(each, "memoryMb", most), ratesOf(each, "cpuMhz", most)];
    const mateRates = thresholds.mates.length > 0 ? [0, mostDevices(each)] : [0];
    // The rates are those of single devices: a larger unit makes each of them worth less.
    this.lists = this.units.flatMap((unit) =>
      memoryRates.flatMap((memory) =>
        cpuRates.flatMap((cpu) =>
          mateRates.map((mate) => new PriceList(demands, thresholds, unit, memory / unit, cpu / unit, Math.ceil(mate / unit))),
        ),
      ),
    );
  }

  /** What VMs are worth together, counted by demand. */
  worthOf(counts: readonly number[]): Float64Array {
    const sums = this.nothing();
    counts.forEach((count, demand) => count > 0 && this.add(sums, demand, count));
    return this.priced(sums);
  }

  needOf(bin: Bin): Float64Array {
    let known = this.needs.get(bin.id);
    if (!known) {
      known = Float64Array.from(this.lists, (list) => list.need(bin));
      this.needs.set(bin.id, known);
    }
    return known;
  }

  private nothing(): Sums {
    return { devices: new Array<number>(this.units.length).fill(0), memoryMb: 0, cpuMhz: 0, mates: 0 };
  }

  private add(sums: Sums, demand: number, count: number): void {
    const { memoryMb, cpuMhz } = this.bins.demands[demand]!;
    const weight = this.thresholds.weights[demand]!;
    for (let at = 0; at < this.units.length; at++) sums.devices[at]! += count * Math.ceil(weight / this.units[at]!);
    sums.memoryMb += count * memoryMb;
    sums.cpuMhz += count * cpuMhz;
    if (this.thresholds.mates.includes(this.bins.demands[demand]!)) sums.mates += count;
  }

  private priced({ devices, memoryMb, cpuMhz, mates }: Sums): Float64Array {
    const each = this.lists.length / this.units.length;
    return Float64Array.from(
      this.lists,
      ({ memory, cpu, mate }, index) => devices[Math.floor(index / each)]! + memory * memoryMb + cpu * cpuMhz + mate * mates,
    );
  }
}

/** What VMs take together; devices in each of the units, rounded up VM by VM. */
interface Sums {
  readonly devices: number[];
  memoryMb: number;
  cpuMhz: number;
  mates: number;
}

/** What closes any bin by devices, where that is possible at all. */
function mostDevices(thresholds: readonly Threshold[]): number {
  return Math.max(0, ...thresholds.map(({ devices }) => devices).filter((devices) => devices !== Infinity));
}

function priced(amount: number, rate: number): number {
  return amount === Infinity ? Infinity : amount * rate;
}

/**
 * Rates at which a bin's threshold in devices is worth its threshold in the resource; and 0, for which the bins where it can
 * run out are closed for nothing, and no VM is worth more for what it takes of it.
 */
function ratesOf(thresholds: readonly Threshold[], resource: "memoryMb" | "cpuMhz", most: number): readonly number[] {
  const closing = thresholds.filter((threshold) => threshold.devices > 0 && threshold[resource] !== Infinity);
  if (closing.length === 0) return [0];
  const rates = closing.map(
    (threshold) => (threshold.devices === Infinity ? 1 : threshold.devices) / Math.max(threshold[resource], Number.MIN_VALUE),
  );
  const sorted = [...new Set(rates)].sort((a, b) => a - b);
  const step = Math.max(1, sorted.length / most);
  const some = Array.from({ length: Math.min(most, sorted.length) }, (_, index) => sorted[Math.floor(index * step)]!);
  return [...new Set([0, ...some, sorted.at(-1)!])];
}
