import { heaviestRests } from "./find-failure";
import { FailoverProver } from "./failover-prover";
import { FailureSet } from "./failure-sets";
import { MostOff } from "./most-off";
import { PlacementSpace } from "./placement-space";
import { RestartInstance } from "./restart-instance";
import { ShownFailure } from "./shown-failures";
import { byCodeUnit, compareLists, worseOf } from "./worst-case";
import { Problem } from "../compile/problem";
import { Budget } from "../packing/budget";

/** Failures that are looked at closely, each in a few placements and orders. */
const MOST_SHOWN = 12;
/** Of them before it is known what to look for. */
const MOST_GUESSED = 4;

/** The worst failure that was shown, and whether it is proved to be the one that F4 names. */
export interface FoundWorst {
  readonly failure: ShownFailure;
  readonly isWorst: boolean;
}

/**
 * The worst failure (F4) without looking at every placement and order: what is shown of one failure is held against what any other can do
 * at most. Failures are gone through in the order of their hosts' names, equal hosts by their first names only, and passed over with
 * all that share their beginning where the bound says that they are not worse, or no worse and later. What is left is looked
 * at, and has to show all that the bound allows; else what was found is a failure, and nobody knows whether it is the worst.
 */
export class WorstSearch {
  private readonly bound: MostOff;
  /** Failures that are known to leave a VM off. */
  private readonly hints: readonly FailureSet[];
  private readonly isProvable: boolean;
  /** Usable hosts by name. */
  private readonly slots: readonly number[];
  private readonly shown = new Map<string, ShownFailure | undefined>();

  constructor(
    private readonly problem: Problem,
    private readonly space: PlacementSpace,
    private readonly instance: RestartInstance,
    prover: FailoverProver,
    private readonly show: (failed: FailureSet) => ShownFailure | undefined,
    private readonly budget: Budget,
    private readonly largest: number,
    /** They fail as a whole, too. */
    private readonly domains: readonly FailureSet[],
  ) {
    const { usable, isCovered, bindsBatch } = instance;
    const tiersBoundTo = space.base.hosts.map(({ members }) =>
      members.flatMap((index) =>
        problem.classes[index]!.static && problem.classes[index]!.tier > 0 ? [problem.classes[index]!.tier] : [],
      ),
    );
    const failures = Math.max(Math.min(largest, usable.length - 1), ...domains.map(({ length }) => length));
    this.hints = prover.found;
    this.bound = new MostOff(instance, prover.weakAt(failures), tiersBoundTo);
    this.isProvable = isCovered && !bindsBatch;
    this.slots = [...usable].sort((a, b) => byCodeUnit(this.nameOf(a), this.nameOf(b)));
  }

  find(): FoundWorst | undefined {
    let failure: ShownFailure | undefined;
    // That all hosts fail comes out in one way only.
    const all = this.largest >= this.slots.length || this.domains.some((domain) => this.isAll(domain)) ? [this.slots] : [];
    for (const failed of [...all, ...this.hints, ...this.heaviest()]) failure = this.worse(failure, this.look(failed));
    if (!failure) return undefined;
    const isProvable = this.isProvable && all.every((failed) => this.look(failed) !== undefined);
    return isProvable ? this.proved(failure) : { failure, isWorst: false };
  }

  /** Whether all others are no worse, each or all that begin alike; what is worse takes its place. */
  private proved(first: ShownFailure): FoundWorst {
    let failure = first;
    let isWorst = true;
    const settle = (failed: FailureSet, sums: readonly number[]): void => {
      if (this.compare(this.bound.of(sums), failure) < 0) return;
      failure = this.worse(failure, this.look(failed))!;
      if (!this.isSettled(failed, sums, failure)) isWorst = false;
    };
    for (const failed of this.failures(() => failure)) {
      if (failed === "open") return { failure, isWorst: false };
      settle(failed, this.sumsOf(failed));
      if (!isWorst) return { failure, isWorst };
    }
    for (const domain of this.domains) if (!this.isAll(domain)) settle(domain, this.sumsOf(domain));
    return { failure, isWorst };
  }

  /** Whether a failure can't be worse than the one found, also where the bound alone allows it. */
  private isSettled(failed: FailureSet, sums: readonly number[], worst: ShownFailure): boolean {
    const order = this.compare(this.bound.of(sums), worst) || compareLists(worst.hosts, this.namesOf(failed));
    if (order !== 0) return order < 0;
    return compareLists(worst.vms, this.firstVms(failed, sums, worst)) <= 0;
  }

