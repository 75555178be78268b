import { Format } from "./look";

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
