import { Precedence } from "./precedence";
import { Schedule } from "./schedule";
import { Cut, Cuts } from "./cuts";
import { StepClass } from "../compile/problem";
import { Bins } from "../packing/bins";
import { Transition } from "../state-space/transition";
import { Answer, Assignment } from "../packing/answer";
import { Blockade } from "../packing/blockade";
import { Path } from "../state-space/explore-power-on";

/** Whether a VM can be refused at a cut, and the sequence that comes to it. */
export class BlockadeAtCut {
  constructor(
    private readonly transition: Transition,
    private readonly bins: Bins,
    private readonly precedence: Precedence,
    private readonly cuts: Cuts,
    private readonly blockade: Blockade,
    private readonly step: StepClass,
    /** The power-ons that may come before it. */
    private readonly others: readonly StepClass[],
  ) {}

  /** What tells the question at one cut from that at another. */
  alike({ done, hosts }: Cut, closed: readonly number[]): string {
    const forced = this.precedence.countOfIndexes(this.forcedAt(done));
    const isFree = forced.every((count) => count === 0);
    const matter = this.cuts.places.filter(({ slot }) => !isFree || closed.includes(slot)).map(({ slot }) => hosts[slot]!.id);
    // One host that is closed is not to be taken for another.
    const single = closed.length === 1 ? hosts[closed[0]!]!.id : "";
    return [single, matter.sort((a, b) => a - b), this.precedence.countOf(this.othersAt(done)), forced].join("|");
  }

  /** As for a batch that only creates: first everyone, which proves "never", then what comes for free, and what that takes. */
  at(cut: Cut, closed: readonly number[]): (() => Path) | "never" | "open" {
    const others = this.othersAt(cut.done);
    const ask = (on: ReadonlySet<number>, may: (other: StepClass) => boolean): Answer => {
      const twins = this.precedence.countOf([this.step], ({ size }) => size - 1);
      const supply = this.precedence.countOf(others.filter(may)).map((count, demand) => count + twins[demand]!);
      return this.blockade.settle({ hosts: cut.hosts, closed, supply, forced: this.precedence.countOfIndexes(on) });
    };
    let on = this.forcedAt(cut.done);
    const all = ask(on, () => true);
    if (all.kind !== "shown") return all.kind;
    const earlier = (index: number): readonly number[] => this.precedence.powerOnsBeforeStep(index);
    const isFree = (other: StepClass): boolean => on.has(other.index) || earlier(other.index).every((index) => on.has(index));
    for (let rounds = 0; rounds <= this.precedence.steps.length; rounds++) {
      const answer = others.every(isFree) ? all : ask(on, isFree);
      const schedule = answer.kind === "shown" ? this.scheduleFor(answer.assignments, cut, on, closed) : undefined;
      if (schedule) return () => schedule.finish();
      // Let in more of what waits for others, the least demanding first.
      const next = others.filter((other) => !isFree(other)).sort((a, b) => earlier(a.index).length - earlier(b.index).length)[0];
      if (!next) break;
      on = new Set([...on, ...earlier(next.index)]);
    }
    return "open";
  }

  private scheduleFor(
    assignments: readonly Assignment[],
    { done, idle, hosts }: Cut,
    on: ReadonlySet<number>,
    closed: readonly number[],
  ): Schedule | undefined {
    const happens = this.cuts.stepsOf(done);
    const victim = this.step.index;
    const may = (step: StepClass, left: number): boolean => {
      if (step.kind !== "power-on") return happens.has(step.index);
      if (step.index === victim) return left > 1;
      return !this.precedence.ancestors[step.index]!.has(victim) && (this.precedence.demandOf(step) !== undefined || on.has(step.index));
    };
    const schedule = new Schedule(this.transition, this.bins);
    const slot = this.precedence.classOf(this.step).fixedHost ? closed[0] : undefined;
    return schedule.put(assignments, may, hosts, this.cuts.stepsOf(idle)) && schedule.refuse(this.step, slot) ? schedule : undefined;
  }

  /** The power-ons that have to have worked by then. */
  private forcedAt(done: number): ReadonlySet<number> {
    return new Set([...this.cuts.poweredOn(done), ...this.precedence.powerOnsBeforeStep(this.step.index)]);
  }

  private othersAt(done: number): readonly StepClass[] {
    return this.others.filter(({ index }) => (this.cuts.needs[index]! & ~done) === 0);
  }
}
