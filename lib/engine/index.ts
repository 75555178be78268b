import { Inventory, Plan } from "../model";
import { JudgeOptions } from "./compile/judge-options";
import { Prepared } from "./prepared";

export type { Change, DeviceChangeAsked, HostChange, VmChange } from "./changes/change";
export type { JudgeOptions } from "./compile/judge-options";
export type { VmSpec } from "./constraints/vm-spec";
export type { Eligibility, HostEligibility } from "./host-eligibility";
export { judge } from "./judge";
export type { Prepared, PreparedCluster, RunningSpec } from "./prepared";

/** Makes the question of each cluster: what happens, what is in force, equal things merged. Nothing is judged yet. */
export function prepare(plan: Plan, inventory: Inventory, options: JudgeOptions = {}): Prepared {
  return new Prepared(plan, inventory, options);
}
