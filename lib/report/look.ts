import { Report } from "../model";

type Paint = (text: string) => string;

/** What a format may mark text with; each returns its text as it is where colour is off. Passed in, never global. */
export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly red: Paint;
}

export interface Look {
  readonly colours: Colours;
  /** Width to keep to, in columns. */
  readonly columns: number;
}

/** One way to write a report; the text ends in a line feed. */
export type Format = (report: Report, look: Look) => string;

const asItIs: Paint = (text) => text;

/** For files, logs and tests. */
export const PLAIN: Look = { colours: { bold: asItIs, dim: asItIs, green: asItIs, yellow: asItIs, red: asItIs }, columns: 80 };
