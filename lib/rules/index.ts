import { Finding, Inventory, Judgement, Plan } from "../model";

/** Every finding of every rule, errors first, then by cluster, resource, rule and message in code-unit order. */
export function findings(plan: Plan, inventory: Inventory, judgement: Judgement): readonly Finding[] {
  void plan, inventory, judgement;
  return [];
}
