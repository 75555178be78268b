import { Means } from "../../model/index";
import { Course } from "./precedence";
import { Doubts, Refusal, roomsOfAll } from "./open-cuts";
import { EveryoneOn } from "./everyone-on";
import { Moments } from "./cuts";
import { Problem, StepClass } from "../compile/problem";
import { RefusalAtMoment } from "./blockade-at-cut";
import { Demand, Rooms, roomsOf } from "../packing/bins";
import { PowerOnProof } from "./creations";
import { State, Transition } from "../state-space/transition";
import { Blockade } from "../packing/blockade";
import { Budget } from "../packing/budget";
import { Packing } from "../packing/packing";
import { Path } from "../state-space/explore-power-on";

/** Blockades that are looked for, for one VM, where prices don't rule them out, and how many of them may stay open. */
const MOST_BLOCKADES = 24;
const MOST_OPEN = 3;

/** Whether the batch releases or changes devices, and nothing but capacity and what is the same for all hosts can refuse a power-on. */
export function onlyUpdates({ steps, rules, classes, admission, pools }: Problem): boolean {
  if (steps.every(({ kind }) => kind === "power-on") || admission || pools) return false;
  if (rules.some(({ type, atPowerOn }) => atPowerOn && type !== "separate")) return false;
  // A VM that is replaced does not stand against itself, which rooms don't know.
  return steps.every(({ kind, vmClass }) => kind !== "release" || classes[vmClass!]!.rules.length === 0);
}

/**
 * Section 5 for a batch of creations with a few updates, replacements, deletes and device changes among them. A VM is tried at
 * one moment, when some of those have happened: at each the question is that of a batch that only creates.
 */
export class UpdateSettlement {
  private readonly rooms: Rooms;
  private readonly course: Course;
  private readonly packing: Packing;
  private readonly neverOn: ReadonlySet<number>;
  private readonly moments: Moments | undefined;
  private readonly everyone: EveryoneOn | undefined;
  private readonly all: readonly number[];
  private readonly blockades = new Map<number, { readonly blockade: Blockade; readonly doubts: Doubts }>();
  private readonly proved = new Set<string>();

  constructor(
    private readonly transition: Transition,
    private readonly budget: Budget,
  ) {
    const { problem } = transition;
    this.rooms = roomsOf(problem, "power-on");
    this.course = new Course(problem, this.rooms);
    this.packing = new Packing(this.rooms, budget.another());
    this.all = this.course.countOf(this.course.powerOns);
    const ever = Moments.of(transition, this.rooms, this.course, new Set(), this.packing);
    this.neverOn = ever ? this.alwaysOff(ever) : new Set();
    this.moments = ever && this.neverOn.size > 0 ? Moments.of(transition, this.rooms, this.course, this.neverOn, this.packing) : ever;
    this.everyone = this.moments && new EveryoneOn(transition, this.rooms, this.course, this.moments, this.packing);
  }

  /** Undefined where there is too much beside creations. */
  settle(): PowerOnProof | undefined {
    const { moments, everyone } = this;
    if (!moments || !everyone) return undefined;
    const off = this.course.powerOns.flatMap(({ index }) => (this.neverOn.has(index) ? [index] : []));
    const canBeOff = new Set(off);
    let complete = true;
    let failing: Path | undefined;
    for (const step of this.course.powerOns) {
      if (canBeOff.has(step.index)) continue;
      const answer = this.canBeRefused(step, moments);
      if (answer === "open") complete = false;
      if (answer === "open" || answer === "never") continue;
      failing ??= answer();
      canBeOff.add(step.index);
      for (const index of this.course.followersOf(step)) canBeOff.add(index);
    }
    const shown = { canBeOff, complete, decidedBy: this.means(), ...(failing ? { failing } : {}) };
    if (off.length > 0) return { verdict: "impossible", ...shown };
    if (canBeOff.size === 0 && complete) return { verdict: "guaranteed", ...shown };
    const packed = everyone.path;
    if (this.packing.hasSearched) shown.decidedBy = "search";
    if (packed === "never") return { verdict: "impossible", ...shown };
    const succeeding = packed === "open" ? {} : { succeeding: packed };
    return { verdict: canBeOff.size > 0 && packed !== "open" ? "order-dependent" : undefined, ...shown, ...succeeding };
  }

  /** A placement with everything on. */
  packed(): State | undefined {
    const path = this.neverOn.size === 0 && this.everyone?.path;
    return typeof path === "object" ? path.at(-1)?.outcome.state : undefined;
  }

  /** Others, which keep the slots for large VMs. */
  asBuddies(): State[] {
    if (!this.everyone || this.neverOn.size > 0) return [];
    return this.everyone.asBuddies().flatMap((path) => path.at(-1)?.outcome.state ?? []);
  }

  private means(): Means {
    const asked = [...this.blockades.values()];
    if (asked.some(({ blockade }) => blockade.hasSearched)) return "search";
    return asked.some(({ blockade }) => blockade.hasTried) ? "greedy" : "prices";
  }

