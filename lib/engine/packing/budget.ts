const FEW_QUESTIONS = 3;

/** A limit counted in work done, never in time: the same input gives the same answer on a slow machine. */
export class Budget {
  private spent = 0;

  constructor(private readonly limit: number) {}

  /** As much again, for a question of its own. */
  another(): Budget {
    return new Budget(this.limit);
  }

  /** For one of so many questions: as much again for each of a few, and all together not much more than that where there are many. */
  oneOf(questions: number): Budget {
    return new Budget(Math.ceil(this.limit * Math.min(1, FEW_QUESTIONS / Math.max(1, questions))));
  }

  /** Counts pieces of work that are about to be done; false where that is more than is left. */
  spend(pieces: number): boolean {
    this.spent += pieces;
    return this.spent <= this.limit;
  }

  /** Whether so much is left. */
  affords(pieces: number): boolean {
    return this.spent + pieces <= this.limit;
  }

  get isSpent(): boolean {
    return this.spent > this.limit;
  }
}
