import { Bin, Bins } from "./bins";

/** One VM that is put on a host, and what is left there then. */
export interface Assignment {
  readonly slot: number;
  readonly demand: number;
  readonly next: Bin;
}

/** Shown by where everything is, proved never to be, or open: a limit was reached. */
export type Answer =
  { readonly kind: "shown"; readonly assignments: readonly Assignment[] } | { readonly kind: "never" } | { readonly kind: "open" };

/** Some of the assignments, each on the same devices, as if the others were not there. */
export function only(bins: Bins, hosts: readonly Bin[], assignments: readonly Assignment[], kept: ReadonlySet<Assignment>): Assignment[] {
  const all = [...hosts];
  const alone = [...hosts];
  return assignments.flatMap((assignment) => {
    const { slot, demand, next } = assignment;
    const takes = next.free.map((count, type) => all[slot]!.free[type]! - count);
    all[slot] = next;
    if (!kept.has(assignment)) return [];
    const { free } = alone[slot]!;
    alone[slot] = bins
      .place(alone[slot]!, bins.demands[demand]!)
      .find((bin) => bin.free.every((count, type) => free[type]! - count === takes[type]))!;
    return [{ slot, demand, next: alone[slot] }];
  });
}
