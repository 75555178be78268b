import { StepClass, VmClass } from "./problem";
import { Room, Rooms } from "./rooms";
import { Move, Path, Stand } from "./search";
import { Outcome, State, Transition } from "./transition";

/**
 * Turns "these VMs are on these hosts" into a sequence of power-ons that the transition itself carries out, so that it is a
 * legal one: creations only. Undefined where it can't be carried out.
 */
export class Enactment {
  private readonly moves: Move[] = [];
  private state: State;

  constructor(
    private readonly transition: Transition,
    private readonly rooms: Rooms,
  ) {
    this.state = transition.initial();
  }

  get path(): Path {
    return this.moves;
  }

  /** Puts VMs of the step classes that `may` names where the stands say; false where one can't be there, or has to wait for ever. */
  put(stands: readonly Stand[], may: (step: StepClass, left: number) => boolean): boolean {
    const { problem } = this.transition;
    const open = this.wishesOf(stands);
    for (let progress = true; progress && open.length > 0; ) {
      progress = false;
      for (const step of problem.steps) {
        const demand = this.rooms.demandOf(this.classOf(step));
        for (let left = this.ready(step); left > 0 && may(step, left); left--) {
          if (!demand) {
            // It takes nothing, but others may wait for it.
            const outcome = this.transition.firstOutcome(this.state, step);
            if (!outcome.worked) return false;
            this.take(outcome);
            progress = true;
            continue;
          }
          const at = open.findIndex((wish) => wish.demand === demand.index);
          if (at < 0) break;
          const outcome = this.placing(step, open[at]!);
          if (!outcome) return false;
          open.splice(at, 1);
          this.take(outcome);
          progress = true;
        }
      }
    }
    return open.length === 0;
  }

  /** Tries one of the step class now, to be refused (on the host that was chosen for it, where that is fixed before). */
  refuse(step: StepClass, slot: number | undefined): boolean {
    if (this.ready(step) === 0) return false;
    const fits = (outcome: Outcome): boolean => !outcome.worked && (slot === undefined || outcome.slot === undefined || this.sameHost(outcome.slot, slot));
    const refusal = this.transition.outcomes(this.state, step).find(fits);
    if (refusal) this.take(refusal);
    return refusal !== undefined;
  }

  /** Everything but the last one of a step class and what `later` names, in the order of the plan, each where it can be. */
  allBut(last: StepClass, later: (index: number) => boolean): boolean {
    for (;;) {
      const isNext = (step: StepClass): boolean => (step.index === last.index ? this.state.pending[last.index]! > 1 : !later(step.index));
      const next = this.transition.problem.steps.find((step) => isNext(step) && this.transition.isEnabled(this.state, step));
      if (!next) return this.ready(last) > 0;
      this.take(this.transition.firstOutcome(this.state, next));
    }
  }

  /** The rest of the batch, wherever it goes, so that the end of the sequence is told in full. */
  finish(): Path {
    for (;;) {
      const next = this.transition.problem.steps.find((step) => this.transition.isEnabled(this.state, step));
      if (!next) return this.moves;
      this.take(this.transition.firstOutcome(this.state, next));
    }
  }

  private sameHost(a: number, b: number): boolean {
    return this.state.hosts[a]!.id === this.state.hosts[b]!.id;
  }

  /** By stand: the devices of each type that it takes, whatever the order in which VMs come to a host. */
  private wishesOf(stands: readonly Stand[]): Wish[] {
    const rooms = new Map<number, Room>();
    return stands.map(({ slot, demand, next }) => {
      const before = rooms.get(slot) ?? this.rooms.of(this.state.hosts[slot]!);
      rooms.set(slot, next);
      return { slot, demand, takes: before.free.map((count, type) => count - next.free[type]!) };
    });
  }

  private placing(step: StepClass, { slot, takes }: Wish): Outcome | undefined {
    const { free } = this.rooms.of(this.state.hosts[slot]!);
    const option = this.transition.optionsAt(this.state, slot, this.classOf(step)).find(({ next }) => {
      const after = this.rooms.of(next).free;
      return takes.every((count, type) => free[type]! - after[type]! === count);
    });
    return option && this.transition.placing(this.state, step, slot, option.take);
  }

  private classOf({ vmClass }: StepClass): VmClass {
    return this.transition.problem.classes[vmClass!]!;
  }

  private ready({ index, after }: StepClass): number {
    const { pending, off } = this.state;
    return after.every((before) => pending[before] === 0 && off[before] === 0) ? pending[index]! : 0;
  }

  private take(outcome: Outcome): void {
    this.moves.push({ from: this.state, outcome });
    this.state = outcome.state;
  }
}

interface Wish {
  readonly slot: number;
  readonly demand: number;
  readonly takes: readonly number[];
}
