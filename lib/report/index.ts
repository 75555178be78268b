import { InventoryPicture, RuleDescription } from "../model";
import { Format, Look } from "./look";

export { clean, cleanLines, withoutCommands } from "./clean";
export { type Colours, type Format, type Look, PLAIN } from "./look";

/** Loaded when asked for: one format costs nothing at the start of another. */
const FORMATS = new Map<string, () => Format>([
  ["table", () => (require("./table") as typeof import("./table")).table],
  ["json", () => (require("./json") as typeof import("./json")).json],
]);

export const formatNames: readonly string[] = [...FORMATS.keys()];

/** Undefined where there is no format of that name. */
export function findFormat(name: string): Format | undefined {
  return FORMATS.get(name)?.();
}

/** The text of `passthru inventory show`. */
export function inventoryText(picture: InventoryPicture, look: Look): string {
  return (require("./inventory") as typeof import("./inventory")).inventory(picture, look);
}

/** The text of `passthru rules`. */
export function rulesText(rules: readonly RuleDescription[], look: Look): string {
  return (require("./rules") as typeof import("./rules")).ruleList(rules, look);
}

/** The text of `passthru rules RULE`, with a finding of that rule as the table shows it. */
export function ruleText(rule: RuleDescription, example: string, look: Look): string {
  return (require("./rules") as typeof import("./rules")).rulePage(rule, example, look);
}
