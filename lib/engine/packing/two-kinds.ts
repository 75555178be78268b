import { Thresholds } from "./thresholds";
import { Demand, Bin, Bins } from "./bins";
import { Budget } from "./budget";

/** Hosts that are to be closed with these VMs, counted by demand. */
export interface Part {
  readonly slots: readonly number[];
  readonly supply: readonly number[];
}

/**
 * Hosts of two kinds, such as labelled and unlabelled ones: some VMs can be on one kind only, others on either. Where sizes
 * divide and nothing but devices can run out, a kind can be closed with some VMs if and only if worst fit closes it, so what is
 * looked for is a division of those that can be on either. Undefined where the hosts are not of this sort.
 */
export function divide(
  bins: Bins,
  victim: Demand,
  thresholds: Thresholds,
  question: { readonly open: readonly number[]; readonly hosts: readonly Bin[]; readonly supply: readonly number[] },
  budget: Budget,
): readonly [Part, Part] | "never" | "open" | undefined {
  const { supply } = question;
  const rivals = bins.demands.filter(({ index }) => supply[index]! > 0 && thresholds.weights[index]! > 0);
  const kinds = kindsOf(bins, victim, thresholds, rivals, question);
  if (!kinds) return undefined;
  const [first, second] = kinds.map(({ slots, takes }): Kind => {
    const free: number[] = [];
    for (const slot of slots) {
      const count = thresholds.of(question.hosts[slot]!).devices + victim.requests.length - 1;
      free[count] = (free[count] ?? 0) + 1;
    }
    return { slots, takes, free };
  });
  if (!first || !second) return undefined;
  const count = (of: readonly Demand[]): Counts => {
    const counts: number[] = [];
    for (const { index, requests } of of) counts[requests.length] = (counts[requests.length] ?? 0) + supply[index]!;
    return counts;
  };
  const either = rivals.filter(({ index }) => first.takes.has(index) && second.takes.has(index));
  const own = [first, second].map(({ takes }) => count(rivals.filter((demand) => takes.has(demand.index) && !either.includes(demand)))) as [
    Counts,
    Counts,
  ];
  const all = count(either);
  const division = divisionOf({ free: [first.free, second.free], own, either: all, smallest: victim.requests.length }, budget);
  if (typeof division === "string") return division;
  const given = takeFrom(either, supply, division);
  const part = ({ slots, takes }: Kind, share: (count: number, index: number) => number): Part => {
    return { slots, supply: supply.map((number, index) => (takes.has(index) ? share(number, index) : 0)) };
  };
  return [part(first, (number, index) => given[index] ?? number), part(second, (number, index) => number - (given[index] ?? 0))];
}

interface Kind {
  readonly slots: readonly number[];
  /** Demands that can be on these hosts, by index. */
  readonly takes: ReadonlySet<number>;
  /** By number of free devices: how many hosts. */
  readonly free: Counts;
}

/** How many of something of each size; sizes that are not there are holes. */
type Counts = readonly (number | undefined)[];

function kindsOf(
  bins: Bins,
  victim: Demand,
  thresholds: Thresholds,
  rivals: readonly Demand[],
  { open, hosts }: { readonly open: readonly number[]; readonly hosts: readonly Bin[] },
): readonly { readonly slots: readonly number[]; readonly takes: ReadonlySet<number> }[] | undefined {
  const all = [...rivals, victim];
  const sizes = [...new Set(all.map(({ requests }) => requests.length))].sort((a, b) => a - b);
  const divides = sizes.every((size, index) => size > 0 && (index === 0 || size % sizes[index - 1]! === 0));
  if (!divides || all.some(({ apart }) => apart.length > 0)) return undefined;
  const kinds = new Map<string, { slots: number[]; takes: ReadonlySet<number> }>();
  const known = new Map<Bin, string>();
  for (const slot of open) {
    const bin = hosts[slot]!;
    const key = known.get(bin) ?? keyOf(bins, victim, thresholds, rivals, bin);
    if (key === undefined) return undefined;
    known.set(bin, key);
    const kind = kinds.get(key);
    if (kind) kind.slots.push(slot);
    else kinds.set(key, { slots: [slot], takes: new Set(rivals.flatMap(({ index }, at) => (key[at] === "1" ? [index] : []))) });
  }
  return kinds.size === 2 ? [...kinds.values()] : undefined;
}

