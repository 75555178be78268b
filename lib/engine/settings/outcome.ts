import { Cluster } from "../../model";

export type Effect = (cluster: Cluster) => Cluster;

/** One way in which a change can go. What it leaves as it was is the same object. */
export interface Outcome {
  /** The cluster that VMs see which power on after it. */
  readonly atPowerOn: Effect;
  /** The cluster as it is when the plan is done; DRS decides nothing any more by then. */
  readonly atEnd: Effect;
}

/** What a change of the plan (O9) does to one cluster. */
export type Outcomes =
  | { readonly kind: "nothing" }
  /** It can't be followed; `whom`: it matters only where one of these powers on, or runs (absent: always). */
  | { readonly kind: "unknown"; readonly why: string; readonly whom?: Concern }
  /** `onlyIfBest`: why the outcomes stand for all others where every VM starts in each, and else for nothing. */
  | {
      readonly kind: "known";
      readonly outcomes: readonly Outcome[];
      readonly whom: Concern;
      readonly how?: "takes hosts" | "sets DRS";
      readonly onlyIfBest?: string;
    };

/** Whose power-on the change is about. */
export type Concern =
  | { readonly of: "everyone" }
  /** By id or name. */
  | { readonly of: "named"; readonly vms: ReadonlySet<string> }
  | { readonly of: "pools"; readonly pools: ReadonlySet<string> }
  /** Those that exist already. */
  | { readonly of: "existing" }
  | { readonly of: "nobody" };

export const NOTHING: Outcomes = { kind: "nothing" };

export function always(effect: Effect): Outcome {
  return { atPowerOn: effect, atEnd: effect };
}

/** Without the outcomes that change nothing of the cluster, where all do. */
export function unlessNothing(declared: Cluster, found: Outcomes): Outcomes {
  if (found.kind !== "known") return found;
  const isNothing = found.outcomes.every(({ atPowerOn, atEnd }) => atPowerOn(declared) === declared && atEnd(declared) === declared);
  return isNothing ? NOTHING : found;
}
