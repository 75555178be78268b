import { Finding, listing, Report, Severity } from "../model";
import { wrap } from "./lines";
import { Look } from "./look";
import { Names } from "./names";
import { witnessLines } from "./steps";

/** So many blocks of one rule are shown. */
const SHOWN_OF_A_RULE = 10;

/** What to mend and to know, a block each: where it is, what was found, how it comes about, and the fix last. */
export function findingLines(report: Report, names: Names, look: Look): readonly (readonly string[])[] {
  const seen = new Map<string, number>();
  const witnessed = new Set<string>();
  const blocks = foldEqual(report.findings, names).flatMap(([finding, ...others]) => {
    const nth = (seen.get(finding.rule) ?? 0) + 1;
    seen.set(finding.rule, nth);
    if (nth > SHOWN_OF_A_RULE) return [];
    const more = [...alsoLines(others, names, look.columns), ...witnessFor(finding, report, witnessed, names, look.columns)];
    return [findingBlock(finding, more, names, look)];
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

const WITNESSED_RULES = ["order-dependent", "power-on-impossible"];

/** The failing sequence, below the first finding of its cluster that it explains. */
function witnessFor({ rule, cluster }: Finding, report: Report, drawn: Set<string>, names: Names, columns: number): readonly string[] {
  if (!WITNESSED_RULES.includes(rule) || cluster === undefined || drawn.has(cluster)) return [];
  const powerOn = report.clusters.find(({ name }) => name === cluster)?.powerOn;
  if (powerOn?.failing === undefined) return [];
  drawn.add(cluster);
  return witnessLines(powerOn, names, columns);
}

function colourOf(severity: Severity, { red, yellow }: Look["colours"]): (text: string) => string {
  return severity === "note" ? yellow : red;
}
