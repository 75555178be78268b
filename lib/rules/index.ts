import { Finding, Inventory, Judgement, Plan } from "../model";
import { RULES } from "./catalogue";
import { factsOf } from "./facts/facts";
import { findingsOf } from "./run";

export { CATALOGUE } from "./catalogue";

/** Every finding of every rule, errors first, then by cluster, resource, rule and message in code-unit order. */
export function findings(plan: Plan, inventory: Inventory, judgement: Judgement): readonly Finding[] {
  return findingsOf(RULES, factsOf(plan, inventory, judgement));
}
