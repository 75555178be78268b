import { Finding, listing, PowerOn, Report, Severity } from "../model";
import { wrap } from "./lines";
import { Look } from "./look";
import { Names } from "./names";
import { witnessLines } from "./steps";

/** So many blocks of one rule are shown. */
const SHOWN_OF_A_RULE = 10;

/** What to mend and to know, a block each: where it is, what was found, how it comes about, and the fix last. */
export function findingLines(report: Report, names: Names, look: Look): readonly (readonly string[])[] {
  const seen = new Map<string, number>();
  const witnesses = witnessesOf(report);
  const blocks = foldEqual(report.findings, names).flatMap((group) => {
    const [finding, ...others] = group;
    const nth = (seen.get(finding.rule) ?? 0) + 1;
    seen.set(finding.rule, nth);
    if (nth > SHOWN_OF_A_RULE) return [];
    const witness = group.flatMap((each) => witnesses.get(each) ?? []).flatMap((powerOn) => witnessLines(powerOn, names, look.columns));
    return [findingBlock(finding, [...alsoLines(others, names, look.columns), ...witness], names, look)];
  });
  const hidden = [...seen].filter(([, amount]) => amount > SHOWN_OF_A_RULE);
  return [...blocks, ...hidden.map(([rule, amount]) => [`and ${amount - SHOWN_OF_A_RULE} more ${rule} (all of them: --format json)`])];
}

type Group = [Finding, ...Finding[]];

/** Findings that differ in nothing but what they are about, in the order of the first of each. */
function foldEqual(findings: readonly Finding[], names: Names): readonly Group[] {
  const groups = new Map<string, Group>();
  findings.forEach((finding, index) => {
    const { rule, severity, cluster, message, fix, suppressed, resource } = finding;
    const about = subject(finding, names);
    const said = message.startsWith(`${about} `) ? message.slice(about.length) : message;
    const key = JSON.stringify([rule, severity, cluster, said, fix, suppressed, resource === undefined ? index : ""]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  });
  return [...groups.values()];
}

function alsoLines(others: readonly Finding[], names: Names, columns: number): readonly string[] {
  if (others.length === 0) return [];
  return wrap(`the same for ${listing(others.map((other) => subject(other, names)))}`, columns, "  ", "  ");
}

function subject({ resource, cluster }: Finding, names: Names): string {
  return resource === undefined ? (cluster ?? "") : names.vm(resource);
}

function findingBlock(finding: Finding, more: readonly string[], names: Names, { colours, columns }: Look): readonly string[] {
  const { rule, severity, source, message, fix, suppressed } = finding;
  const where = source === undefined ? "" : `${source.file}:${source.line}`;
  const hidden = suppressed === undefined ? "" : `suppressed: ${suppressed.reason}`;
  const head = [`${colourOf(severity, colours)(severity)} ${colours.bold(rule)}`, subject(finding, names), where, hidden];
  return [
    head.filter(Boolean).join("   "),
    ...paragraphs(message, columns, "  ", "  "),
    ...more,
    ...(fix === undefined ? [] : paragraphs(fix, columns, "  fix: ", "       ")),
  ];
}

function paragraphs(text: string, columns: number, lead: string, hang: string): readonly string[] {
  return text.split("\n").flatMap((line, i) => wrap(line, columns, i === 0 ? lead : hang, hang));
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

function colourOf(severity: Severity, { red, yellow }: Look["colours"]): (text: string) => string {
  return severity === "note" ? yellow : red;
}
