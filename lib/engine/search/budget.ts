/** A limit counted in work done, never in time: the same input gives the same answer on a slow machine. */
export class Budget {
  private spent = 0;

  constructor(private readonly limit: number) {}

  /** As much again, for a question of its own. */
  another(): Budget {
    return new Budget(this.limit);
  }

  /** Counts pieces of work that are about to be done; false where that is more than is left. */
  spend(pieces: number): boolean {
    this.spent += pieces;
    return this.spent <= this.limit;
  }

  get isSpent(): boolean {
    return this.spent > this.limit;
  }
}
