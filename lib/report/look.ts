import { Tone } from "../wording";

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

export function colourOf(tone: Tone, { green, yellow, red }: Colours): Paint {
  return { proved: green, unknown: yellow, refuted: red }[tone];
}

const asItIs: Paint = (text) => text;

/** For files, logs and tests. */
export const PLAIN: Look = { colours: { bold: asItIs, dim: asItIs, green: asItIs, yellow: asItIs, red: asItIs }, columns: 80 };
