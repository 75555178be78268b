import { Report } from "../model";
import { answerInWords, gateInWords, judgedInWords, namesIn } from "../wording";
import { clusterLines } from "./cluster";
import { findingLines } from "./findings";
import { Format } from "./format";
import { wrap } from "./lines";
import { colourOf, Look } from "./look";

/** What people look at every day: the answer first, then each cluster, then what to mend, in 80 columns. */
export const table: Format = {
  medium: "terminal",
  write: (report, look) => {
    const names = namesIn(report);
    const blocks = [
      [headline(report, look)],
      ...report.clusters.map((cluster) => clusterLines(cluster, names, look)),
      ...findingLines(report, names, look),
      wrap(gateInWords(report), look.columns, "", ""),
    ];
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  },
};

const SIGNS = { proved: "✓", unknown: "?", refuted: "✗" } as const;

function headline(report: Report, { colours }: Look): string {
  const { tone, text } = answerInWords(report);
  const answer = colours.bold(colourOf(tone, colours)(`${SIGNS[tone]} ${text}`));
  return `${answer}   ${judgedInWords(report.summary)}   ${report.summary.inventory.join(", ")}`;
}
