import { Report } from "../model";
import { Look } from "./look";
import { Medium } from "./media";

/**
 * One way to write a report. It gets the report with every text in it cleaned for its medium, and what it returns is cleaned once
 * more by lib/report/index.ts: nothing in a report can make it write what its medium would obey.
 */
export interface Format {
  readonly medium: Medium;
  /** The text ends in a line feed. */
  readonly write: (report: Report, look: Look) => string;
}
