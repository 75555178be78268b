import { Finding, Inventory, Judgement, Plan } from "../../lib/model";
import { factsOf } from "../../lib/rules/facts/facts";
import { Rule } from "../../lib/rules/rule";
import { findingsOf } from "../../lib/rules/run";
import { cluster, clusterJudgement, inventory, judgement, plan } from "./builders";

export interface Inputs {
  readonly plan?: Plan;
  readonly inventory?: Inventory;
  readonly judgement?: Judgement;
}

/** What one rule finds; by default nothing is planned in one empty cluster, and everything is fine. */
export function run(rule: Rule, inputs: Inputs): readonly Finding[] {
  const { plan: planned = plan(), inventory: declared = inventory(cluster()), judgement: judged = judgement(clusterJudgement()) } = inputs;
  return findingsOf([rule], factsOf(planned, declared, judged));
}

/** `error a: message`, one for each finding; the resource is left out where there is none. */
export function said(rule: Rule, inputs: Inputs): readonly string[] {
  return run(rule, inputs).map(({ severity, resource, message }) => [severity, resource].filter(Boolean).join(" ") + `: ${message}`);
}
