import { compareSeverity, Finding } from "../model";
import { Facts } from "./facts/facts";
import { causesOf, Found } from "./facts/causes";
import { fixForReader } from "./words/for-reader";
import { Rule } from "./rule";
import { ruleFailed } from "./rule-failed";

/** What the rules found, sorted. A rule that throws is a finding itself. */
export function findingsOf(rules: readonly Rule[], facts: Facts): readonly Finding[] {
  const found = rules.flatMap((rule) => run(rule, facts));
  return found.map((each) => toFinding(each, found, facts)).sort(compare);
}

function run(rule: Rule, facts: Facts): readonly Found[] {
  try {
    return rule.check(facts).map((hit) => ({ rule, hit }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the rule ${rule.id} failed, so that what it looks for is not known: ${why}`;
    return [{ rule: ruleFailed, hit: { message } }];
  }
}

function toFinding(found: Found, all: readonly Found[], { judgement, plan }: Facts): Finding {
  const { id, severity, explains, fix } = found.rule;
  const { vms: _, ...hit } = found.hit;
  return {
    ...{ rule: id, severity, ...(explains === undefined ? {} : { explains }), ...causesOf(found, all, judgement) },
    ...hit,
    fix: fixForReader(hit.fix ?? fix, hit, plan),
  };
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
