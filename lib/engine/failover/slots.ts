import { RestartInstance, countsOf, together } from "./restart-instance";
import { ItemCount, Demand, Bin, Bins } from "../packing/bins";

/** Devices that some VMs are confined to, counted by the sizes that those ask for. */
export interface Pool {
  readonly types: ReadonlySet<number>;
  /** By demand: its size where it is confined to the pool, else 0. */
  readonly sizes: readonly number[];
}

/** One pool for each set of types that the only kind of request of some demand names. */
export function poolsOf({ demands, typesOf }: Bins, wanted: readonly Demand[]): Pool[] {
  const pools = new Map<string, Pool>();
  for (const { requests } of wanted) {
    const [first] = requests;
    if (first === undefined) continue;
    const types = new Set(typesOf[first]);
    const key = [...types].join();
    if (pools.has(key) || requests.some((request) => typesOf[request]!.join() !== key)) continue;
    const isConfined = (request: number): boolean => typesOf[request]!.every((type) => types.has(type));
    pools.set(key, { types, sizes: demands.map((demand) => (demand.requests.every(isConfined) ? demand.requests.length : 0)) });
  }
  return [...pools.values()];
}

export function freeIn({ free }: Bin, { types }: Pool): number {
  let count = 0;
  for (const type of types) count += free[type]!;
  return count;
}

/** The largest power of two that is not larger: VMs made smaller are easier to place, so what is impossible for them is impossible. */
function roundedDown(size: number): number {
  return 2 ** Math.floor(Math.log2(size));
}

/**
 * True only if, wherever the batch is, some failure of `failures` hosts leaves a VM off in every order.
 *
 * For one pool and a size k, count slots of k devices. A VM of k or more takes or claims size / k of them wherever it is: a
 * host's share (what its protected VMs claim, and its free slots) does not change when VMs of the batch are put there. Only smaller
 * VMs destroy slots, at least as many as they need beyond what hosts have left over anyway; and unprotected VMs take
 * slots that they don't claim back. Both lower shares by one for each slot, and the hosts with the largest shares, lowered
 * as far as that goes, still have more than the survivors would have slots.
 */
export function alwaysFails({ bins, hosts, usable, running, batch, everyone }: RestartInstance, failures: number): boolean {
  const claims = countsOf(bins, batch);
  return poolsOf(bins, bins.demands).some((pool) => {
    const sizes = pool.sizes.map((size) => (size === 0 ? 0 : roundedDown(size)));
    const free = usable.map((slot) => freeIn(hosts[slot]!, pool));
    const lost = usable.map((slot) => countsOf(bins, running[slot]!));
    return [...new Set(sizes)]
      .filter((size) => size > 0)
      .some((size) => {
        const units = (counts: readonly number[]): number =>
          counts.reduce((sum, count, demand) => sum + (sizes[demand]! >= size ? (count * sizes[demand]!) / size : 0), 0);
        const destroyed = destroyedSlots(free, everyone, sizes, size);
        const taken = units(everyone);
        const slots = free.map((count) => Math.floor(count / size));
        const shares = slots.map((count, at) => count + units(lost[at]!));
        const spare = slots.reduce((sum, count) => sum + count, 0) - taken - destroyed;
        return lowestTop(shares, slots, failures, destroyed + taken - units(claims)) > spare;
      });
  });
}

/** The fewest slots of `size` that the smaller ones of the batch destroy: what they need beyond the hosts' remainders. */
function destroyedSlots(free: readonly number[], batch: readonly number[], sizes: readonly number[], size: number): number {
  let destroyed = 0;
  for (let unit = 1; unit < size; unit *= 2) {
    const needed = batch.reduce(
      (sum, count, demand) => sum + (sizes[demand]! >= unit && sizes[demand]! < size ? (count * sizes[demand]!) / unit : 0),
      0,
    );
    const left = free.reduce((sum, count) => sum + Math.floor((count % size) / unit), 0);
    destroyed = Math.max(destroyed, Math.ceil(((needed - left) * unit) / size));
  }
  return destroyed;
}

/** The sum of the `count` largest shares after lowering shares by `units` in all, each by at most its `headroom`, so that the sum is least. */
function lowestTop(shares: readonly number[], headroom: readonly number[], count: number, units: number): number {
  let least = Infinity;
  for (let level = Math.max(0, ...shares); level >= 0; level--) {
    let above = 0;
    let lowered = 0;
    shares.forEach((share, at) => {
      above += Math.max(0, share - level);
      lowered += Math.min(headroom[at]!, Math.max(0, share - level));
    });
    least = Math.min(least, count * level + above - Math.min(units, lowered));
  }
  return least;
}

