import { Course } from "./precedence";
import { Enactment } from "./schedule";
import { Moment, Moments } from "./cuts";
import { StepClass } from "../compile/problem";
import { Rooms } from "../packing/bins";
import { Transition } from "../state-space/transition";
import { Answer, Stand } from "../packing/answer";
import { Blockade } from "../packing/blockade";
import { Path } from "../state-space/explore-power-on";

/** Whether a VM can be refused at a moment, and the sequence that comes to it. */
export class RefusalAtMoment {
  constructor(
    private readonly transition: Transition,
    private readonly rooms: Rooms,
    private readonly course: Course,
    private readonly moments: Moments,
    private readonly blockade: Blockade,
    private readonly step: StepClass,
    /** The power-ons that may come before it. */
    private readonly others: readonly StepClass[],
  ) {}

  /** What tells the question at one moment from that at another. */
  alike({ done, hosts }: Moment, closed: readonly number[]): string {
    const forced = this.course.countOfIndexes(this.forcedAt(done));
    const isFree = forced.every((count) => count === 0);
    const matter = this.moments.places.filter(({ slot }) => !isFree || closed.includes(slot)).map(({ slot }) => hosts[slot]!.id);
    // One host that is closed is not to be taken for another.
    const single = closed.length === 1 ? hosts[closed[0]!]!.id : "";
    return [single, matter.sort((a, b) => a - b), this.course.countOf(this.othersAt(done)), forced].join("|");
  }

  /** As for a batch that only creates: first everyone, which proves "never", then what comes for free, and what that takes. */
  at(moment: Moment, closed: readonly number[]): (() => Path) | "never" | "open" {
    const others = this.othersAt(moment.done);
    const ask = (on: ReadonlySet<number>, may: (other: StepClass) => boolean): Answer => {
      const twins = this.course.countOf([this.step], ({ size }) => size - 1);
      const supply = this.course.countOf(others.filter(may)).map((count, demand) => count + twins[demand]!);
      return this.blockade.settle({ hosts: moment.hosts, closed, supply, forced: this.course.countOfIndexes(on) });
    };
    let on = this.forcedAt(moment.done);
    const all = ask(on, () => true);
    if (all.kind !== "shown") return all.kind;
    const earlier = (index: number): readonly number[] => this.course.powerOnsBeforeStep(index);
    const isFree = (other: StepClass): boolean => on.has(other.index) || earlier(other.index).every((index) => on.has(index));
    for (let rounds = 0; rounds <= this.course.steps.length; rounds++) {
      const answer = others.every(isFree) ? all : ask(on, isFree);
      const enactment = answer.kind === "shown" ? this.enact(answer.stands, moment, on, closed) : undefined;
      if (enactment) return () => enactment.finish();
      // Let in more of what waits for others, the least demanding first.
      const next = others.filter((other) => !isFree(other)).sort((a, b) => earlier(a.index).length - earlier(b.index).length)[0];
      if (!next) break;
      on = new Set([...on, ...earlier(next.index)]);
    }
    return "open";
  }

  private enact(
    stands: readonly Stand[],
    { done, idle, hosts }: Moment,
    on: ReadonlySet<number>,
    closed: readonly number[],
  ): Enactment | undefined {
    const happens = this.moments.stepsOf(done);
    const victim = this.step.index;
    const may = (step: StepClass, left: number): boolean => {
      if (step.kind !== "power-on") return happens.has(step.index);
      if (step.index === victim) return left > 1;
      return !this.course.ancestors[step.index]!.has(victim) && (this.course.demandOf(step) !== undefined || on.has(step.index));
    };
    const enactment = new Enactment(this.transition, this.rooms);
    const slot = this.course.classOf(this.step).fixedHost ? closed[0] : undefined;
    return enactment.put(stands, may, hosts, this.moments.stepsOf(idle)) && enactment.refuse(this.step, slot) ? enactment : undefined;
  }

  /** The power-ons that have to have worked by then. */
  private forcedAt(done: number): ReadonlySet<number> {
    return new Set([...this.moments.poweredOn(done), ...this.course.powerOnsBeforeStep(this.step.index)]);
  }

  private othersAt(done: number): readonly StepClass[] {
    return this.others.filter(({ index }) => (this.moments.needs[index]! & ~done) === 0);
  }
}
