import { StepClass, VmClass } from "../compile/problem";
import { Bin, Bins } from "../packing/bins";
import { Outcome, State, Transition } from "../state-space/transition";
import { Move, Path } from "../state-space/explore-power-on";
import { Assignment } from "../packing/answer";

/**
 * Turns "these VMs are on these hosts" into a sequence of power-ons that the transition itself carries out, so that it is a
 * legal one. Undefined where it can't be carried out.
 */
export class Schedule {
  private readonly moves: Move[] = [];
  private state: State;

  constructor(
    private readonly transition: Transition,
    private readonly bins: Bins,
  ) {
    this.state = transition.initial();
  }

  get path(): Path {
    return this.moves;
  }

  /** Where the batch is by now. */
  get end(): State {
    return this.state;
  }

  /** What the hosts have left by now. */
  get hosts(): readonly Bin[] {
    return this.state.hosts.map((host) => this.bins.of(host));
  }

  pendingOf({ index }: StepClass): number {
    return this.state.pending[index]!;
  }

  get isAllOn(): boolean {
    const { pending, off } = this.state;
    return pending.every((count) => count === 0) && off.every((count) => count === 0);
  }

  /**
   * Puts VMs of the step classes that `may` names where the assignments say, each as soon as that is possible; releases and device
   * changes that it names happen as soon as they can, `late` ones when nothing else can. `before`: what the assignments take away from.
   * False where a VM can't be there, or has to wait for ever.
   */
  put(
    assignments: readonly Assignment[],
    may: (step: StepClass, left: number) => boolean,
    before = this.hosts,
    late: ReadonlySet<number> = new Set(),
  ): boolean {
    const { steps } = this.transition.problem;
    const open = wishesOf(assignments, before);
    for (let progress = true; progress;) {
      progress = false;
      for (const step of steps) if (!late.has(step.index) && this.advance(step, open, may)) progress = true;
      if (!progress) progress = steps.some((step) => late.has(step.index) && this.advance(step, open, may));
    }
    return [...open.values()].every((wishes) => wishes.length === 0);
  }

  /** As many of the step class as can be now; whether there was one. */
  private advance(step: StepClass, open: Wishes, may: (step: StepClass, left: number) => boolean): boolean {
    const demand = step.kind === "power-on" ? this.bins.demandOf(this.classOf(step)) : undefined;
    let progress = false;
    for (let left = this.ready(step); left > 0 && may(step, left); left--) {
      // What takes nothing is wherever it may be, but others may wait for it.
      const outcome = demand ? this.wished(step, open.get(demand.index) ?? []) : this.transition.firstOutcome(this.state, step);
      if (!outcome?.worked) break;
      this.take(outcome);
      progress = true;
    }
    return progress;
  }

  /** The first wish that can come true now. */
  private wished(step: StepClass, wishes: Wish[]): Outcome | undefined {
    const tried = new Set<string>();
    for (const [at, wish] of wishes.entries()) {
      if (tried.has(wish.key)) continue;
      tried.add(wish.key);
      const outcome = this.placing(step, wish);
      if (!outcome) continue;
      wishes.splice(at, 1);
      return outcome;
    }
    return undefined;
  }

  /** Tries one of the step class now, to be refused (on the host that was chosen for it, where that is fixed before). */
  refuse(step: StepClass, slot: number | undefined): boolean {
    if (this.ready(step) === 0) return false;
    const fits = (outcome: Outcome): boolean =>
      !outcome.worked && (slot === undefined || outcome.slot === undefined || this.sameHost(outcome.slot, slot));
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

  /** The rest of the batch, wherever it goes, so that the end of the sequence is shown in full. */
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

  private placing(step: StepClass, { slot, takes }: Wish): Outcome | undefined {
    const { free } = this.bins.of(this.state.hosts[slot]!);
    const option = this.transition.optionsAt(this.state, slot, this.classOf(step)).find(({ next }) => {
      const after = this.bins.of(next).free;
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
  readonly takes: readonly number[];
  readonly key: string;
}

/** By demand. */
type Wishes = ReadonlyMap<number, Wish[]>;

/** By assignment: the devices of each type that it takes, whatever the order in which VMs come to a host. */
function wishesOf(assignments: readonly Assignment[], hosts: readonly Bin[]): Wishes {
  const bins = [...hosts];
  const wishes = new Map<number, Wish[]>();
  for (const { slot, demand, next } of assignments) {
    const { free } = bins[slot]!;
    bins[slot] = next;
    const takes = free.map((count, type) => count - next.free[type]!);
    const wish = { slot, takes, key: `${slot}|${takes.join()}` };
    const same = wishes.get(demand);
    if (same) same.push(wish);
    else wishes.set(demand, [wish]);
  }
  return wishes;
}
