import { judge as judgePrepared, JudgeOptions, prepare } from "../../lib/engine";
import { Inventory, Judgement, Plan } from "../../lib/model";

/** From plan and inventory to judgement. */
export function judge(plan: Plan, inventory: Inventory, options: JudgeOptions = {}): Judgement {
  return judgePrepared(prepare(plan, inventory, options));
}
