import { Cluster, Plan } from "../../lib/model";
import { Rule } from "../../lib/rules/rule";
import { cluster, inventory } from "./builders";
import { said } from "./run-rule";

/** A plan, what the cluster gpu-prod declares, and what the rule says of them. */
export type Case = readonly [name: string, planned: Plan, declared: Partial<Cluster>, expected: readonly string[]];

/** One test for each case of a rule, where everything is judged to be fine. */
export function table(rule: Rule, cases: readonly Case[]): void {
  describe(rule.id, () => {
    test.each(cases)("%s", (_, planned, declared, expected) => {
      expect(said(rule, { plan: planned, inventory: inventory(cluster(declared)) })).toEqual(expected);
    });
  });
}
