/** Steps of evaluation that one reading may take: a VM of an ordinary stack needs about fifty. */
const MAX_STEPS = 2_000_000;
/** Expressions inside expressions, references followed included: far below what the call stack holds. */
const MAX_DEPTH = 400;
/** Characters of one text, elements of one list. */
export const MAX_TEXT = 1_000_000;
export const MAX_ELEMENTS = 100_000;

/** A limit was reached: what is being evaluated is not known. */
export class WorkLimit extends Error {}

/** Made once: every expression after the limit ends with it, and to make an error costs more than most of them. */
const TOO_MUCH_WORK = new WorkLimit("it takes too much work to evaluate");
const TOO_DEEP = new WorkLimit("it leads through too many references");

/** Bounds what a hostile file can make the evaluator do, counted in steps and not in time, so that every run ends alike. */
export class Work {
  private steps = 0;
  private depth = 0;

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) throw TOO_MUCH_WORK;
  }

  /** Runs `evaluate` one level deeper. */
  deeper<T>(evaluate: () => T): T {
    this.spend(1);
    if (this.depth >= MAX_DEPTH) throw TOO_DEEP;
    this.depth++;
    try {
      return evaluate();
    } finally {
      this.depth--;
    }
  }
}

/** Guards a size before something of it is made. */
export function checkSize(size: number, limit: number): void {
  if (!(size <= limit)) throw new WorkLimit(`it would have a size over ${limit}`);
}
