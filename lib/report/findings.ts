import { Report } from "../model";
import { findingsInWords, Names, ToldConsequence, ToldFinding } from "../wording";
import { wrap } from "./lines";
import { colourOf, Look } from "./look";
import { witnessLines } from "./steps";

/** What to mend and to know, a block each: where it is, what was found, how it comes about, and the fix last. */
export function findingLines(report: Report, names: Names, look: Look): readonly (readonly string[])[] {
  const { told, leftOut } = findingsInWords(report, names);
  return [...told.map((finding) => findingBlock(finding, names, look)), ...leftOut.map((line) => [line])];
}

function findingBlock(told: ToldFinding, names: Names, look: Look): readonly string[] {
  const { severity, rules, subject, suppressed, consequences, fixes } = told;
  const { colours, columns } = look;
  const severityColour = colourOf(severity === "note" ? "unknown" : "refuted", colours);
  const head = [`${severityColour(severity)} ${colours.bold(rules.join(", "))}`, subject, placeOf(told), suppressed];
  return [
    head.filter(Boolean).join("   "),
    ...findingText(told, "", names, look),
    ...consequences.flatMap((each) => findingText(each, "so ", names, look)),
    ...fixes.flatMap((fix, i) => paragraphs(fix, columns, i === 0 ? "  fix: " : "   or: ", "       ")),
  ];
}

function placeOf({ finding: { source } }: ToldConsequence): string {
  return source === undefined ? "" : `${source.file}:${source.line}`;
}

function findingText({ finding, also, witnesses }: ToldConsequence, so: string, names: Names, { columns }: Look): readonly string[] {
  return [
    ...paragraphs(so + finding.message, columns, "  ", "  "),
    ...(also === undefined ? [] : wrap(also, columns, "  ", "  ")),
    ...witnesses.flatMap((powerOn) => witnessLines(powerOn, names, columns)),
  ];
}

function paragraphs(text: string, columns: number, lead: string, hang: string): readonly string[] {
  return text.split("\n").flatMap((line, i) => wrap(line, columns, i === 0 ? lead : hang, hang));
}
