import { PriceList } from "./prices";
import { Thresholds } from "./thresholds";
import { Demand, Room, Rooms } from "./bins";
import { Stand } from "./answer";
import { Budget } from "./budget";

/** So many rooms are compared while one piece of other work is done. */
const ROOMS_A_PIECE = 16;

/** VMs that close a host, one after the other. */
interface Closing {
  readonly steps: readonly { readonly demand: number; readonly next: Room }[];
  readonly cost: number;
}

/** Ways to keep a VM out that cost little to find: where one is found it is a way; where none is, there may be one. */
export class Greedies {
  constructor(
    private readonly rooms: Rooms,
    private readonly victim: Demand,
    private readonly thresholds: Thresholds,
    private readonly budget: Budget,
  ) {}

  /**
   * Worst fit: the largest VMs first, each on the open host with most to lose. It finds every blockade where the VMs want the
   * same devices in sizes of which each divides the next and nothing else can run out (`isWorstFitExact`).
   */
  worstFit(open: readonly number[], hosts: readonly Room[], supply: readonly number[], by: "devices" | "memory"): Stand[] | undefined {
    const { demands } = this.rooms;
    const { weights } = this.thresholds;
    const slots = new Map<Room, number[]>();
    for (const slot of open) slots.set(hosts[slot]!, [...(slots.get(hosts[slot]!) ?? []), slot]);
    const size = ({ index, memoryMb, cpuMhz }: Demand): readonly [number, number, number] =>
      by === "devices" ? [weights[index]!, memoryMb, cpuMhz] : [memoryMb, cpuMhz, weights[index]!];
    const sorted = demands.filter(({ index }) => supply[index]! > 0).sort((a, b) => compare(size(b), size(a)) || a.index - b.index);
    const stands: Stand[] = [];
    for (const demand of sorted) {
      for (let left = supply[demand.index]!; left > 0 && slots.size > 0; left--) {
        let best: Room | undefined;
        if (!this.budget.spend(1 + slots.size / ROOMS_A_PIECE)) return undefined;
        for (const room of slots.keys()) {
          if ((!best || this.hasMore(room, best, by)) && this.rooms.fits(room, demand)) best = room;
        }
        if (!best) break;
        const places = this.rooms.place(best, demand);
        const next = places.reduce((least, room) => (this.hasMore(least, room, by) ? room : least));
        const here = slots.get(best)!;
        const slot = here.pop()!;
        if (here.length === 0) slots.delete(best);
        stands.push({ slot, demand: demand.index, next });
        if (this.rooms.fits(next, this.victim)) slots.set(next, [...(slots.get(next) ?? []), slot]);
      }
    }
    return slots.size === 0 ? stands : undefined;
  }

  /** Host by host, the neediest first, each closed with what is worth least and does it: for where much may run out. */
  hostByHost(open: readonly number[], hosts: readonly Room[], supply: readonly number[], list: PriceList): Stand[] | undefined {
    const left = [...supply];
    const stands: Stand[] = [];
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
        stands.push({ slot, demand, next });
      }
    }
    return stands;
  }

  /** Lets one resource run out: each time the VM that would do it alone, or as many like it, for least. */
  private closeBy(
    resource: "devices" | "memoryMb" | "cpuMhz",
    from: Room,
    supply: readonly number[],
    { worth }: PriceList,
  ): Closing | undefined {
    const { demands } = this.rooms;
    const used = new Map<number, number>();
    const steps: Closing["steps"][number][] = [];
    let room = from;
    let cost = 0;
    while (this.rooms.fits(room, this.victim)) {
      const threshold = this.thresholds.of(room)[resource];
      if (threshold === Infinity) return undefined;
      let best: { readonly demand: Demand; readonly price: number } | undefined;
      for (const demand of demands) {
        if (supply[demand.index]! <= (used.get(demand.index) ?? 0)) continue;
        const amount = resource === "devices" ? this.thresholds.weights[demand.index]! : demand[resource];
        const price = amount > 0 ? worth[demand.index]! * Math.max(1, threshold / amount) : Infinity;
        if (price < (best?.price ?? Infinity) && this.rooms.fits(room, demand)) best = { demand, price };
      }
      if (!best || !this.budget.spend(demands.length)) return undefined;
      const { demand } = best;
      room = this.rooms
        .place(room, demand)
        .reduce((least, next) => (this.thresholds.of(next)[resource] < this.thresholds.of(least)[resource] ? next : least));
      used.set(demand.index, (used.get(demand.index) ?? 0) + 1);
      steps.push({ demand: demand.index, next: room });
      cost += worth[demand.index]!;
    }
    return { steps, cost };
  }

  /** Whether a room has more to lose than another. */
  private hasMore(room: Room, than: Room, by: "devices" | "memory"): boolean {
    const devices = this.thresholds.of(room).devices - this.thresholds.of(than).devices;
    const memory = room.memoryMb - than.memoryMb;
    return by === "devices" ? devices > 0 || (devices === 0 && memory > 0) : memory > 0 || (memory === 0 && devices > 0);
  }

  /** Everyone who counts wants the same devices, sizes divide, hosts allow all of them, and nothing else can run out. */
  isWorstFitExact(open: readonly Room[], supply: readonly number[]): boolean {
    const { demands, typesOf } = this.rooms;
    const rivals = demands.filter(({ index }) => supply[index]! > 0 && this.thresholds.weights[index]! > 0);
    const all = [...rivals, this.victim];
    const sizes = [...new Set(all.map(({ requests }) => requests.length))].sort((a, b) => a - b);
    const servedBy = (room: Room, { requests }: Demand): string =>
      requests.map((request) => typesOf[request]!.filter((type) => room.free[type]! > 0).join()).join("|");
    return (
      sizes.every((size, index) => size > 0 && (index === 0 || size % sizes[index - 1]! === 0)) &&
      all.every(({ apart }) => apart.length === 0) &&
      open.every((room) => {
        const { memoryMb, cpuMhz } = this.thresholds.of(room);
        const [first] = servedBy(room, this.victim).split("|");
        const same = all.every(
          (demand) =>
            room.allows[demand.index] &&
            servedBy(room, demand)
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
