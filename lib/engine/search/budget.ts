/** A limit counted in work done, never in time: the same input gives the same answer on a slow machine. */
export class Budget {
  private spent = 0;

  constructor(private readonly limit: number) {}

  /** Counts pieces of work; false once the limit is reached. */
  spend(pieces: number): boolean {
    if (this.spent >= this.limit) return false;
    this.spent += pieces;
    return true;
  }
}
