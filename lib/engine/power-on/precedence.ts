import { Problem, StepClass, VmClass } from "../compile/problem";
import { Demand, Bins } from "../packing/bins";

/** The steps of a batch in their order: what each waits for, directly or not, and what its VMs take. */
export class Precedence {
  readonly steps: readonly StepClass[];
  readonly powerOns: readonly StepClass[];
  /** By step. */
  readonly ancestors: readonly ReadonlySet<number>[];
  private readonly powerOnsBefore: readonly (readonly number[])[];

  constructor(
    private readonly problem: Problem,
    private readonly bins: Bins,
  ) {
    this.steps = problem.steps;
    this.powerOns = problem.steps.filter(({ kind }) => kind === "power-on");
    this.ancestors = ancestorsOf(problem.steps);
    this.powerOnsBefore = this.ancestors.map((before) => [...before].filter((index) => this.steps[index]!.kind === "power-on"));
  }

  /** The power-ons among what a step waits for. */
  powerOnsBeforeStep(index: number): readonly number[] {
    return this.powerOnsBefore[index]!;
  }

  /** Power-ons that wait for a step. */
  followersOf({ index }: StepClass): number[] {
    return this.powerOns.flatMap((step) => (this.ancestors[step.index]!.has(index) ? [step.index] : []));
  }

  /** By demand: the VMs of power-ons, all of them or as many as `size` says. */
  countOf(powerOns: Iterable<StepClass>, size = (step: StepClass): number => step.size): number[] {
    return this.bins.counted([...powerOns].map((step) => ({ vmClass: this.classOf(step), count: size(step) })));
  }

  countOfIndexes(powerOns: Iterable<number>): number[] {
    return this.countOf([...powerOns].map((index) => this.steps[index]!));
  }

  demandOf(powerOn: StepClass): Demand | undefined {
    return this.bins.demandOf(this.classOf(powerOn));
  }

  classOf({ vmClass }: StepClass): VmClass {
    return this.problem.classes[vmClass!]!;
  }
}

/** By step: what it waits for, directly or not. */
export function ancestorsOf(steps: readonly StepClass[]): ReadonlySet<number>[] {
  const found = steps.map(({ after }) => new Set(after));
  for (let grown = true; grown;) {
    grown = false;
    for (const own of found) {
      const before = own.size;
      for (const index of own) for (const earlier of found[index]!) own.add(earlier);
      grown ||= own.size > before;
    }
  }
  return found;
}