/** The smallest power of two that is not smaller: VMs made larger are harder to place, so what they fit, they fit. */
function roundedUp(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}

/** A count of slots that must not run out: while it does not, for any size of any pool, the VMs of a failure all fit. */
export interface SlotCount {
  /** By slot: what its VMs claim and what is free there. */
  readonly shares: readonly number[];
  readonly total: number;
}

/** Whether it does not run out, whichever `failures` hosts fail. */
export function isEnough({ shares, total }: SlotCount, failures: number, usable: readonly number[]): boolean {
  const sorted = usable.map((slot) => shares[slot]!).sort((a, b) => b - a);
  return sorted.slice(0, failures).reduce((sum, share) => sum + share, 0) <= total;
}

/**
 * Enough, where it answers: each pool has types of its own, VMs of a pool ask for sizes that are (or are rounded up to) powers of
 * two, and no host has more devices counted than its CPU and memory can carry with the hungriest VMs. Then the
 * inequalities of semantics, section 6, for each size of each pool say that everything fits. Undefined where VMs take no device, or
 * rules keep some apart, or hosts allow some and not others.
 */
export function slotCounts({ bins, hosts, usable, running, batch }: RestartInstance): SlotCount[] | undefined {
  const wanted = [...new Set(together([...running, batch]).map(({ demand }) => demand))];
  const served = (bin: Bin, pool: Pool): boolean => freeIn(bin, pool) > 0;
  const pools = poolsOf(bins, wanted).sort((a, b) => a.types.size - b.types.size);
  const own = new Map<Pool, ReadonlySet<number>>();
  const used = new Set<number>();
  for (const pool of pools) {
    own.set(pool, new Set([...pool.types].filter((type) => !used.has(type))));
    for (const type of pool.types) used.add(type);
  }
  const poolOf = wanted.map((demand) => pools.find((pool) => demand.requests.length > 0 && sameTypes(bins, demand, pool)));
  if (poolOf.some((pool) => !pool) || wanted.some(({ apart }) => apart.length > 0)) return undefined;
  const allows = (bin: Bin, pool: Pool): boolean => wanted.every(({ index }, at) => poolOf[at] !== pool || bin.allows[index]);
  const densest = (resource: "memoryMb" | "cpuMhz"): number =>
    Math.max(0, ...wanted.map((demand) => demand[resource] / demand.requests.length));
  const [memory, cpu] = [densest("memoryMb"), densest("cpuMhz")];
  const carried = usable.map((slot) => {
    const bin = hosts[slot]!;
    let left = Math.min(memory > 0 ? Math.floor(bin.memoryMb / memory) : Infinity, cpu > 0 ? Math.floor(bin.cpuMhz / cpu) : Infinity);
    return new Map(
      pools.map((pool) => {
        const free = allows(bin, pool) && served(bin, pool) ? freeIn(bin, { ...pool, types: own.get(pool)! }) : 0;
        const count = Math.min(free, left);
        left -= count;
        return [pool, count] as const;
      }),
    );
  });
  return pools.flatMap((pool) => {
    const sizes = bins.demands.map(({ index }) =>
      poolOf[wanted.findIndex((demand) => demand.index === index)] === pool ? roundedUp(bins.demands[index]!.requests.length) : 0,
    );
    return [...new Set(sizes)]
      .filter((size) => size > 0)
      .map((size): SlotCount => {
        const shares = hosts.map(() => 0);
        let total = 0;
        usable.forEach((slot, at) => {
          const free = Math.floor(carried[at]!.get(pool)! / size);
          const claimed = running[slot]!.reduce(
            (sum, { demand, count }: ItemCount) => sum + (sizes[demand.index]! >= size ? (count * sizes[demand.index]!) / size : 0),
            0,
          );
          shares[slot] = free + claimed;
          total += free;
        });
        return { shares, total };
      });
  });
}

function sameTypes({ typesOf }: Bins, { requests }: Demand, { types }: Pool): boolean {
  return requests.every((request) => typesOf[request]!.length === types.size && typesOf[request]!.every((type) => types.has(type)));
}
