import { Inventory, Judgement, Plan } from "../model";
import { judgeClusters } from "./judge";
import { JudgeOptions } from "./options";

export type { JudgeOptions } from "./options";

/** Judges a plan against an inventory (semantics, sections 2 to 7): pure, deterministic, no clock. */
export function judge(plan: Plan, inventory: Inventory, options: JudgeOptions = {}): Judgement {
  return { clusters: judgeClusters(plan, inventory, options) };
}
