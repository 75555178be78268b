/** A limit counted in work done, never in time: the same input gives the same answer on a slow machine. */
export class Budget {
  private spent = 0;

  constructor(private readonly limit: number) {}

  /** As much again, or a share of it, for a question of its own. */
  another(share = 1): Budget {
    return new Budget(this.limit * share);
  }

  /** Counts pieces of work that are about to be done; false where that is more than is left. */
  spend(pieces: number): boolean {
    this.spent += pieces;
    return this.spent <= this.limit;
  }
}
