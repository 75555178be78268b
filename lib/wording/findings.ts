import { Finding, listing, PowerOn, Report, SEVERITIES, Severity } from "../model";
import { Names } from "./names";

/** So many findings of one rule are told, equal ones counted once. */
const SHOWN_OF_A_RULE = 10;

/** A finding as it is told, with those that say the same of something else. */
export interface ToldFinding extends ToldConsequence {
  /** Of it and its consequences the most severe. */
  readonly severity: Severity;
  /** Its rule, and those of its consequences. */
  readonly rules: readonly string[];
  /** What comes of it, where a finding says that: told beside it, not by itself. */
  readonly consequences: readonly ToldConsequence[];
  /** What to do, in the order in which it helps. */
  readonly fixes: readonly string[];
}

export interface ToldConsequence {
  readonly finding: Finding;
  /** What it is about, in prose; empty where it is about no VM and no cluster. */
  readonly subject: string;
  /** `the same for train-2 and train-3` */
  readonly also?: string;
  /** `suppressed: known and accepted` */
  readonly suppressed?: string;
  /** Of the clusters whose power-on verdict it explains: each has a sequence that leaves VMs off. */
  readonly witnesses: readonly PowerOn[];
}

/**
 * What to mend and to know: in the report's order, but a cause before what comes of it; and what is left out:
 * `and 7 more label-near-miss (…)`.
 */
export function findingsInWords(
  report: Report,
  names: Names,
): { readonly told: readonly ToldFinding[]; readonly leftOut: readonly string[] } {
  const groups = foldEqual(report.findings, names);
  const causes = new Map(groups.map((group) => [group, causeOf(group, groups)] as const));
  const inOrder = [...new Set(groups.map((group) => causes.get(group) ?? group))];
  const seen = new Map<string, number>();
  const isShown = ([{ rule }]: Group): boolean => {
    const nth = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, nth);
    return nth <= SHOWN_OF_A_RULE;
  };
  const witnesses = witnessesOf(report);
  const told = inOrder.filter(isShown).map((group) => {
    const consequences = groups.filter((other) => causes.get(other) === group).filter(isShown);
    return withConsequences(
      tell(group, names, witnesses),
      consequences.map((each) => tell(each, names, witnesses)),
    );
  });
  const hidden = [...seen].filter(([, amount]) => amount > SHOWN_OF_A_RULE);
  return { told, leftOut: hidden.map(([rule, amount]) => `and ${amount - SHOWN_OF_A_RULE} more ${rule} (all of them: --format json)`) };
}

function tell([finding, ...others]: Group, names: Names, witnesses: ReadonlyMap<Finding, PowerOn>): ToldConsequence {
  return {
    finding,
    subject: subjectOf(finding, names),
    ...(others.length === 0 ? {} : { also: `the same for ${listing(others.map((other) => subjectOf(other, names)))}` }),
    ...(finding.suppressed === undefined ? {} : { suppressed: `suppressed: ${finding.suppressed.reason}` }),
    witnesses: [finding, ...others].flatMap((each) => witnesses.get(each) ?? []),
  };
}

function withConsequences(cause: ToldConsequence, consequences: readonly ToldConsequence[]): ToldFinding {
  const findings = [cause, ...consequences].map(({ finding }) => finding);
  const severity = SEVERITIES.find((each) => findings.some((finding) => finding.severity === each)) ?? cause.finding.severity;
  // Where the cause is a circumstance, and no mistake, there is another way out: the last consequence speaks of one VM, or of a failure.
  const mending = cause.finding.severity === "note" ? [cause.finding, ...findings.slice(-1)] : [cause.finding];
  return {
    ...cause,
    severity,
    rules: [...new Set(findings.map(({ rule }) => rule))],
    consequences,
    fixes: [...new Set(mending.flatMap(({ fix }) => fix ?? []))],
  };
}

/** The first group that says why what this one says is so. */
function causeOf([{ because, cluster, resource }]: Group, groups: readonly Group[]): Group | undefined {
  if (because === undefined) return undefined;
  return groups.find(([cause, ...alike]) => {
    if (!because.includes(cause.rule) || (cause.cluster ?? cluster) !== cluster) return false;
    return resource === undefined || cause.resource === undefined || [cause, ...alike].some((each) => each.resource === resource);
  });
}

type Group = [Finding, ...Finding[]];

/** Findings that differ in nothing but what they are about, in the order of the first of each. */
function foldEqual(findings: readonly Finding[], names: Names): readonly Group[] {
  const groups = new Map<string, Group>();
  findings.forEach((finding, index) => {
    const { rule, severity, because, cluster, message, fix, suppressed, resource } = finding;
    const about = subjectOf(finding, names);
    const said = message.startsWith(`${about} `) ? message.slice(about.length) : message;
    const key = JSON.stringify([rule, severity, because, cluster, said, fix, suppressed, resource === undefined ? index : ""]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  });
  return [...groups.values()];
}

function subjectOf({ resource, cluster }: Finding, names: Names): string {
  return resource === undefined ? (cluster ?? "") : names.vm(resource);
}

/** Each cluster's failing sequence, by the finding about the VM that is refused first in it, else by the first that explains the verdict. */
function witnessesOf({ clusters, findings }: Report): ReadonlyMap<Finding, PowerOn> {
  const witnesses = new Map<Finding, PowerOn>();
  for (const { name, powerOn } of clusters) {
    // Of what is not known, many findings say the reason, and a sequence shows none of them.
    if (powerOn.failing === undefined || powerOn.verdict === "unknown") continue;
    const refused = powerOn.failing.steps.find((step) => step.refused !== undefined)?.vm;
    const explained = findings.filter(({ explains, cluster }) => cluster === name && explains === powerOn.verdict);
    const finding = explained.find(({ resource }) => resource === refused) ?? explained[0];
    if (finding !== undefined) witnesses.set(finding, powerOn);
  }
  return witnesses;
}
