import { Room, Rooms } from "../rooms";
import { Threshold, Thresholds } from "./thresholds";

/**
 * A proof that nothing can keep a VM out is a price list: every VM that may stand in its way is worth something, and to keep
 * one host closed takes VMs that are worth at least `need` together. What all of them are worth less than all hosts need: some
 * host stays open. Both sides are sums over hosts, so the same list speaks about every failure at once.
 */
export interface PriceList {
  /** By demand. */
  readonly worth: readonly number[];
  /** What VMs that close the room are worth at least; 0 where it is closed already. */
  readonly need: (room: Room) => number;
}

/** How many different exchange rates between devices and memory (or CPU) are tried. */
const RATES = 10;

/**
 * The price lists that are tried: an item of s devices is worth ceil(s / j), and so is the threshold of t devices worth
 * ceil(t / j), because ceil is subadditive (j-bounds); what an item takes of memory and CPU is worth that much at some rate.
 * A room is closed by devices, by memory or by CPU: its need is the least of the three.
 */
export function priceLists(rooms: Rooms, thresholds: Thresholds, open: readonly Room[]): PriceList[] {
  const { weights, victim } = thresholds;
  const units = [...new Set([1, ...weights.filter((weight) => weight > 0)])];
  const rates = (resource: "memoryMb" | "cpuMhz"): readonly number[] => ratesOf(open.map((room) => thresholds.of(room)), resource);
  const [memoryRates, cpuRates] = [rates("memoryMb"), rates("cpuMhz")];
  const lists: PriceList[] = [];
  for (const unit of units) {
    for (const memoryRate of memoryRates) {
      for (const cpuRate of cpuRates) {
        // The rates are those of single devices: a larger unit makes each of them worth less.
        const [memory, cpu] = [memoryRate / unit, cpuRate / unit];
        const worth = rooms.demands.map(({ index, memoryMb, cpuMhz }) => Math.ceil(weights[index]! / unit) + memory * memoryMb + cpu * cpuMhz);
        const mates = rooms.demands.filter(({ apart }) => apart.some((rule) => victim.apart.includes(rule)));
        const mate = Math.min(...mates.map(({ index }) => worth[index]!));
        lists.push({ worth, need: (room) => needOf(thresholds.of(room), { unit, memory, cpu, mate }) });
      }
    }
  }
  return lists;
}

function needOf(threshold: Threshold, { unit, memory, cpu, mate }: { unit: number; memory: number; cpu: number; mate: number }): number {
  const { devices, memoryMb, cpuMhz } = threshold;
  if (devices === 0) return 0;
  const need = Math.min(Math.ceil(devices / unit), priced(memoryMb, memory), priced(cpuMhz, cpu), threshold.mate ? mate : Infinity);
  return need;
}

function priced(amount: number, rate: number): number {
  return amount === Infinity ? Infinity : amount * rate;
}

/** Rates at which a room's threshold in devices is worth its threshold in the resource; 0 where it can't run out anywhere. */
function ratesOf(thresholds: readonly Threshold[], resource: "memoryMb" | "cpuMhz"): readonly number[] {
  const closing = thresholds.filter((threshold) => threshold.devices > 0 && threshold[resource] !== Infinity);
  if (closing.length === 0) return [0];
  const rates = closing.map((threshold) => (threshold.devices === Infinity ? 1 : threshold.devices) / Math.max(threshold[resource], Number.MIN_VALUE));
  const sorted = [...new Set(rates)].sort((a, b) => a - b);
  const step = Math.max(1, sorted.length / RATES);
  return Array.from({ length: Math.min(RATES, sorted.length) }, (_, index) => sorted[Math.floor(index * step)]!).concat(sorted.at(-1)!);
}
