import { PriceList } from "./prices";
import { Thresholds } from "./thresholds";
import { Demand, Bin, Bins } from "./bins";
import { Assignment } from "./answer";
import { Budget } from "./budget";

/** So many bins are compared while one piece of other work is done. */
const BINS_A_PIECE = 16;

/** VMs that close a host, one after the other. */
interface Closing {
  readonly steps: readonly { readonly demand: number; readonly next: Bin }[];
  readonly cost: number;
}

/** Ways to keep a VM out that cost little to find: where one is found it is a way; where none is, there may be one. */
export class Greedies {
  constructor(
    private readonly bins: Bins,
    private readonly victim: Demand,
    private readonly thresholds: Thresholds,
    private readonly budget: Budget,
  ) {}

  /**
   * Worst fit: the largest VMs first, each on the open host with most to lose. It finds every blockade where the VMs want the
   * same devices in sizes of which each divides the next and nothing else can run out (`isWorstFitExact`).
   */
  worstFit(open: readonly number[], hosts: readonly Bin[], supply: readonly number[], by: "devices" | "memory"): Assignment[] | undefined {
    const { demands } = this.bins;
    const { weights } = this.thresholds;
    const slots = new Map<Bin, number[]>();
    for (const slot of open) slots.set(hosts[slot]!, [...(slots.get(hosts[slot]!) ?? []), slot]);
    const size = ({ index, memoryMb, cpuMhz }: Demand): readonly [number, number, number] =>
      by === "devices" ? [weights[index]!, memoryMb, cpuMhz] : [memoryMb, cpuMhz, weights[index]!];
    const sorted = demands.filter(({ index }) => supply[index]! > 0).sort((a, b) => compare(size(b), size(a)) || a.index - b.index);
    const assignments: Assignment[] = [];
    for (const demand of sorted) {
      for (let left = supply[demand.index]!; left > 0 && slots.size > 0; left--) {
        let best: Bin | undefined;
        if (!this.budget.spend(1 + slots.size / BINS_A_PIECE)) return undefined;
        for (const bin of slots.keys()) {
          if ((!best || this.hasMore(bin, best, by)) && this.bins.fits(bin, demand)) best = bin;
        }
        if (!best) break;
        const places = this.bins.place(best, demand);
        const next = places.reduce((least, bin) => (this.hasMore(least, bin, by) ? bin : least));
        const here = slots.get(best)!;
        const slot = here.pop()!;
        if (here.length === 0) slots.delete(best);
        assignments.push({ slot, demand: demand.index, next });
        if (this.bins.fits(next, this.victim)) slots.set(next, [...(slots.get(next) ?? []), slot]);
      }
    }
    return slots.size === 0 ? assignments : undefined;
  }

  /** Host by host, the neediest first, each closed with what is worth least and does it: for where much may run out. */
  hostByHost(open: readonly number[], hosts: readonly Bin[], supply: readonly number[], list: PriceList): Assignment[] | undefined {
    const left = [...supply];
    const assignments: Assignment[] = [];
    const sorted = [...open].sort((a, b) => list.need(hosts[b]!) - list.need(hosts[a]!) || a - b);
    for (const slot of sorted) {
      let best: Closing | undefined;
      for (const resource of ["devices", "memoryMb", "cpuMhz"] as const) {
        const closing = this.closeBy(resource, hosts[slot]!, left, list);
        if (closing && (!best || closing.cost < best.cost)) best = closing;
      }
      if (!best) return undefined;
      for (const { demand, next } of best.steps) {
        left[demand]!--;
        assignments.push({ slot, demand, next });
      }
    }
    return assignments;
  }

  /** Lets one resource run out: each time the VM that would do it alone, or as many like it, for least. */
  private closeBy(
    resource: "devices" | "memoryMb" | "cpuMhz",
    from: Bin,
    supply: readonly number[],
    { worth }: PriceList,
  ): Closing | undefined {
    const { demands } = this.bins;
    const used = new Map<number, number>();
    const steps: Closing["steps"][number][] = [];
    let bin = from;
    let cost = 0;
    while (this.bins.fits(bin, this.victim)) {
      const threshold = this.thresholds.of(bin)[resource];
      if (threshold === Infinity) return undefined;
      let best: { readonly demand: Demand; readonly price: number } | undefined;
      for (const demand of demands) {
        if (supply[demand.index]! <= (used.get(demand.index) ?? 0)) continue;
        const amount = resource === "devices" ? this.thresholds.weights[demand.index]! : demand[resource];
        const price = amount > 0 ? worth[demand.index]! * Math.max(1, threshold / amount) : Infinity;
        if (price < (best?.price ?? Infinity) && this.bins.fits(bin, demand)) best = { demand, price };
      }
      if (!best || !this.budget.spend(demands.length)) return undefined;
      const { demand } = best;
      bin = this.bins
        .place(bin, demand)
        .reduce((least, next) => (this.thresholds.of(next)[resource] < this.thresholds.of(least)[resource] ? next : least));
      used.set(demand.index, (used.get(demand.index) ?? 0) + 1);
      steps.push({ demand: demand.index, next: bin });
      cost += worth[demand.index]!;
    }
    return { steps, cost };
  }

  /** Whether a bin has more to lose than another. */
  private hasMore(bin: Bin, than: Bin, by: "devices" | "memory"): boolean {
    const devices = this.thresholds.of(bin).devices - this.thresholds.of(than).devices;
    const memory = bin.memoryMb - than.memoryMb;
    return by === "devices" ? devices > 0 || (devices === 0 && memory > 0) : memory > 0 || (memory === 0 && devices > 0);
  }

  /** Everyone who counts wants the same devices, sizes divide, hosts allow all of them, and nothing else can run out. */
  isWorstFitExact(open: readonly Bin[], supply: readonly number[]): boolean {
    const { demands, typesOf } = this.bins;
    const rivals = demands.filter(({ index }) => supply[index]! > 0 && this.thresholds.weights[index]! > 0);
    const all = [...rivals, this.victim];
    const sizes = [...new Set(all.map(({ requests }) => requests.length))].sort((a, b) => a - b);
    const servedBy = (bin: Bin, { requests }: Demand): string =>
      requests.map((request) => typesOf[request]!.filter((type) => bin.free[type]! > 0).join()).join("|");
    return (
      sizes.every((size, index) => size > 0 && (index === 0 || size % sizes[index - 1]! === 0)) &&
      all.every(({ apart }) => apart.length === 0) &&
      open.every((bin) => {
        const { memoryMb, cpuMhz } = this.thresholds.of(bin);
        const [first] = servedBy(bin, this.victim).split("|");
        const same = all.every(
          (demand) =>
            bin.allows[demand.index] &&
            servedBy(bin, demand)
              .split("|")
              .every((types) => types === first),
        );
        return memoryMb === Infinity && cpuMhz === Infinity && same;
      })
    );
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
