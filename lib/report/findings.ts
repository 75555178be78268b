import { Report } from "../model";
import { findingsInWords, Names, ToldFinding } from "../wording";
import { wrap } from "./lines";
import { colourOf, Look } from "./look";
import { witnessLines } from "./steps";

/** What to mend and to know, a block each: where it is, what was found, how it comes about, and the fix last. */
export function findingLines(report: Report, names: Names, look: Look): readonly (readonly string[])[] {
  const { told, leftOut } = findingsInWords(report, names);
  return [...told.map((finding) => findingBlock(finding, names, look)), ...leftOut.map((line) => [line])];
}

function findingBlock({ finding, subject, also, suppressed, witnesses }: ToldFinding, names: Names, look: Look): readonly string[] {
  const { rule, severity, source, message, fix } = finding;
  const { colours, columns } = look;
  const where = source === undefined ? "" : `${source.file}:${source.line}`;
  const severityColour = colourOf(severity === "note" ? "unknown" : "refuted", colours);
  const head = [`${severityColour(severity)} ${colours.bold(rule)}`, subject, where, suppressed];
  return [
    head.filter(Boolean).join("   "),
    ...paragraphs(message, columns, "  ", "  "),
    ...(also === undefined ? [] : wrap(also, columns, "  ", "  ")),
    ...witnesses.flatMap((powerOn) => witnessLines(powerOn, names, columns)),
    ...(fix === undefined ? [] : paragraphs(fix, columns, "  fix: ", "       ")),
  ];
}

function paragraphs(text: string, columns: number, lead: string, hang: string): readonly string[] {
  return text.split("\n").flatMap((line, i) => wrap(line, columns, i === 0 ? lead : hang, hang));
}
