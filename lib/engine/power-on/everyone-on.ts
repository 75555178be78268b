import { Precedence } from "./precedence";
import { Schedule } from "./schedule";
import { Cut, Cuts } from "./cuts";
import { Bins } from "../packing/bins";
import { Transition } from "../state-space/transition";
import { Packing } from "../packing/packing";
import { Path } from "../state-space/explore-power-on";
import { Assignment } from "../packing/answer";

/** Ends of device changes, each of which may have come too late to matter, that are looked at. */
const MOST_ENDS = 64;

/** Whether some order brings about everything: all is on, and everything has happened. */
export class EveryoneOn {
  private found: Path | "never" | "open" | undefined;

  constructor(
    private readonly transition: Transition,
    private readonly bins: Bins,
    private readonly precedence: Precedence,
    private readonly cuts: Cuts,
    private readonly packing: Packing,
  ) {}

  get path(): Path | "never" | "open" {
    return (this.found ??= this.find());
  }

  private find(): Path | "never" | "open" {
    const { cuts, precedence } = this;
    if (!cuts.isReachable(cuts.whole)) return "never";
    const everyone = precedence.countOf(precedence.powerOns);
    const { ends, complete } = this.ends();
    let open = !complete;
    for (const end of ends) {
      const answer = this.packing.settle(end.hosts, everyone);
      if (answer.kind !== "never") open = true;
      const path = answer.kind === "shown" && this.scheduleFor(answer.assignments, end);
      if (path) return path;
    }
    return open ? (this.stepByStep() ?? "open") : "never";
  }

  /** Others, which keep the slots for large VMs. */
  asBuddies(): Path[] {
    const end = this.ends().ends[0];
    if (!end) return [];
    return [false, true].flatMap((sparing) => {
      const assignments = this.packing.asBuddies(end.hosts, this.precedence.countOf(this.precedence.powerOns), sparing);
      const path = assignments && this.scheduleFor(assignments, end);
      return path ? [path] : [];
    });
  }

  private scheduleFor(assignments: readonly Assignment[], { idle, hosts }: Cut): Path | undefined {
    const schedule = new Schedule(this.transition, this.bins);
    return schedule.put(assignments, () => true, hosts, this.cuts.stepsOf(idle)) && schedule.isAllOn ? schedule.path : undefined;
  }

  private ends(): { readonly ends: readonly Cut[]; readonly complete: boolean } {
    let ends: (readonly Cuts["places"][number]["cuts"][number][])[] = [[]];
    for (const { bits, cuts } of this.cuts.places) {
      ends = ends.flatMap((chosen) => cuts.filter(({ done }) => done === bits).map((last) => [...chosen, last]));
      if (ends.length > MOST_ENDS) return { ends: [], complete: false };
    }
    return { ends: ends.map((chosen) => this.cuts.together(chosen)), complete: true };
  }

  /** One release or device change after the other, that which waits for least first, and then the rest. */
  private stepByStep(): Path | undefined {
    const { precedence } = this;
    const schedule = new Schedule(this.transition, this.bins);
    const sizeOf = (index: number): number => precedence.powerOnsBeforeStep(index).length;
    const waiting = new Set([...this.cuts.few].sort((a, b) => sizeOf(a.index) - sizeOf(b.index) || a.index - b.index));
    for (let progress = true; progress && waiting.size > 0;) {
      progress = false;
      for (const step of waiting) {
        const needed = new Set([...precedence.ancestors[step.index]!, step.index]);
        const items = precedence.countOf(
          precedence.powerOns.filter(({ index }) => needed.has(index)),
          (each) => schedule.pendingOf(each),
        );
        const answer = this.packing.settle(schedule.hosts, items);
        if (answer.kind !== "shown") continue;
        schedule.put(answer.assignments, ({ index }) => needed.has(index));
        if (schedule.pendingOf(step) > 0) continue;
        waiting.delete(step);
        progress = true;
      }
    }
    const rest = this.packing.settle(
      schedule.hosts,
      precedence.countOf(precedence.powerOns, (each) => schedule.pendingOf(each)),
    );
    return rest.kind === "shown" && schedule.put(rest.assignments, () => true) && schedule.isAllOn ? schedule.path : undefined;
  }
}
