import { Finding, Inventory, Judgement, Plan, RuleDescription } from "../model";
import * as rules from "./catalogue";
import { factsOf } from "./facts/facts";
import { Rule } from "./rule";
import { findingsOf } from "./run";

const RULES: readonly Rule[] = Object.values(rules);

/** Everything that can be found, as people read about it. */
export const CATALOGUE: readonly RuleDescription[] = RULES;

/** A finding of the rule, as the table shows it: that of its fixture. Loaded when asked for: no check needs it. */
export function exampleOf({ id }: RuleDescription): string {
  const examples: Readonly<Record<string, string>> = require("./examples.json") as typeof import("./examples.json");
  return examples[id] ?? "";
}

/** Every finding of every rule, errors first, then by cluster, resource, rule and message in code-unit order. */
export function findings(plan: Plan, inventory: Inventory, judgement: Judgement): readonly Finding[] {
  return findingsOf(RULES, factsOf(plan, inventory, judgement));
}
