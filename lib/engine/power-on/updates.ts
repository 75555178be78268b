import { Means } from "../../model";
import { Precedence } from "./precedence";
import { OpenCuts, BlockadeQuery, binsOfAll } from "./open-cuts";
import { EveryoneOn } from "./everyone-on";
import { Cuts } from "./cuts";
import { Problem, StepClass } from "../compile/problem";
import { BlockadeAtCut } from "./blockade-at-cut";
import { Demand, Bins, binsOf } from "../packing/bins";
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
  // A VM that is replaced does not stand against itself, which bins don't know.
  return steps.every(({ kind, vmClass }) => kind !== "release" || classes[vmClass!]!.rules.length === 0);
}

/**
 * Section 5 for a batch of creations with a few updates, replacements, deletes and device changes among them. A VM is tried at
 * one cut, when some of those have happened: at each the question is that of a batch that only creates.
 */
export class UpdatesProver {
  private readonly bins: Bins;
  private readonly precedence: Precedence;
  private readonly packing: Packing;
  private readonly neverOn: ReadonlySet<number>;
  private readonly cuts: Cuts | undefined;
  private readonly everyone: EveryoneOn | undefined;
  private readonly all: readonly number[];
  private readonly blockades = new Map<number, { readonly blockade: Blockade; readonly openCuts: OpenCuts }>();
  private readonly proved = new Set<string>();

  constructor(
    private readonly transition: Transition,
    private readonly budget: Budget,
  ) {
    const { problem } = transition;
    this.bins = binsOf(problem, "power-on");
    this.precedence = new Precedence(problem, this.bins);
    this.packing = new Packing(this.bins, budget.another());
    this.all = this.precedence.countOf(this.precedence.powerOns);
    const ever = Cuts.of(transition, this.bins, this.precedence, new Set(), this.packing);
    this.neverOn = ever ? this.alwaysOff(ever) : new Set();
    this.cuts = ever && this.neverOn.size > 0 ? Cuts.of(transition, this.bins, this.precedence, this.neverOn, this.packing) : ever;
    this.everyone = this.cuts && new EveryoneOn(transition, this.bins, this.precedence, this.cuts, this.packing);
  }

