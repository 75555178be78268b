import { InventoryPicture, Report, RuleDescription } from "../model";
import { clean, cleanLines, withoutCommands } from "./clean";
import { Format } from "./format";
import { Look } from "./look";
import { writeFor } from "./media";

export { type Colours, type Look, PLAIN } from "./look";

/** Loaded when asked for: one format costs nothing at the start of another. */
const FORMATS = new Map<string, () => Format>([
  ["table", () => (require("./table") as typeof import("./table")).table],
  ["json", () => (require("./json") as typeof import("./json")).json],
]);

/** The first is the one that is written where none is asked for. */
export const formatNames: readonly string[] = [...FORMATS.keys()];

/** Writes a report, clean for the medium of its format. */
export type WriteReport = (report: Report, look: Look) => string;

/** Undefined where there is no format of that name. */
export function findFormat(name: string): WriteReport | undefined {
  const format = FORMATS.get(name)?.();
  return format && ((report, look) => writeFor(format.medium, report, (cleaned) => format.write(cleaned, look)));
}

/** The answer alone, without a line end: `✗ does not fit`. */
export function headline(report: Pick<Report, "verdict" | "gate" | "findings">, look: Look): string {
  const { answerLine } = require("./answer-line") as typeof import("./answer-line");
  return answerLine(report, look);
}

/** The text of `passthru inventory show`. */
export function inventoryText(picture: InventoryPicture, look: Look): string {
  const { inventory } = require("./inventory") as typeof import("./inventory");
  return writeFor("terminal", picture, (cleaned) => inventory(cleaned, look));
}

/** The text of `passthru rules`. */
export function rulesText(rules: readonly RuleDescription[], look: Look): string {
  const { ruleList } = require("./rules") as typeof import("./rules");
  return writeFor("terminal", rules, (cleaned) => ruleList(cleaned, look));
}

/** The text of `passthru rules RULE`, with a finding of that rule as the table shows it. */
export function ruleText(rule: RuleDescription, example: string, look: Look): string {
  const { rulePage } = require("./rules") as typeof import("./rules");
  return writeFor("terminal", rule, (cleaned) => rulePage(cleaned, plainLines(example), look));
}

/** Foreign text as one line of what the command says itself: whatever it has, it stays a line, and is shown, not obeyed. */
export function plainLine(text: string): string {
  return withoutCommands(clean(text));
}

/** The same for a text that may have several lines. */
export function plainLines(text: string): string {
  return withoutCommands(cleanLines(text));
}
