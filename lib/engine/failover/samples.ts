import { FailureSet } from "./failure-sets";
import { RestartInstance, countsOf, restartInstance, together } from "./restart-instance";
import { PlacementSpace } from "./placement-space";
import { Problem } from "../compile/problem";
import { State } from "../state-space/transition";
import { FailoverProver } from "./failover-prover";
import { LossProver } from "./losses";
import { Budget } from "../packing/budget";
import { Packing } from "../packing/packing";

/** What becomes of a placement: "saved" where some order brings everyone back, and it is not known whether every order does. */
export type Fate = "survives" | "order" | "saved" | "lost" | "open";

/** Placements that are made to survive what the ones before did not. */
const MOST_AIMED = 8;

/**
 * Looks at a few placements of a batch, where some failure can leave a VM off in one of all placements. If each loses a VM in
 * every order, the next is made to leave room for what the others lost.
 */
export class Samples {
  constructor(
    private readonly problem: Problem,
    private readonly space: PlacementSpace,
    /** With the batch anywhere. */
    private readonly instance: RestartInstance,
    private readonly budget: Budget,
  ) {}

  /** Each for itself, or "doomed" where one failure is shown to leave a VM off in all placements. */
  fates(largest: number, domains: readonly FailureSet[]): readonly Fate[] | "doomed" {
    const { base, batch } = this.space;
    const isOnly = batch.length === 0;
    const given = isOnly ? [base] : this.space.samples();
    const fates: Fate[] = [];
    let reserved: readonly number[] = this.problem.classes.map(() => 0);
    let last = reserved;
    for (let at = 0; at < given.length + MOST_AIMED; at++) {
      // Room for all that was lost, one after the other, is more than is needed: they may share it.
      const placement =
        given[at] ?? (isOnly || fates.some(isSaved) ? undefined : (this.leaving(reserved) ?? this.leaving((reserved = last))));
      if (!placement) break;
      const instance = restartInstance(this.problem, { ...this.space, base: placement, batch: [] }, ({ tier }) => tier > 0);
      const losses = new LossProver(instance, this.budget);
      const lost = lossIn(losses, largest, domains);
      fates.push(typeof lost === "object" ? "lost" : lost === "open" ? "open" : isOnly ? "order" : this.fateOf(instance, largest, domains));
      if (typeof lost === "object" && !isOnly && this.isDoomed(lost)) return "doomed";
      if (typeof lost === "string") {
        // To ask for the same once more would bring nothing.
        if (at >= given.length) break;
        continue;
      }
      const [before, victims] = [reserved, this.victims(placement, lost)];
      // As much room as that was left, and then failed with its host: it takes more.
      const isReserved = at >= given.length && victims.every((count, index) => count <= before[index]!);
      reserved = victims.map((count, index) => (isReserved ? before[index]! + count : Math.max(before[index]!, count)));
      last = victims;
    }
    return fates;
  }

  private fateOf(instance: RestartInstance, largest: number, domains: readonly FailureSet[]): Fate {
    const hasCounterexample = new FailoverProver(instance, this.budget).hasCounterexample(largest, domains);
    return hasCounterexample === "shown" ? "order" : hasCounterexample === "never" ? "survives" : "saved";
  }

  /** Whether what has to be on in the end, wherever the batch was, can't all be on the survivors at once. */
  private isDoomed(failed: FailureSet): boolean {
    const { bins, hosts, running, batch, isCovered } = this.instance;
    if (!isCovered) return false;
    const survivors = hosts.map((bin, slot) => (failed.includes(slot) ? bins.nowhere : bin));
    const returning = countsOf(bins, together([...failed.map((slot) => running[slot]!), batch]));
    return new Packing(bins, this.budget.another()).settle(survivors, returning).kind === "never";
  }

  /** Protected VMs on the failed hosts, by class. */
  private victims({ hosts }: State, failed: FailureSet): number[] {
    const counts = this.problem.classes.map(() => 0);
    for (const slot of failed) for (const member of hosts[slot]!.members) if (this.problem.classes[member]!.tier > 0) counts[member]!++;
    return counts;
  }

  private leaving(reserved: readonly number[]): State | undefined {
    return this.space.leaving(
      this.problem.classes.flatMap((vmClass) => (reserved[vmClass.index]! > 0 ? [{ vmClass, count: reserved[vmClass.index]! }] : [])),
    );
  }
}

function isSaved(fate: Fate): boolean {
  return fate !== "lost" && fate !== "open";
}

/** A failure that leaves a VM off in every order: of so many hosts, or of a domain. */
function lossIn(losses: LossProver, largest: number, domains: readonly FailureSet[]): FailureSet | "never" | "open" {
  let open = false;
  for (const failed of [undefined, ...domains]) {
    const answer = failed ? losses.lossAt(failed) : losses.loss(largest);
    if (answer === true) return failed!;
    if (typeof answer === "object") return answer;
    if (answer === "open") open = true;
  }
  return open ? "open" : "never";
}
