import { Inventory, Judgement, Plan } from "../model";
import { judgeClusters } from "./judge";
import { JudgeOptions } from "./compile/judge-options";

export type { JudgeOptions } from "./compile/judge-options";

/** Judges a plan against an inventory (semantics, sections 2 to 7): pure, deterministic, no clock. */
export function judge(plan: Plan, inventory: Inventory, options: JudgeOptions = {}): Judgement {
  return { clusters: judgeClusters(plan, inventory, options) };
}
