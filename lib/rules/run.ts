import { compareSeverity, Finding } from "../model";
import { Facts } from "./facts/facts";
import { Hit, Rule } from "./rule";
import { ruleFailed } from "./rule-failed";

/** What the rules found, sorted. A rule that throws is a finding itself. */
export function findingsOf(rules: readonly Rule[], facts: Facts): readonly Finding[] {
  return rules.flatMap((rule) => run(rule, facts)).sort(compare);
}

function run(rule: Rule, facts: Facts): readonly Finding[] {
  try {
    return rule.check(facts).map((hit) => toFinding(rule, hit));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [toFinding(ruleFailed, { message: `the rule ${rule.id} failed, so that what it looks for is not known: ${why}` })];
  }
}

function toFinding({ id, severity, explains, fix }: Rule, hit: Hit): Finding {
  return { rule: id, severity, ...(explains === undefined ? {} : { explains }), fix, ...hit };
}

function compare(a: Finding, b: Finding): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    byCodeUnit(a.cluster ?? "", b.cluster ?? "") ||
    byCodeUnit(a.resource ?? "", b.resource ?? "") ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.message, b.message)
  );
}

function byCodeUnit(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
