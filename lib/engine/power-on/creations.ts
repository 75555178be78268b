import { Means } from "../../model";
import { ancestorsOf } from "./precedence";
import { Schedule } from "./schedule";
import { dominances } from "../packing/dominance";
import { ClassCount, Problem, StepClass, VmClass } from "../compile/problem";
import { Demand, Bin, Bins, binsOf } from "../packing/bins";
import { State, Transition } from "../state-space/transition";
import { Answer, Assignment, only } from "../packing/answer";
import { Blockade } from "../packing/blockade";
import { Budget } from "../packing/budget";
import { Packing } from "../packing/packing";
import { Path } from "../state-space/explore-power-on";

/** What is proved of a batch without looking at its orders one by one. */
export interface PowerOnProof {
  /** Undefined: whether everything can be on is open, and something can be left off. */
  readonly verdict: "guaranteed" | "order-dependent" | "impossible" | undefined;
  readonly canBeOff: ReadonlySet<number>;
  /** Whether every step class that is not in `canBeOff` is proved never to be off. */
  readonly complete: boolean;
  readonly decidedBy: Means;
  /** Unless guaranteed; absent where a VM can never be on, so that any order shows it. */
  readonly failing?: Path;
  /** With order-dependent. */
  readonly succeeding?: Path;
}

/** A refusal that can be carried out, and written down when somebody wants to know how. */
type Shown = () => Path | undefined;

/** What each VM waits for is looked at for every other: with more that wait than this, nobody would. */
const MOST_WAITING = 1000;

/** Whether the batch only creates, and nothing but capacity and what is the same for all hosts can refuse a power-on. */
export function onlyTakes({ steps, rules }: Problem): boolean {
  if (steps.filter(({ after }) => after.length > 0).length > MOST_WAITING) return false;
  return steps.every(({ kind }) => kind === "power-on") && rules.every(({ type, atPowerOn }) => type === "separate" || !atPowerOn);
}

/**
 * Section 5 for a batch that only creates. Every step class is settled on its own: can the others be placed so that it is
 * refused? Whether all can be on at once is the question of one packing.
 */
export class CreationsProver {
  private readonly bins: Bins;
  private readonly initial: State;
  private readonly hosts: readonly Bin[];
  /** By demand: the batch, and those of it that can be on at all. */
  private readonly everyone: readonly number[];
  private readonly able: readonly number[];
  private readonly nobody: readonly number[];
  private readonly packing: Packing;
  private readonly blockades = new Map<number, Blockade>();
  private unstoppable: ReadonlySet<number> | undefined;
  private readonly neverOn: ReadonlySet<number>;
  private together: Path | "never" | "open" | undefined;
  private readonly ancestors: readonly ReadonlySet<number>[];
  /** Nobody waits for anybody. */
  private readonly isFlat: boolean;

  constructor(
    private readonly transition: Transition,
    private readonly budget: Budget,
  ) {
    const { problem } = transition;
    this.bins = binsOf(problem, "power-on");
    this.packing = new Packing(this.bins, budget.another());
    this.initial = transition.initial();
    this.hosts = this.initial.hosts.map((host) => this.bins.of(host));
    this.isFlat = problem.steps.every(({ after }) => after.length === 0);
    this.ancestors = ancestorsOf(problem.steps);
    this.neverOn = this.alwaysOff();
    this.everyone = this.countOf(problem.steps);
    this.able = this.countOf(problem.steps.filter(({ index }) => !this.neverOn.has(index)));
    this.nobody = this.able.map(() => 0);
  }

  settle(): PowerOnProof {
    const { steps } = this.transition.problem;
    const canBeOff = new Set(this.neverOn);
    const refused = this.refusedByCluster();
    let complete = true;
    let failing: Path | undefined;
    for (const step of steps) {
      if (canBeOff.has(step.index)) continue;
      const answer = refused ? this.refusedLast(step) : this.canBeRefused(step);
      if (answer === "open") complete = false;
      if (answer === "open" || answer === "never") continue;
      failing ??= answer();
      canBeOff.add(step.index);
      if (!this.isFlat) for (const { index } of steps) if (this.ancestors[index]!.has(step.index)) canBeOff.add(index);
    }
    const shown = { canBeOff, complete, decidedBy: this.means(), ...(failing ? { failing } : {}) };
    if (refused || this.neverOn.size > 0) return { verdict: "impossible", ...shown };
    if (canBeOff.size === 0 && complete) return { verdict: "guaranteed", ...shown };
    const packed = this.allOn();
    if (packed === "never") return { verdict: "impossible", ...shown, decidedBy: this.packing.hasSearched ? "search" : "counting" };
    const succeeding = packed === "open" ? {} : { succeeding: packed };
    if (canBeOff.size > 0 && this.packing.hasSearched) shown.decidedBy = "search";
    return { verdict: canBeOff.size > 0 && packed !== "open" ? "order-dependent" : undefined, ...shown, ...succeeding };
  }

