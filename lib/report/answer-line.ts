import { Report } from "../model";
import { answerInWords } from "../wording";
import { colourOf, Look } from "./look";

type Answered = Pick<Report, "verdict" | "gate" | "findings">;

/** The answer with its sign, not painted: `✓ fits`. */
export function plainAnswer(report: Answered): string {
  const { passes, tone, text } = answerInWords(report);
  return `${passes ? "✓" : tone === "unknown" ? "?" : "✗"} ${text}`;
}

/** The same as it is shown. */
export function answerLine(report: Answered, { colours }: Pick<Look, "colours">): string {
  return colours.bold(colourOf(answerInWords(report).tone, colours)(plainAnswer(report)));
}
