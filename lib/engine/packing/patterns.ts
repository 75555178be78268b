import { Budget } from "./budget";
import { Demand, Bin, Bins } from "./bins";

/** VMs together on one host. */
export interface Pattern {
  /** The VMs in the order of their demands, each with what is left once it is there. */
  readonly assignments: readonly { readonly demand: number; readonly next: Bin }[];
  /** By demand: how many; only those that are there. */
  readonly counts: readonly (readonly [demand: number, count: number])[];
  readonly rest: Bin;
}

/**
 * The ways to close a bin to a victim with VMs from `supply`, each with no more than it takes: it stops as soon as the victim
 * does not fit any more. Undefined where there are more than `most`, or the limit is reached.
 */
export function closings(
  bins: Bins,
  bin: Bin,
  victim: Demand,
  supply: readonly number[],
  most: number,
  budget: Budget,
): Pattern[] | undefined {
  return walk(bins, bin, supply, most, budget, (rest) => (bins.fits(rest, victim) ? "on" : "end"));
}

/** The ways to fill a bin with VMs from `supply` so that no more of them fits; one with nothing where nothing fits. */
export function fillings(bins: Bins, bin: Bin, supply: readonly number[], most: number, budget: Budget): Pattern[] | undefined {
  return walk(bins, bin, supply, most, budget, (rest, left) => {
    return bins.demands.some(({ index }) => left[index]! > 0 && bins.fits(rest, bins.demands[index]!)) ? "on" : "end";
  });
}

function walk(
  bins: Bins,
  bin: Bin,
  supply: readonly number[],
  most: number,
  budget: Budget,
  at: (rest: Bin, left: readonly number[]) => "on" | "end",
): Pattern[] | undefined {
  const found: Pattern[] = [];
  const left = [...supply];
  const assignments: Pattern["assignments"][number][] = [];
  const seen = new Set<string>();
  const step = (rest: Bin, from: number): boolean => {
    if (at(rest, left) === "end") {
      found.push({ assignments: [...assignments], counts: countsOf(assignments), rest });
      return found.length <= most;
    }
    for (let demand = from; demand < left.length; demand++) {
      if (left[demand] === 0) continue;
      for (const next of bins.place(rest, bins.demands[demand]!)) {
        left[demand]!--;
        assignments.push({ demand, next });
        const key = `${next.id}|${assignments.map((assignment) => assignment.demand).join()}`;
        const goesOn = seen.has(key) || (budget.spend(1) && (seen.add(key), step(next, demand)));
        assignments.pop();
        left[demand]!++;
        if (!goesOn) return false;
      }
    }
    return true;
  };
  return step(bin, 0) ? found : undefined;
}

function countsOf(assignments: Pattern["assignments"]): Pattern["counts"] {
  const counts = new Map<number, number>();
  for (const { demand } of assignments) counts.set(demand, (counts.get(demand) ?? 0) + 1);
  return [...counts];
}
