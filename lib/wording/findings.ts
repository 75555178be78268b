import { Finding, listing, PowerOn, Report } from "../model";
import { Names } from "./names";

/** So many findings of one rule are told, equal ones counted once. */
const SHOWN_OF_A_RULE = 10;

/** A finding as it is told, with those that say the same of something else. */
export interface ToldFinding {
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

/** What to mend and to know, in the report's order, and what is left out: `and 7 more label-near-miss (…)`. */
export function findingsInWords(
  report: Report,
  names: Names,
): { readonly told: readonly ToldFinding[]; readonly leftOut: readonly string[] } {
  const seen = new Map<string, number>();
  const witnesses = witnessesOf(report);
  const told = foldEqual(report.findings, names).flatMap((group): readonly ToldFinding[] => {
    const [finding, ...others] = group;
    const nth = (seen.get(finding.rule) ?? 0) + 1;
    seen.set(finding.rule, nth);
    if (nth > SHOWN_OF_A_RULE) return [];
    return [
      {
        finding,
        subject: subjectOf(finding, names),
        ...(others.length === 0 ? {} : { also: `the same for ${listing(others.map((other) => subjectOf(other, names)))}` }),
        ...(finding.suppressed === undefined ? {} : { suppressed: `suppressed: ${finding.suppressed.reason}` }),
        witnesses: group.flatMap((each) => witnesses.get(each) ?? []),
      },
    ];
  });
  const hidden = [...seen].filter(([, amount]) => amount > SHOWN_OF_A_RULE);
  return { told, leftOut: hidden.map(([rule, amount]) => `and ${amount - SHOWN_OF_A_RULE} more ${rule} (all of them: --format json)`) };
}

type Group = [Finding, ...Finding[]];

/** Findings that differ in nothing but what they are about, in the order of the first of each. */
function foldEqual(findings: readonly Finding[], names: Names): readonly Group[] {
  const groups = new Map<string, Group>();
  findings.forEach((finding, index) => {
    const { rule, severity, cluster, message, fix, suppressed, resource } = finding;
    const about = subjectOf(finding, names);
    const said = message.startsWith(`${about} `) ? message.slice(about.length) : message;
    const key = JSON.stringify([rule, severity, cluster, said, fix, suppressed, resource === undefined ? index : ""]);
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
