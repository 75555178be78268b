import { Precedence } from "./precedence";
import { StepClass } from "../compile/problem";
import { StepKind } from "../compile/steps";
import { Bin, Bins } from "../packing/bins";
import { State, Transition } from "../state-space/transition";
import { Packing } from "../packing/packing";

/** What has happened at one host beside power-ons, and what it then has without the batch's VMs. */
export interface HostCut {
  /** A set of bits over `Cuts.few`. */
  readonly done: number;
  /** Device changes that happened without an effect on who is on: the device was taken before, or could not be disabled. */
  readonly idle: number;
  readonly bin: Bin;
}

/** A host at which something happens beside power-ons. */
export interface Place {
  readonly slot: number;
  readonly bits: number;
  /** Everything that may have happened here, the least first. */
  readonly cuts: readonly HostCut[];
}

/** What has happened at all hosts. */
export interface Cut {
  readonly done: number;
  readonly idle: number;
  /** By slot. */
  readonly hosts: readonly Bin[];
}

/** In how many ways a cut can have a step: before it, after it, or after it without any effect. A power-on is no part of a cut. */
const WAYS: Readonly<Record<StepKind, number>> = { "power-on": 1, release: 2, "set-device": 3 };

/** Releases and device changes beyond this many in a batch, and what may have happened at one host beyond that, are left to a search. */
const MOST_FEW = 24;
const MOST_HOST_CUTS = 1 << 10;
/** Sets of steps of which it is looked at whether an order comes to them; of more nothing is claimed. */
const MOST_REACHED = 2000;

/**
 * The cuts of a batch that releases or changes devices. What is on at a cut fits on the hosts as they are then, whenever
 * it came: who came before a release could only have had less. With a device change it is one of two things: who has the device
 * took it after the change, or before, and then the device counts as unchanged, because nobody else can have it either way.
 */
export class Cuts {
  /** By step: the bits of what it waits for, directly or not. */
  readonly needs: readonly number[];
  readonly places: readonly Place[];
  /** By slot: the hosts before anything happened. */
  readonly start: readonly Bin[];
  private readonly initial: State;
  private readonly reached = new Map<number, boolean>([[0, true]]);

  private constructor(
    private readonly transition: Transition,
    private readonly bins: Bins,
    private readonly precedence: Precedence,
    readonly few: readonly StepClass[],
    private readonly packing: Packing,
  ) {
    this.initial = transition.initial();
    this.start = this.initial.hosts.map((host) => bins.of(host));
    const bitOf = new Map(few.map(({ index }, bit) => [index, 1 << bit]));
    this.needs = precedence.ancestors.map((before) => [...before].reduce((bits, index) => bits | (bitOf.get(index) ?? 0), 0));
    this.places = [...new Set(few.map(({ slot }) => slot!))].map((slot) => this.placeAt(slot));
  }

  /** Of the steps that can happen at all, `never` left out; undefined where they are too many. */
  static of(transition: Transition, bins: Bins, precedence: Precedence, never: ReadonlySet<number>, packing: Packing): Cuts | undefined {
    const few = precedence.steps.filter(({ index, kind }) => WAYS[kind] > 1 && !never.has(index));
    if (few.length > MOST_FEW) return undefined;
    const ways = new Map<number, number>();
    for (const { slot, kind } of few) ways.set(slot!, (ways.get(slot!) ?? 1) * WAYS[kind]);
    return Math.max(1, ...ways.values()) > MOST_HOST_CUTS ? undefined : new Cuts(transition, bins, precedence, few, packing);
  }

  /** All that has happened when nothing is left to do. */
  get whole(): number {
    return (1 << this.few.length) - 1;
  }

  /** Everything but what waits for the step. */
  before({ index: step }: StepClass): number {
    return this.few.reduce((bits, { index }, bit) => (this.precedence.ancestors[index]!.has(step) ? bits : bits | (1 << bit)), 0);
  }

