import { Colours, PLAIN } from "../report";
import { Io } from "./io";

/** Colour on a terminal that is no CI's, unless NO_COLOR or FORCE_COLOR says otherwise (no-color.org, force-color.org). */
export function coloursFor(io: Io): Colours {
  if (!isColourful(io)) return PLAIN.colours;
  return (require("picocolors") as typeof import("picocolors")).createColors(true);
}

function isColourful({ environment, isTerminal }: Io): boolean {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTerminal && environment["TERM"] !== "dumb" && !environment["CI"];
}
