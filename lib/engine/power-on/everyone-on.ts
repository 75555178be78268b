import { Course } from "./precedence";
import { Enactment } from "./schedule";
import { Moment, Moments } from "./cuts";
import { Rooms } from "../packing/bins";
import { Transition } from "../state-space/transition";
import { Packing } from "../packing/packing";
import { Path } from "../state-space/explore-power-on";
import { Stand } from "../packing/answer";

/** Ends of device changes, each of which may have come too late to matter, that are looked at. */
const MOST_ENDS = 64;

/** Whether some order brings about everything: all is on, and everything has happened. */
export class EveryoneOn {
  private found: Path | "never" | "open" | undefined;

  constructor(
    private readonly transition: Transition,
    private readonly rooms: Rooms,
    private readonly course: Course,
    private readonly moments: Moments,
    private readonly packing: Packing,
  ) {}

  get path(): Path | "never" | "open" {
    return (this.found ??= this.find());
  }

  private find(): Path | "never" | "open" {
    const { moments, course } = this;
    if (!moments.isReachable(moments.whole)) return "never";
    const everyone = course.countOf(course.powerOns);
    const { ends, complete } = this.ends();
    let open = !complete;
    for (const end of ends) {
      const answer = this.packing.settle(end.hosts, everyone);
      if (answer.kind !== "never") open = true;
      const path = answer.kind === "shown" && this.enact(answer.stands, end);
      if (path) return path;
    }
    return open ? (this.stepByStep() ?? "open") : "never";
  }

  /** Others, which keep the slots for large VMs. */
  asBuddies(): Path[] {
    const end = this.ends().ends[0];
    if (!end) return [];
    return [false, true].flatMap((sparing) => {
      const stands = this.packing.asBuddies(end.hosts, this.course.countOf(this.course.powerOns), sparing);
      const path = stands && this.enact(stands, end);
      return path ? [path] : [];
    });
  }

  private enact(stands: readonly Stand[], { idle, hosts }: Moment): Path | undefined {
    const enactment = new Enactment(this.transition, this.rooms);
    return enactment.put(stands, () => true, hosts, this.moments.stepsOf(idle)) && enactment.isAllOn ? enactment.path : undefined;
  }

  private ends(): { readonly ends: readonly Moment[]; readonly complete: boolean } {
    let ends: (readonly Moments["places"][number]["moments"][number][])[] = [[]];
    for (const { bits, moments } of this.moments.places) {
      ends = ends.flatMap((chosen) => moments.filter(({ done }) => done === bits).map((last) => [...chosen, last]));
      if (ends.length > MOST_ENDS) return { ends: [], complete: false };
    }
    return { ends: ends.map((chosen) => this.moments.together(chosen)), complete: true };
  }

  /** One release or device change after the other, that which waits for least first, and then the rest. */
  private stepByStep(): Path | undefined {
    const { course } = this;
    const enactment = new Enactment(this.transition, this.rooms);
    const sizeOf = (index: number): number => course.powerOnsBeforeStep(index).length;
    const waiting = new Set([...this.moments.few].sort((a, b) => sizeOf(a.index) - sizeOf(b.index) || a.index - b.index));
    for (let progress = true; progress && waiting.size > 0;) {
      progress = false;
      for (const step of waiting) {
        const needed = new Set([...course.ancestors[step.index]!, step.index]);
        const items = course.countOf(
          course.powerOns.filter(({ index }) => needed.has(index)),
          (each) => enactment.pendingOf(each),
        );
        const answer = this.packing.settle(enactment.hosts, items);
        if (answer.kind !== "shown") continue;
        enactment.put(answer.stands, ({ index }) => needed.has(index));
        if (enactment.pendingOf(step) > 0) continue;
        waiting.delete(step);
        progress = true;
      }
    }
    const rest = this.packing.settle(
      enactment.hosts,
      course.countOf(course.powerOns, (each) => enactment.pendingOf(each)),
    );
    return rest.kind === "shown" && enactment.put(rest.stands, () => true) && enactment.isAllOn ? enactment.path : undefined;
  }
}