  private means(): Means {
    const asked = [...this.blockades.values()];
    if (asked.some(({ hasSearched }) => hasSearched)) return "search";
    return asked.some(({ hasTried }) => hasTried) ? "greedy" : "prices";
  }

  /** Steps that can't work even with every host as empty as it will ever be, and what waits for them. */
  private alwaysOff(): ReadonlySet<number> {
    const { steps } = this.transition.problem;
    const first = steps.filter((step) => !this.transition.firstOutcome(this.initial, step).worked).map(({ index }) => index);
    if (this.isFlat || first.length === 0) return new Set(first);
    return new Set([...first, ...steps.flatMap(({ index }) => (first.some((other) => this.ancestors[index]!.has(other)) ? [index] : []))]);
  }

  /**
   * Whether admission control or a resource pool refuses the last VM when all others are on. Both count what is on and refuse
   * the more, the more that is, so then not everything can be on in any order, and else neither ever refuses.
   */
  private refusedByCluster(): boolean {
    const { steps, admission, pools } = this.transition.problem;
    if (!admission && !pools) return false;
    return steps.some((step) => {
      const state = { ...this.initial, pending: Uint32Array.from(steps, ({ index }) => (index === step.index ? 1 : 0)) };
      return (
        this.transition.admissionRefuses(state, this.classOf(step)) || this.transition.poolShortage(state, this.classOf(step)) !== undefined
      );
    });
  }

  /** With admission control or pools in the way: whether the VM is refused when it comes last. */
  private refusedLast(step: StepClass): Shown | "open" {
    const schedule = new Schedule(this.transition, this.bins);
    const later = (index: number): boolean => index === step.index || this.ancestors[index]!.has(step.index);
    return schedule.allBut(step, later) && schedule.refuse(step, undefined) ? () => schedule.finish() : "open";
  }

  /** Demands that all others, with a twin of the VM itself, can't keep out, whoever of them waits for whom. */
  private findUnstoppable(): ReadonlySet<number> {
    const { demands } = this.bins;
    const rows = [...new Set(this.hosts.map(({ allows }) => allows))];
    const allowedBy = ({ index }: Demand): string => rows.map((allows) => (allows[index] ? 1 : 0)).join("");
    const found = dominances(
      demands.filter(({ index }) => this.able[index]! > 0),
      (demand) => demand,
      allowedBy,
    ).filter(({ largest }) => {
      const open = this.hosts.filter((bin) => this.bins.fits(bin, largest));
      return this.blockadeOf(largest).proves(open, this.able);
    });
    return new Set(found.flatMap(({ covered }) => covered.map(({ index }) => index)));
  }

  private canBeRefused(step: StepClass): Shown | "never" | "open" {
    const vmClass = this.classOf(step);
    const victim = this.bins.demandOf(vmClass);
    // It takes nothing, and a host that allows it is there: else it would be always off.
    if (!victim) return "never";
    this.unstoppable ??= this.findUnstoppable();
    if (!vmClass.fixedHost && this.unstoppable.has(victim.index)) return "never";
    const slots = this.hosts.flatMap((bin, slot) => (bin.allows[victim.index] ? [slot] : []));
    const ways = vmClass.fixedHost ? this.distinct(slots).map((slot) => [slot]) : [slots];
    let open = false;
    for (const closed of ways) {
      const answer = this.refusedAt(step, victim, closed);
      if (answer === "open") open = true;
      else if (answer !== "never") return answer;
    }
    return open ? "open" : "never";
  }