  /** Undefined where there is too much beside creations. */
  settle(): PowerOnProof | undefined {
    const { cuts, everyone } = this;
    if (!cuts || !everyone) return undefined;
    const off = this.precedence.powerOns.flatMap(({ index }) => (this.neverOn.has(index) ? [index] : []));
    const canBeOff = new Set(off);
    let complete = true;
    let failing: Path | undefined;
    for (const step of this.precedence.powerOns) {
      if (canBeOff.has(step.index)) continue;
      const answer = this.canBeRefused(step, cuts);
      if (answer === "open") complete = false;
      if (answer === "open" || answer === "never") continue;
      failing ??= answer();
      canBeOff.add(step.index);
      for (const index of this.precedence.followersOf(step)) canBeOff.add(index);
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

  /** Steps that can't work even alone, at any cut, and what waits for them. */
  private alwaysOff(cuts: Cuts): ReadonlySet<number> {
    const never = new Set(this.precedence.powerOns.flatMap((step) => (this.worksAlone(step, cuts) ? [] : [step.index])));
    const waits = this.precedence.steps.filter(({ index }) => [...this.precedence.ancestors[index]!].some((before) => never.has(before)));
    return new Set([...never, ...waits.map(({ index }) => index)]);
  }

  private worksAlone(step: StepClass, cuts: Cuts): boolean {
    const { kinds, slots } = this.transition.problem;
    const { refused, index } = this.precedence.classOf(step);
    if (refused.length > 0) return false;
    const demand = this.precedence.demandOf(step);
    if (!demand) return slots.some(({ kind }) => kinds[kind]!.mayPowerOn[index]!);
    const [needs, before] = [cuts.needs[step.index]!, cuts.before(step)];
    const touched = new Set(cuts.places.map(({ slot }) => slot));
    if (cuts.start.some((bin, slot) => !touched.has(slot) && this.bins.fits(bin, demand))) return true;
    return cuts.places.some(({ bits, cuts: here }) => {
      return here.some(({ done, bin }) => {
        const wanted = needs | done | cuts.neededBy(needs | done);
        return (wanted & bits) === done && (done & ~before) === 0 && this.bins.fits(bin, demand);
      });
    });
  }

  private canBeRefused(step: StepClass, cuts: Cuts): (() => Path) | "never" | "open" {
    const victim = this.precedence.demandOf(step);
    if (!victim) return "never";
    const { fixedHost } = this.precedence.classOf(step);
    const followers = this.precedence.steps.flatMap(({ index }) => (this.precedence.ancestors[index]!.has(step.index) ? [index] : []));
    const key = [victim.index, fixedHost, [...this.precedence.ancestors[step.index]!].sort(), "", followers].join();
    if (this.proved.has(key)) return "never";
    const answer = this.refusedAtSome(step, victim, cuts);
    // VMs of one demand and one place in the order can change places.
    if (answer === "never") this.proved.add(key);
    return answer;
  }

  private refusedAtSome(step: StepClass, victim: Demand, cuts: Cuts): (() => Path) | "never" | "open" {
    const { blockade, openCuts } = this.blockadeOf(victim, cuts);
    const before = cuts.before(step);
    const { powerOns, ancestors } = this.precedence;
    const isBefore = ({ index }: StepClass): boolean => !ancestors[index]!.has(step.index) && (cuts.needs[index]! & ~before) === 0;
    const isOther = (other: StepClass): boolean => other.index !== step.index && !this.neverOn.has(other.index) && isBefore(other);
    const others = powerOns.filter(isOther);
    const twins = { needs: 0, counts: this.precedence.countOf([step], ({ size }) => size - 1) };
    const supply = [twins, ...others.map((other) => ({ needs: cuts.needs[other.index]!, counts: this.precedence.countOf([other]) }))];
    const refusal = new BlockadeAtCut(this.transition, this.bins, this.precedence, cuts, blockade, step, others);
    const seen = new Set<string>();
    let open = 0;
    for (const closed of this.ways(step, cuts)) {
      const asked: BlockadeQuery = { needs: cuts.needs[step.index]!, before, closed, supply };
      for (const cut of openCuts.of(asked)) {
        if (cut === "open") return "open";
        // Equal hosts and equal others make an equal question.
        const alike = refusal.alike(cut, closed);
        if (seen.has(alike)) continue;
        if (seen.size === MOST_BLOCKADES || open === MOST_OPEN) return "open";
        seen.add(alike);
        const answer = refusal.at(cut, closed);
        if (answer === "open") open++;
        else if (answer !== "never") return answer;
      }
    }
    return open > 0 ? "open" : "never";
  }

  /** The slots that have to be closed to the VM together: where its host is fixed before, any one of them. */
  private ways(step: StepClass, { start, places }: Cuts): (readonly number[])[] {
    const { kinds, slots } = this.transition.problem;
    const { fixedHost, index } = this.precedence.classOf(step);
    const welcome = slots.flatMap(({ kind }, slot) => (kinds[kind]!.mayPowerOn[index]! ? [slot] : []));
    if (!fixedHost) return [welcome];
    const touched = new Set(places.map(({ slot }) => slot));
    const isFirst = (slot: number): boolean => welcome.find((other) => !touched.has(other) && start[other] === start[slot]) === slot;
    return welcome.filter((slot) => touched.has(slot) || isFirst(slot)).map((slot) => [slot]);
  }

  private blockadeOf(victim: Demand, cuts: Cuts): { readonly blockade: Blockade; readonly openCuts: OpenCuts } {
    let known = this.blockades.get(victim.index);
    if (!known) {
      const blockade = new Blockade(this.bins, victim, this.all, this.budget.oneOf(this.bins.demands.length));
      const prices = blockade.pricesFor(binsOfAll(cuts).filter((bin) => this.bins.fits(bin, victim)));
      known = { blockade, openCuts: new OpenCuts(cuts, prices, this.budget.oneOf(this.bins.demands.length)) };
      this.blockades.set(victim.index, known);
    }
    return known;
  }
}