/** Which of the rivals can be in the bin: each on the devices that the victim could have, or not at all. Undefined where it is neither. */
function keyOf(bins: Bins, victim: Demand, thresholds: Thresholds, rivals: readonly Demand[], bin: Bin): string | undefined {
  const { memoryMb, cpuMhz } = thresholds.of(bin);
  if (memoryMb !== Infinity || cpuMhz !== Infinity) return undefined;
  const typesOf = ({ requests }: Demand): string | undefined => {
    const each = new Set(requests.map((request) => bins.typesOf[request]!.filter((type) => bin.free[type]! > 0).join()));
    return each.size === 1 ? [...each][0] : undefined;
  };
  const wanted = typesOf(victim);
  if (wanted === undefined) return undefined;
  let key = "";
  for (const rival of rivals) {
    const types = typesOf(rival);
    if (types !== wanted && types !== "") return undefined;
    key += types === wanted && bin.allows[rival.index] ? "1" : "0";
  }
  return key;
}

interface Question {
  /** Of the two kinds: hosts by free devices, and VMs by size that can be on these only. */
  readonly free: readonly [Counts, Counts];
  readonly own: readonly [Counts, Counts];
  /** VMs by size that can be on either. */
  readonly either: Counts;
  /** A host with fewer free devices is closed. */
  readonly smallest: number;
}

/** By size: how many of those that can be on either are on the first kind, so that both are closed. */
function divisionOf({ free, own, either, smallest }: Question, budget: Budget): Counts | "never" | "open" {
  const sizes = either.flatMap((count, size) => (count === undefined ? [] : [size])).reverse();
  const least = sizes.at(-1);
  const given: number[] = [];
  for (const size of sizes) given[size] = 0;
  let open = false;
  const covers = (kind: 0 | 1, more: (size: number) => number): boolean => {
    if (!budget.spend(1)) open = true;
    return closes(free[kind], (size) => (own[kind][size] ?? 0) + more(size), smallest);
  };
  const toSecond = (size: number): number => (either[size] ?? 0) - (given[size] ?? 0);
  const search = (at: number): boolean => {
    // With more for the first, there is less for the second; and what is not decided yet could all go to the first.
    const undecided = new Set(sizes.slice(at));
    if (open || !covers(1, toSecond) || !covers(0, (size) => (undecided.has(size) ? either[size]! : (given[size] ?? 0)))) return false;
    if (least === undefined) return true;
    if (at < sizes.length - 1) {
      for (given[sizes[at]!] = 0; given[sizes[at]!]! <= either[sizes[at]!]!; given[sizes[at]!]!++) {
        if (search(at + 1)) return true;
        if (open) return false;
      }
      given[sizes[at]!] = 0;
      return false;
    }
    // As few of the smallest as will do.
    let [low, high] = [0, either[least]!];
    while (low < high) {
      given[least] = Math.floor((low + high) / 2);
      if (covers(0, (size) => given[size] ?? 0)) high = given[least];
      else low = given[least] + 1;
    }
    given[least] = low;
    if (covers(1, toSecond)) return !open;
    given[least] = 0;
    return false;
  };
  if (search(0)) return given;
  return open ? "open" : "never";
}

/**
 * Worst fit: the largest first, each on the host with most free, until none has `smallest` free. It closes the hosts if anything
 * does, where sizes divide: an exchange argument turns any way into this one.
 */
function closes(hosts: Counts, itemsOf: (size: number) => number, smallest: number): boolean {
  const free = Array.from(hosts, (count) => count ?? 0);
  let most = free.length - 1;
  for (let size = most; size > 0; size--) {
    for (let left = itemsOf(size); left > 0; left--) {
      while (most >= smallest && free[most] === 0) most--;
      if (most < smallest) return true;
      if (most < size) break;
      free[most]!--;
      free[most - size]!++;
    }
  }
  while (most >= smallest && free[most] === 0) most--;
  return most < smallest;
}

/** By demand: who of them are the given numbers of each size. */
function takeFrom(either: readonly Demand[], supply: readonly number[], division: Counts): readonly (number | undefined)[] {
  const left = [...division];
  const taken: number[] = [];
  for (const { index, requests } of either) {
    const count = Math.min(supply[index]!, left[requests.length] ?? 0);
    taken[index] = count;
    left[requests.length] = (left[requests.length] ?? 0) - count;
  }
  return taken;
}
