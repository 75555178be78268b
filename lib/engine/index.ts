import { Inventory, Judgement, Plan } from "../model";
import { judgeClusters } from "./judge";

export interface JudgeOptions {
  /** `-n`: host failures to tolerate, in place of the inventory's; never changes admission control. */
  readonly hostFailures?: number;
  /** Limit on the search, counted in states looked at, for each cluster. */
  readonly maxWork?: number;
}

/** Judges a plan against an inventory (semantics, sections 2 to 7): pure, deterministic, no clock. */
export function judge(plan: Plan, inventory: Inventory, options: JudgeOptions = {}): Judgement {
  return { clusters: judgeClusters(plan, inventory, options) };
}
