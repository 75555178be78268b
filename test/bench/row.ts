import { Timing } from "./measure";

/** One line of the table. */
export type Row = Measured | Figures | NotRun;

interface Named {
  /** a to f. */
  readonly part: string;
  readonly what: string;
}

/** Ours beside a peer in the same run. */
export interface Measured extends Named {
  readonly kind: "measured";
  readonly ours: Timing;
  readonly peer: string;
  readonly theirs: Timing;
  /** They did one in so many of what there is to do, and their time is multiplied; 1: all of it. */
  readonly extrapolated: number;
  readonly answers: Answers;
}

export interface Answers {
  readonly ours: string;
  readonly theirs: string;
  /** Ours settles what the peer is asked: not knowing, however fast, is not to be compared. */
  readonly settled: boolean;
  /** Both can't be right. */
  readonly differ: boolean;
}

/** Something other than a time, with what it is held against. */
export interface Figures extends Named {
  readonly kind: "figures";
  readonly figures: string;
  readonly differ: boolean;
}

export interface NotRun extends Named {
  readonly kind: "not-run";
  readonly why: string;
}

export function notRun(part: string, what: string, why: string): NotRun {
  return { kind: "not-run", part, what, why };
}

export function differs(row: Row): boolean {
  return row.kind === "measured" ? row.answers.differ : row.kind === "figures" && row.differ;
}

/** How many of our medians one of theirs takes, extrapolated where it has to be; undefined where ours is no answer. */
export function ratio({ ours, theirs, extrapolated, answers }: Measured): number | undefined {
  return answers.settled ? (theirs.median * extrapolated) / ours.median : undefined;
}
