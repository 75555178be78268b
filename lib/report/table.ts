import { Report } from "../model";
import { gateInWords, judgedInWords, namesIn } from "../wording";
import { answerLine, plainAnswer } from "./answer-line";
import { clusterLines } from "./cluster";
import { findingLines } from "./findings";
import { Format } from "./format";
import { width, wrap } from "./lines";
import { Look } from "./look";

/** What people look at every day: the answer first, then each cluster, then what to mend, in 80 columns. */
export const table: Format = {
  medium: "terminal",
  write: (report, look) => {
    const names = namesIn(report);
    const blocks = [
      headline(report, look),
      ...report.clusters.map((cluster) => clusterLines(cluster, names, look)),
      ...findingLines(report, names, look),
      wrap(gateInWords(report), look.columns, "", ""),
    ];
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  },
};

/** One line where it fits, else the inventory in the next. */
function headline(report: Report, look: Look): readonly string[] {
  const answer = plainAnswer(report);
  const { summary } = report;
  const plain = [`${answer}   ${judgedInWords(summary)}`, summary.inventory.join(", ")];
  const lines = width(plain.join("   ")) <= look.columns ? [plain.join("   ")] : plain.map((line, i) => (i === 0 ? line : `  ${line}`));
  // What is painted does not count as width.
  return lines.map((line, i) => (i === 0 ? answerLine(report, look) + line.slice(answer.length) : line));
}