  /** The power-ons that have to have worked by then. */
  poweredOn(done: number): ReadonlySet<number> {
    return new Set(this.few.flatMap(({ index }, bit) => (done & (1 << bit) ? this.precedence.powerOnsBeforeStep(index) : [])));
  }

  /** What happens of all steps together, one for each place. */
  together(chosen: readonly HostCut[]): Cut {
    const hosts = [...this.start];
    chosen.forEach(({ bin }, place) => (hosts[this.places[place]!.slot] = bin));
    return { done: chosen.reduce((bits, { done }) => bits | done, 0), idle: chosen.reduce((bits, { idle }) => bits | idle, 0), hosts };
  }

  /** The bits that have to be done before these. */
  neededBy(done: number): number {
    return this.few.reduce((bits, { index }, bit) => (done & (1 << bit) ? bits | this.needs[index]! : bits), 0);
  }

  /** The steps of a set of bits. */
  stepsOf(bits: number): ReadonlySet<number> {
    return new Set(this.few.flatMap(({ index }, bit) => (bits & (1 << bit) ? [index] : [])));
  }

  /**
   * Whether an order can come to a set of steps: each after all that it waits for, and those power-ons had to fit on the hosts as
   * they were before it. False is a proof.
   */
  isReachable(done: number): boolean {
    const known = this.reached.get(done);
    if (known !== undefined) return known;
    if (this.reached.size > MOST_REACHED) return true;
    const isLast = ({ index }: StepClass, bit: number): boolean => {
      if ((done & (1 << bit)) === 0 || (this.needs[index]! & ~done) !== 0) return false;
      const earlier = done & ~(1 << bit);
      const isNeeded = (this.neededBy(earlier) & (1 << bit)) !== 0;
      return !isNeeded && this.canFollow(earlier, done) && this.isReachable(earlier);
    };
    const found = this.few.some(isLast);
    this.reached.set(done, found);
    return found;
  }

  private canFollow(earlier: number, done: number): boolean {
    // A device that changes may be taken before or after: nothing is claimed then.
    if (this.few.some(({ kind }, bit) => kind === "set-device" && earlier & (1 << bit))) return true;
    const on = this.precedence.countOfIndexes(this.poweredOn(done));
    if (on.every((count) => count === 0)) return true;
    const hosts = [...this.start];
    for (const { slot, bits, cuts } of this.places) hosts[slot] = cuts.find((each) => each.done === (earlier & bits))!.bin;
    return this.packing.settle(hosts, on).kind !== "never";
  }

  private placeAt(slot: number): Place {
    const here = this.few.flatMap((step, bit) => (step.slot === slot ? [1 << bit] : []));
    const bits = here.reduce((sum, bit) => sum | bit, 0);
    const isChange = (bit: number): boolean => this.few[Math.log2(bit)]!.kind === "set-device";
    let ways: { readonly done: number; readonly idle: number }[] = [{ done: 0, idle: 0 }];
    for (const bit of here) {
      ways = ways.flatMap(({ done, idle }) => [
        { done, idle },
        { done: done | bit, idle },
        ...(isChange(bit) ? [{ done: done | bit, idle: idle | bit }] : []),
      ]);
    }
    const found = new Map<string, HostCut>();
    for (const { done, idle } of ways) {
      const bin = this.binAt(slot, done & ~idle);
      const key = `${done}|${bin.id}`;
      if (!found.has(key)) found.set(key, { done, idle, bin });
    }
    return { slot, bits, cuts: [...found.values()] };
  }

  /** Releases first: what they give back can be changed then. */
  private binAt(slot: number, done: number): Bin {
    const hosts = [...this.initial.hosts];
    for (const kind of ["release", "set-device"] as const) {
      this.few.forEach((step, bit) => {
        if (step.kind === kind && done & (1 << bit))
          hosts[slot] = this.transition.firstOutcome({ ...this.initial, hosts }, step).state.hosts[slot]!;
      });
    }
    return this.bins.of(hosts[slot]!);
  }
}
