import { Finding, PlanNote, Severity } from "../model";
import { Facts } from "./facts/facts";
import { Rule } from "./rule";

/** What the rules and the readers of the plan found, sorted. A rule that throws is a finding itself. */
export function findingsOf(rules: readonly Rule[], facts: Facts): readonly Finding[] {
  return [...rules.flatMap((rule) => run(rule, facts)), ...facts.plan.notes.map(fromNote)].sort(compare);
}

function run(rule: Rule, facts: Facts): readonly Finding[] {
  const { id, severity, fix } = rule;
  try {
    return rule.check(facts).map((hit) => ({ rule: id, severity, fix, ...hit }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the rule ${id} failed, so that what it looks for is not known: ${why}`;
    return [{ rule: "rule-failed", severity: "error", message, fix: "this is a bug of passthru: report it with the input that shows it" }];
  }
}

function fromNote({ rule, severity, resource, source, message, fix }: PlanNote): Finding {
  return { rule, severity, ...(resource === undefined ? {} : { resource }), source, message, ...(fix === undefined ? {} : { fix }) };
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function compare(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return RANK[a.severity] - RANK[b.severity];
  return (
    byCodeUnit(a.cluster ?? "", b.cluster ?? "") ||
    byCodeUnit(a.resource ?? "", b.resource ?? "") ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.message, b.message)
  );
}

function byCodeUnit(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
