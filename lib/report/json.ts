import { Format } from "./format";

/** The report as JSON (contract, section 4), indented. */
export const json: Format = {
  medium: "json",
  write: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
