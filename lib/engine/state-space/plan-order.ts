import { Problem, StepClass } from "../compile/problem";
import { State } from "./transition";

/** The steps of a batch in the plan's order, each as soon as all that it waits for has worked. */
export class PlanOrder {
  private readonly ready = new Heap();
  private readonly waitsFor: number[];
  private readonly followers: readonly number[][];

  constructor(private readonly problem: Problem) {
    this.followers = problem.steps.map(() => []);
    this.waitsFor = problem.steps.map(({ after }) => after.length);
    for (const { index, after } of problem.steps) for (const before of after) this.followers[before]!.push(index);
    for (const step of problem.steps) if (step.after.length === 0) this.ready.push(step.ordinals[0]!, step);
  }

  /** The step class whose next member comes first; undefined where nothing is left that may happen. */
  next(): StepClass | undefined {
    return this.ready.pop();
  }

  /** Takes note of what one of the class led to. */
  happened(step: StepClass, { pending, off }: State): void {
    const left = pending[step.index]!;
    if (left > 0) return this.ready.push(step.ordinals[step.size - left]!, step);
    if (off[step.index]! > 0) return;
    for (const follower of this.followers[step.index]!) {
      if (--this.waitsFor[follower]! === 0) this.ready.push(this.problem.steps[follower]!.ordinals[0]!, this.problem.steps[follower]!);
    }
  }
}

/** A binary heap, least ordinal first. */
class Heap {
  private readonly entries: { readonly ordinal: number; readonly step: StepClass }[] = [];

  push(ordinal: number, step: StepClass): void {
    let at = this.entries.push({ ordinal, step }) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && this.isBefore(at, parent); parent = (at - 1) >> 1) {
      this.swap(at, parent);
      at = parent;
    }
  }

  pop(): StepClass | undefined {
    const first = this.entries[0];
    const last = this.entries.pop();
    if (first === undefined || last === undefined || this.entries.length === 0) return first?.step;
    this.entries[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      if (left >= this.entries.length) return first.step;
      const child = right < this.entries.length && this.isBefore(right, left) ? right : left;
      if (!this.isBefore(child, at)) return first.step;
      this.swap(at, child);
      at = child;
    }
  }

  private isBefore(a: number, b: number): boolean {
    return this.entries[a]!.ordinal < this.entries[b]!.ordinal;
  }

  private swap(a: number, b: number): void {
    [this.entries[a], this.entries[b]] = [this.entries[b]!, this.entries[a]!];
  }
}
