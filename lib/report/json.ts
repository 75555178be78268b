import { Report } from "../model";

/** Characters that JSON leaves as they are, but that a terminal, a log or a reader's eye may act upon. */
const ACTIVE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The report as JSON (contract, section 4), indented, with every control and formatting character escaped. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2).replace(ACTIVE, escaped)}\n`;
}

/** UTF-16 code units, as JSON spells what is beyond the basic plane. */
function escaped(character: string): string {
  return [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}