  /** Steps that can't work even alone, at any moment, and what waits for them. */
  private alwaysOff(moments: Moments): ReadonlySet<number> {
    const never = new Set(this.course.powerOns.flatMap((step) => (this.worksAlone(step, moments) ? [] : [step.index])));
    const waits = this.course.steps.filter(({ index }) => [...this.course.ancestors[index]!].some((before) => never.has(before)));
    return new Set([...never, ...waits.map(({ index }) => index)]);
  }

  private worksAlone(step: StepClass, moments: Moments): boolean {
    const { kinds, slots } = this.transition.problem;
    const { refused, index } = this.course.classOf(step);
    if (refused.length > 0) return false;
    const demand = this.course.demandOf(step);
    if (!demand) return slots.some(({ kind }) => kinds[kind]!.mayPowerOn[index]!);
    const [needs, before] = [moments.needs[step.index]!, moments.before(step)];
    const touched = new Set(moments.places.map(({ slot }) => slot));
    if (moments.start.some((room, slot) => !touched.has(slot) && this.rooms.fits(room, demand))) return true;
    return moments.places.some(({ bits, moments: here }) => {
      return here.some(({ done, room }) => {
        const wanted = needs | done | moments.neededBy(needs | done);
        return (wanted & bits) === done && (done & ~before) === 0 && this.rooms.fits(room, demand);
      });
    });
  }

  private canBeRefused(step: StepClass, moments: Moments): (() => Path) | "never" | "open" {
    const victim = this.course.demandOf(step);
    if (!victim) return "never";
    const { fixedHost } = this.course.classOf(step);
    const followers = this.course.steps.flatMap(({ index }) => (this.course.ancestors[index]!.has(step.index) ? [index] : []));
    const key = [victim.index, fixedHost, [...this.course.ancestors[step.index]!].sort(), "", followers].join();
    if (this.proved.has(key)) return "never";
    const answer = this.refusedAtSome(step, victim, moments);
    // VMs of one demand and one place in the order can change places.
    if (answer === "never") this.proved.add(key);
    return answer;
  }

  private refusedAtSome(step: StepClass, victim: Demand, moments: Moments): (() => Path) | "never" | "open" {
    const { blockade, doubts } = this.blockadeOf(victim, moments);
    const before = moments.before(step);
    const { powerOns, ancestors } = this.course;
    const isBefore = ({ index }: StepClass): boolean => !ancestors[index]!.has(step.index) && (moments.needs[index]! & ~before) === 0;
    const isOther = (other: StepClass): boolean => other.index !== step.index && !this.neverOn.has(other.index) && isBefore(other);
    const others = powerOns.filter(isOther);
    const twins = { needs: 0, counts: this.course.countOf([step], ({ size }) => size - 1) };
    const supply = [twins, ...others.map((other) => ({ needs: moments.needs[other.index]!, counts: this.course.countOf([other]) }))];
    const refusal = new RefusalAtMoment(this.transition, this.rooms, this.course, moments, blockade, step, others);
    const told = new Set<string>();
    let open = 0;
    for (const closed of this.ways(step, moments)) {
      const asked: Refusal = { needs: moments.needs[step.index]!, before, closed, supply };
      for (const moment of doubts.of(asked)) {
        if (moment === "open") return "open";
        // Equal hosts and equal others make an equal question.
        const alike = refusal.alike(moment, closed);
        if (told.has(alike)) continue;
        if (told.size === MOST_BLOCKADES || open === MOST_OPEN) return "open";
        told.add(alike);
        const answer = refusal.at(moment, closed);
        if (answer === "open") open++;
        else if (answer !== "never") return answer;
      }
    }
    return open > 0 ? "open" : "never";
  }

  /** The slots that have to be closed to the VM together: where its host is fixed before, any one of them. */
  private ways(step: StepClass, { start, places }: Moments): (readonly number[])[] {
    const { kinds, slots } = this.transition.problem;
    const { fixedHost, index } = this.course.classOf(step);
    const welcome = slots.flatMap(({ kind }, slot) => (kinds[kind]!.mayPowerOn[index]! ? [slot] : []));
    if (!fixedHost) return [welcome];
    const touched = new Set(places.map(({ slot }) => slot));
    const isFirst = (slot: number): boolean => welcome.find((other) => !touched.has(other) && start[other] === start[slot]) === slot;
    return welcome.filter((slot) => touched.has(slot) || isFirst(slot)).map((slot) => [slot]);
  }

  private blockadeOf(victim: Demand, moments: Moments): { readonly blockade: Blockade; readonly doubts: Doubts } {
    let known = this.blockades.get(victim.index);
    if (!known) {
      const blockade = new Blockade(this.rooms, victim, this.all, this.budget.oneOf(this.rooms.demands.length));
      const prices = blockade.pricesFor(roomsOfAll(moments).filter((room) => this.rooms.fits(room, victim)));
      known = { blockade, doubts: new Doubts(moments, prices, this.budget.oneOf(this.rooms.demands.length)) };
      this.blockades.set(victim.index, known);
    }
    return known;
  }
}
