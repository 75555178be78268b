const MOST = { hosts: 20_000, devices: 500_000, VMs: 200_000, names: 1_000_000 };

type Resource = keyof typeof MOST;

/** How much all files together may expand to: a few letters can ask for millions of hosts. */
export class Budget {
  private readonly left = new Map<Resource, number>(Object.entries(MOST) as [Resource, number][]);

  /** Answers what is wrong where there is not that much left. */
  spend(what: Resource, amount: number): string | undefined {
    const left = this.left.get(what)! - amount;
    this.left.set(what, left);
    return left < 0 ? `too many ${what}: all files together may have ${MOST[what]}` : undefined;
  }
}