  /** Every failure of up to `largest` hosts that may be worse than the worst so far, in the order of F4. */
  private *failures(worst: () => ShownFailure): Generator<FailureSet | "open"> {
    const { shares } = this.bound;
    const size = Math.min(this.largest, this.slots.length - 1);
    const rests = shares.map((own) => heaviestRests(this.slots.map((slot) => own[slot]!), size)); // prettier-ignore
    const sums = [...this.bound.nothing];
    const failed: number[] = [];
    const { budget, slots, bound } = this;
    const compare = this.compare.bind(this);
    const names = (): string[] => failed.map((slot) => this.nameOf(slot));
    const mayBeWorse = (most: readonly number[]): boolean => {
      const order = compare(bound.of(most), worst());
      return order > 0 || (order === 0 && compareLists(names(), worst().hosts) <= 0);
    };
    const go = function* (this: WorstSearch, from: number, left: ReadonlySet<number>): Generator<FailureSet | "open"> {
      const skipped = new Set(left);
      for (let at = from; at < slots.length; at++) {
        const slot = slots[at]!;
        const { kind } = this.problem.slots[slot]!;
        // Without this one, none of its equals: which of them fail makes no difference but for their names.
        if (skipped.has(kind)) continue;
        if (!budget.spend(1 + sums.length)) {
          yield "open";
          return;
        }
        failed.push(slot);
        shares.forEach((own, index) => (sums[index]! += own[slot]!));
        if (mayBeWorse(sums)) yield [...failed];
        const more = size - failed.length;
        const most = sums.map((sum, index) => sum + rests[index]![at + 1]![more]!);
        if (more > 0 && mayBeWorse(most)) yield* go.call(this, at + 1, skipped);
        skipped.add(kind);
        shares.forEach((own, index) => (sums[index]! -= own[slot]!));
        failed.pop();
      }
    };
    yield* go.call(this, 0, new Set());
  }

  /** Failures that are likely to be the worst: for each sum that the bound rests on the hosts that add most to it. */
  private heaviest(): FailureSet[] {
    const tops = this.bound.shares.map((own) => [...this.slots].sort((a, b) => own[b]! - own[a]!).slice(0, this.largest));
    return [...new Map(tops.map((failed) => [failed.join(), failed])).values(), ...this.domains].slice(0, MOST_GUESSED);
  }

  private isAll(failed: FailureSet): boolean {
    return failed.length >= this.slots.length;
  }

  private look(failed: FailureSet): ShownFailure | undefined {
    const key = this.firstNamed(failed).join();
    if (!this.shown.has(key)) this.shown.set(key, this.shown.size < MOST_SHOWN ? this.show(failed) : undefined);
    return this.shown.get(key);
  }

  /** Only where a VM stays off. */
  private worse(a: ShownFailure | undefined, b: ShownFailure | undefined): ShownFailure | undefined {
    if (!b || b.vms.length === 0) return a;
    return a && worseOf(this.problem, a, b) === a ? a : b;
  }

  /** Positive where more can be off, or as many of higher tiers: what a bound says, by tier, and what was shown. */
  private compare(most: readonly number[], { off }: ShownFailure): number {
    const { tiers } = this.bound;
    const seen = tiers.map((tier) => this.countOff(off, (own) => own >= tier));
    const total = (most.at(-1) ?? 0) - this.countOff(off, () => true);
    return total || most.map((count, at) => count - seen[at]!).find((difference) => difference !== 0) || 0;
  }

  private countOff(off: readonly number[], isCounted: (tier: number) => boolean): number {
    return off.reduce((sum, count, index) => (isCounted(this.problem.classes[index]!.tier) ? sum + count : sum), 0);
  }

  /** The smallest list of VMs that could be off, as many of each tier as in the worst failure. */
  private firstVms(failed: FailureSet, sums: readonly number[], { off }: ShownFailure): string[] {
    const { classes, slots, kinds } = this.problem;
    const isOpen = (index: number): boolean => {
      const { tier, static: isBound } = classes[index]!;
      const demand = this.instance.bins.demandOf(classes[index]!);
      return tier > 0 && (isBound || (demand !== undefined && this.bound.canBeOff(demand.index, tier, sums)));
    };
    const { hosts } = this.space.base;
    // What the plan takes from there, and puts somewhere, is not there any more.
    const running = failed.flatMap((slot) =>
      slots[slot]!.occupants.filter(({ class: index }) => hosts[slot]!.members.includes(index) && isOpen(index)),
    );
    const mayBeThere = (index: number): boolean => failed.some((slot) => kinds[slots[slot]!.kind]!.mayPowerOn[index]);
    const batch = this.space.batch.filter(({ vmClass: { index } }) => isOpen(index) && mayBeThere(index));
    const all = [
      ...running.map(({ vm, class: index }) => ({ id: vm.id, tier: classes[index]!.tier })),
      ...batch.flatMap(({ vmClass }) => vmClass.members.map(({ id }) => ({ id, tier: vmClass.tier }))),
    ].sort((a, b) => byCodeUnit(a.id, b.id));
    const left = new Map(this.bound.tiers.map((tier) => [tier, this.countOff(off, (own) => own === tier)]));
    return all.flatMap(({ id, tier }) => {
      const more = left.get(tier) ?? 0;
      left.set(tier, more - 1);
      return more > 0 ? [id] : [];
    });
  }

  /** The same failure by the first names of equal hosts. */
  private firstNamed(failed: FailureSet): FailureSet {
    const left = this.problem.kinds.map(() => 0);
    for (const slot of failed) left[this.problem.slots[slot]!.kind]!++;
    return this.slots.filter((slot) => left[this.problem.slots[slot]!.kind]!-- > 0);
  }

  private sumsOf(failed: FailureSet): readonly number[] {
    return this.bound.nothing.map((start, index) => failed.reduce((sum, slot) => sum + this.bound.shares[index]![slot]!, start));
  }

  private namesOf(failed: FailureSet): string[] {
    return failed.map((slot) => this.nameOf(slot)).sort(byCodeUnit);
  }

  private nameOf(slot: number): string {
    return this.problem.slots[slot]!.host.name;
  }
}
