import { Report } from "../model";

/** Characters that JSON leaves as they are, but that a terminal, a log or a reader's eye may act upon. */
const ACTIVE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What begins a command to a CI system wherever it stands in a line; `::` does so at the start only, where JSON has none. */
const COMMAND = /#(?=#\w*\[)/g;

/** The report as JSON (contract, section 4), indented, with everything escaped that a terminal or a CI system would act upon. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2).replace(ACTIVE, escaped).replace(COMMAND, escaped)}\n`;
}

/** UTF-16 code units, as JSON spells what is beyond the basic plane. */
function escaped(character: string): string {
  return [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}