  /**
   * First all that could ever stand in the way, which proves "never"; then what comes for free beside what the VM waits for,
   * and with whatever turned out to be needed of what that waits for in turn.
   */
  private refusedAt(step: StepClass, victim: Demand, closed: readonly number[]): Shown | "never" | "open" {
    if (this.isFlat) {
      // Nobody waits for anybody: nothing can go wrong in carrying it out.
      const supply = this.able.map((count, demand) => (demand === victim.index ? count - 1 : count));
      const answer = this.blockadeOf(victim).settle({ hosts: this.hosts, closed, supply, forced: this.nobody });
      return answer.kind === "shown" ? () => this.scheduleFor(step, answer, new Set(), closed)?.finish() : answer.kind;
    }
    const { steps } = this.transition.problem;
    const forced = this.ancestors[step.index]!;
    const others = steps.filter(({ index }) => index !== step.index && !this.ancestors[index]!.has(step.index) && !this.neverOn.has(index));
    const ask = (on: ReadonlySet<number>, may: (other: StepClass) => boolean): Answer => {
      const supply = this.countOf([{ ...step, size: step.size - 1 }, ...others.filter(may)]);
      return this.blockadeOf(victim).settle({
        hosts: this.hosts,
        closed,
        supply,
        forced: this.countOf(others.filter(({ index }) => on.has(index))),
      });
    };
    const all = ask(forced, () => true);
    if (all.kind !== "shown") return all.kind;
    const isFree =
      (on: ReadonlySet<number>) =>
      (other: StepClass): boolean =>
        [...this.ancestors[other.index]!].every((index) => on.has(index));
    let on: ReadonlySet<number> = forced;
    for (let rounds = 0; rounds <= steps.length; rounds++) {
      const answer = others.every(isFree(on)) ? all : ask(on, (other) => on.has(other.index) || isFree(on)(other));
      const schedule = answer.kind === "shown" ? this.scheduleFor(step, answer, on, closed) : undefined;
      if (schedule) return () => schedule.finish();
      // Let in more of what waits for others, the least demanding first.
      const next = others
        .filter((other) => !on.has(other.index) && !isFree(on)(other))
        .sort((a, b) => this.ancestors[a.index]!.size - this.ancestors[b.index]!.size)[0];
      if (!next) break;
      on = new Set([...on, ...this.ancestors[next.index]!]);
    }
    return "open";
  }

  private scheduleFor(
    step: StepClass,
    answer: Extract<Answer, { kind: "shown" }>,
    on: ReadonlySet<number>,
    closed: readonly number[],
  ): Schedule | undefined {
    const schedule = new Schedule(this.transition, this.bins);
    const isFixed = this.classOf(step).fixedHost;
    const may = (other: StepClass, left: number): boolean => {
      if (other.index === step.index) return left > 1;
      return (
        !this.ancestors[other.index]!.has(step.index) && (this.bins.demandOf(this.classOf(other)) !== undefined || on.has(other.index))
      );
    };
    return schedule.put(answer.assignments, may) && schedule.refuse(step, isFixed ? closed[0] : undefined) ? schedule : undefined;
  }

  /** A placement with everything on, each VM where it leaves least behind. */
  packed(): State | undefined {
    const path = this.allOn();
    return typeof path === "string" ? undefined : path.at(-1)?.outcome.state;
  }

  /** Others, which keep the slots for large VMs. */
  asBuddies(): State[] {
    return [false, true].flatMap((sparing) => {
      const assignments = this.packing.asBuddies(this.hosts, this.everyone, sparing);
      const schedule = new Schedule(this.transition, this.bins);
      return (assignments && schedule.put(assignments, () => true) && schedule.finish()?.at(-1)?.outcome.state) || [];
    });
  }

  /** One with room for others at the same time. */
  leaving(reserved: readonly ClassCount[]): State | undefined {
    const others = this.bins.counted(reserved);
    const answer = this.packing.settle(
      this.hosts,
      this.everyone.map((count, demand) => count + others[demand]!),
    );
    if (answer.kind !== "shown") return undefined;
    const left = [...this.everyone];
    const kept = new Set<Assignment>();
    for (const assignment of answer.assignments) if (left[assignment.demand]!-- > 0) kept.add(assignment);
    const schedule = new Schedule(this.transition, this.bins);
    const isPut = schedule.put(only(this.bins, this.hosts, answer.assignments, kept), () => true);
    return isPut && schedule.isAllOn ? schedule.finish().at(-1)?.outcome.state : undefined;
  }

  private allOn(): Path | "never" | "open" {
    return (this.together ??= this.findTogether());
  }

  private findTogether(): Path | "never" | "open" {
    const answer = this.packing.settle(this.hosts, this.everyone);
    if (answer.kind !== "shown") return answer.kind;
    const schedule = new Schedule(this.transition, this.bins);
    return schedule.put(answer.assignments, () => true) ? schedule.finish() : "open";
  }

  private blockadeOf(victim: Demand): Blockade {
    const known =
      this.blockades.get(victim.index) ?? new Blockade(this.bins, victim, this.everyone, this.budget.oneOf(this.bins.demands.length));
    this.blockades.set(victim.index, known);
    return known;
  }

  private distinct(slots: readonly number[]): number[] {
    return slots.filter((slot, at) => slots.findIndex((other) => this.hosts[other] === this.hosts[slot]) === at);
  }

  private countOf(steps: readonly StepClass[]): number[] {
    return this.bins.counted(steps.map((step) => ({ vmClass: this.classOf(step), count: step.size })));
  }

  private classOf({ vmClass }: StepClass): VmClass {
    return this.transition.problem.classes[vmClass!]!;
  }
}
