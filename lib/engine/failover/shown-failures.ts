import { FailoverProver } from "./failover-prover";
import { FailureSet } from "./failure-sets";
import { FilledPlacements } from "./filled-placements";
import { PlacementSpace } from "./placement-space";
import { RestartInstance } from "./restart-instance";
import { WorstCase, named, worseOf } from "./worst-case";
import { VmClass } from "../compile/problem";
import { Assignment } from "../packing/answer";
import { Budget } from "../packing/budget";
import { Course, Turn, courseOf } from "../state-space/restart-course";
import { State, Transition } from "../state-space/transition";

/** A failure and a course of restarts after it, carried out step by step. */
export interface ShownFailure extends WorstCase {
  readonly course: Course;
}

/** Other placements that are looked at beside those that are made for a failure. */
const MOST_SAMPLES = 1;

/**
 * Shows what becomes of VMs when some hosts fail: from a few placements, by a few courses of restarts that leave much off as a rule. Each is
 * carried out by what decides everywhere else whether a VM fits, so that what is shown does happen; it need not be the worst.
 */
export class ShownFailures {
  private readonly filled: FilledPlacements;
  private given: readonly State[] | undefined;

  constructor(
    private readonly transition: Transition,
    private readonly space: PlacementSpace,
    private readonly instance: RestartInstance,
    private readonly prover: FailoverProver,
    /** Protected VMs that take nothing, by class: they have nowhere left when every usable host fails. */
    private readonly idle: (placement: State) => readonly number[],
    budget: Budget,
  ) {
    this.filled = new FilledPlacements(transition.problem, space, budget);
  }

  /** The worst of what these hosts' failure was seen to do. */
  of(failed: FailureSet): ShownFailure | undefined {
    const cases = this.placements(failed).flatMap((placement) => CHOICES.map((choice) => this.follow(placement, failed, choice)));
    const blockade = this.blocked(failed);
    return [...cases, ...(blockade ? [blockade] : [])].reduce<ShownFailure | undefined>(
      (worst, each) => worseOf(this.transition.problem, worst, each),
      undefined,
    );
  }

  private placements(failed: FailureSet): readonly State[] {
    const { base, batch } = this.space;
    if (batch.length === 0) return [base];
    this.given ??= this.space.samples().slice(0, MOST_SAMPLES);
    return [...this.filled.on(failed), ...this.given];
  }

  /** What a proof says can stand in the way of a VM. */
  private blocked(failed: FailureSet): ShownFailure | undefined {
    const shown = this.prover.blockadeAt(failed);
    const { base, batch } = this.space;
    const { bins, hosts } = this.instance;
    const placement = shown && (batch.length === 0 ? base : this.space.reach(bins, hosts, shown.poweredOn));
    return placement && this.follow(placement, failed, { order: smallFirst, free: -1, restarts: shown.restarts });
  }

  private follow(placement: State, failed: FailureSet, { order, free, restarts = [] }: Choice): ShownFailure {
    const { problem, hosts } = this.transition;
    const survivors = placement.hosts.map((host, slot) => (failed.includes(slot) ? undefined : hosts.forRestart(host)));
    const victims = problem.classes.map(() => 0);
    for (const slot of failed) for (const member of placement.hosts[slot]!.members) victims[member]!++;
    const turns = problem.classes
      .filter(({ index, tier }) => tier > 0 && victims[index]! > 0)
      .flatMap((vmClass) => Array.from({ length: victims[vmClass.index]! }, () => vmClass));
    const leftFree: Turn["score"] = (_, __, next) => free * next.free.reduce((sum, count) => sum + count, 0);
    const guided = this.guided(turns, restarts, leftFree);
    const isGuided = (turn: Turn): boolean => turn.score !== leftFree;
    const sorted = guided.sort(
      (a, b) => b.vmClass.tier - a.vmClass.tier || Number(isGuided(b)) - Number(isGuided(a)) || order(a.vmClass, b.vmClass),
    );
    const course = courseOf(problem, hosts, survivors, sorted);
    const idle = failed.length === this.instance.usable.length ? this.idle(placement) : [];
    const off = course.off.map((count, index) => count + (idle[index] ?? 0));
    return { ...named(problem, placement, failed, off), course };
  }

  /** VMs that are to go where a blockade wants one like them: those of the highest tiers, because all of them have to be back before it. */
  private guided(turns: readonly VmClass[], restarts: readonly Assignment[], otherwise: Turn["score"]): Turn[] {
    const wishes = new Map<number, Assignment[]>();
    for (const assignment of restarts) wishes.set(assignment.demand, [...(wishes.get(assignment.demand) ?? []), assignment]);
    return [...turns]
      .sort((a, b) => b.tier - a.tier)
      .map((vmClass): Turn => {
        const demand = this.instance.bins.demandOf(vmClass);
        const wish = demand && wishes.get(demand.index)?.shift();
        const score: Turn["score"] = (slot, _, next) => (slot !== wish?.slot ? 2 : this.instance.bins.of(next) === wish.next ? 0 : 1);
        return { vmClass, score: wish ? score : otherwise };
      });
  }
}

interface Choice {
  readonly order: (a: VmClass, b: VmClass) => number;
  /** 1: where fewest devices are left free, -1: most. */
  readonly free: 1 | -1;
  readonly restarts?: readonly Assignment[];
}

function smallFirst(a: VmClass, b: VmClass): number {
  return a.requests.length - b.requests.length || a.memoryMb - b.memoryMb || a.cpuMhz - b.cpuMhz || lastNameFirst(a, b);
}

function largeFirst(a: VmClass, b: VmClass): number {
  return b.requests.length - a.requests.length || b.memoryMb - a.memoryMb || b.cpuMhz - a.cpuMhz || lastNameFirst(a, b);
}

/** Those with the first names stay off, which F4 names. */
function lastNameFirst({ members: [a] }: VmClass, { members: [b] }: VmClass): number {
  return a!.id < b!.id ? 1 : -1;
}

const CHOICES: readonly Choice[] = [smallFirst, largeFirst].flatMap((order) => ([1, -1] as const).map((free): Choice => ({ order, free })));
