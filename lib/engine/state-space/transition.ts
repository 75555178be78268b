import { AdmissionControl } from "../../model";
import { CountedVm } from "../constraints/admission-control";
import { HostStates, Option } from "./host-states";
import { Problem, StepClass, VmClass, ruleRefuses, turnsOn } from "../compile/problem";
import { PoolLoad, PoolShortage, addLoad } from "../constraints/resource-pools";
import { HostState } from "../compile/host-state";

/** Where a batch is: the hosts by slot, and by step class how many are still to come and how many will never be. */
export interface State {
  readonly hosts: readonly HostState[];
  readonly pending: Uint32Array;
  /** Power-ons that failed, and steps that were skipped because something before them did not work. */
  readonly off: readonly number[];
}

/** One way a step can go. `slot` is absent for a VM whose place can't matter and for a failed power-on, but for P2's fixed host. */
export interface Outcome {
  readonly step: number;
  readonly worked: boolean;
  readonly slot?: number;
  readonly take?: readonly number[];
  readonly state: State;
}

/** (state, event) to the next states: the one place that says what a step of a batch can do (sections 3, 5, 7, Q1). */
export class Transition {
  private readonly followers: readonly (readonly number[])[];
  private start: State | undefined;

  constructor(
    readonly problem: Problem,
    readonly hosts: HostStates = new HostStates(problem),
  ) {
    const followers: number[][] = problem.steps.map(() => []);
    for (const { index, after } of problem.steps) for (const before of after) followers[before]!.push(index);
    this.followers = followers;
  }

  initial(): State {
    return (this.start ??= {
      hosts: this.problem.slots.map((_, slot) => this.hosts.initial(slot)),
      pending: Uint32Array.from(this.problem.steps, ({ size }) => size),
      off: this.problem.steps.map(() => 0),
    });
  }

  /** The step classes of which one may happen now. */
  enabled(state: State): StepClass[] {
    return this.problem.steps.filter((step) => this.isEnabled(state, step));
  }

  /** Looks at the last of what has to come before first: in a chain, that is what is not done yet. */
  isEnabled({ pending, off }: State, { index, after }: StepClass): boolean {
    if (pending[index] === 0) return false;
    for (let at = after.length - 1; at >= 0; at--) {
      const before = after[at]!;
      if (pending[before] !== 0 || off[before] !== 0) return false;
    }
    return true;
  }

  /** Every way the step can go, those that work first; equal hosts are tried once. */
  outcomes(state: State, step: StepClass): Outcome[] {
    return [...this.ways(state, step)];
  }

  /** The first of the outcomes, without looking for the others: one that works, where there is one. */
  firstOutcome(state: State, step: StepClass): Outcome {
    for (const outcome of this.ways(state, step)) return outcome;
    throw new Error(`a step can go no way at all: ${step.id}`);
  }

  private ways(state: State, step: StepClass): Iterable<Outcome> {
    switch (step.kind) {
      case "release":
        return [this.release(state, step)];
      case "set-device": {
        const { slot, group } = step as { slot: number; group: number };
        return [this.at(state, step, slot, this.hosts.change(state.hosts[slot]!, group))];
      }
      case "power-on":
        return this.powerOns(state, step);
    }
  }

  private *powerOns(state: State, step: StepClass): Iterable<Outcome> {
    const vmClass = this.problem.classes[step.vmClass!]!;
    const failed = (): Outcome => ({ step: step.index, worked: false, state: this.fail(state, step) });
    const isAllowed = !this.isRefusedEverywhere(state, vmClass) && this.problem.kinds.some(({ mayPowerOn }) => mayPowerOn[vmClass.index]);
    if (!isAllowed) {
      yield failed();
      return;
    }
    if (vmClass.weightless) {
      yield { step: step.index, worked: true, state: this.count(state, step, true) };
      return;
    }
    const slots = this.distinctSlots(state, (slot) => this.kindOf(slot).mayPowerOn[vmClass.index]!);
    const refusing: number[] = [];
    for (const slot of slots) {
      const options = this.optionsAt(state, slot, vmClass);
      if (options.length === 0) refusing.push(slot);
      for (const { take, next } of options) yield { ...this.at(state, step, slot, next), take };
    }
    if (vmClass.fixedHost && refusing.length > 0) yield { ...failed(), slot: refusing[0]! };
    else if (refusing.length === slots.length) yield failed();
  }

  /** The ways to put a VM on the host of a slot that allows it. */
  optionsAt(state: State, slot: number, vmClass: VmClass): readonly Option[] {
    return this.refusingRules(state, slot, vmClass).length > 0 ? [] : this.hosts.fits(state.hosts[slot]!, vmClass, false);
  }

  /** Whether the host of a slot that allows it has room for a VM now. */
  hasRoom(state: State, slot: number, vmClass: VmClass): boolean {
    return this.refusingRules(state, slot, vmClass).length === 0 && this.hosts.takes(state.hosts[slot]!, vmClass, false).length > 0;
  }

  /** The VM-VM rules in force that keep a VM of the class off the slot's host now. */
  refusingRules(state: State, slot: number, vmClass: VmClass): number[] {
    const elsewhere = (): (readonly number[])[] => state.hosts.filter((_, other) => other !== slot).map(({ members }) => members);
    return vmClass.rules.filter(
      (rule) => this.problem.rules[rule]!.atPowerOn && ruleRefuses(this.problem, rule, vmClass, state.hosts[slot]!.members, elsewhere),
    );
  }

  /** A power-on at a given slot with given devices; undefined where it is not possible. */
  placing(state: State, step: StepClass, slot: number, take: readonly number[]): Outcome | undefined {
    const options = this.optionsAt(state, slot, this.problem.classes[step.vmClass!]!);
    const option = options.find((candidate) => candidate.take.every((count, group) => count === take[group]));
    return option && { ...this.at(state, step, slot, option.next), take };
  }

  /** Whether no host may take a VM of the class now, whatever is free there. */
  isRefusedEverywhere(state: State, vmClass: VmClass): boolean {
    return vmClass.refused.length > 0 || this.admissionRefuses(state, vmClass) || this.poolShortage(state, vmClass) !== undefined;
  }

  /** O4: whether HA admission control refuses one more VM of the class. */
  admissionRefuses(state: State, vmClass: VmClass): boolean {
    return this.admissionRefusal(state, vmClass) !== undefined;
  }

  /** Its answer, where it refuses. */
  admissionRefusal(state: State, vmClass: VmClass): AdmissionControl | undefined {
    const { admission } = this.problem;
    if (admission === undefined || vmClass.counted === undefined) return undefined;
    const answer = admission([...this.countedVms(state), vmClass.counted]);
    return answer.admits ? undefined : answer;
  }

  /** Q1: the pool that has no room for one more VM of the class. */
  poolShortage(state: State, vmClass: VmClass): PoolShortage | undefined {
    const { pooled } = vmClass;
    return pooled && this.problem.pools?.shortage(pooled.pool, pooled, this.poolLoads(state));
  }

  /** VMs that are on, on usable hosts, as admission control counts them. */
  countedVms(state: State): CountedVm[] {
    return this.poweredOn(state, true).flatMap(({ vmClass, count }) => (vmClass.counted ? [{ ...vmClass.counted, count }] : []));
  }

  private poolLoads(state: State): ReadonlyMap<string, PoolLoad> {
    const loads = new Map<string, PoolLoad>();
    for (const { vmClass, count } of this.poweredOn(state, false)) {
      const { pooled } = vmClass;
      if (pooled) addLoad(loads, pooled.pool, pooled, count);
    }
    return loads;
  }

  private poweredOn(state: State, usableOnly: boolean): { vmClass: VmClass; count: number }[] {
    const counts = this.problem.classes.map(() => 0);
    for (const { kind, occupants } of this.problem.slots) {
      if (usableOnly && !this.problem.kinds[kind]!.usable) continue;
      for (const { class: index } of occupants) counts[index]!++;
    }
    for (const { index, kind, size, vmClass, slot } of this.problem.steps) {
      const change = turnsOn(kind) * (size - state.pending[index]! - state.off[index]!);
      if (change > 0 || (change < 0 && (!usableOnly || this.kindOf(slot!).usable))) counts[vmClass!]! += change;
    }
    return counts.flatMap((count, index) => (count > 0 ? [{ vmClass: this.problem.classes[index]!, count }] : []));
  }

  private release(state: State, step: StepClass): Outcome {
    const slot = step.slot!;
    const { occupants, devices } = this.problem.slots[slot]!;
    const occupancy = occupants.find(({ class: index }) => index === step.vmClass)!;
    const held = devices.map((group) => group.filter((device) => occupancy.devices.includes(device)).length);
    const vmClass = this.problem.classes[step.vmClass!]!;
    return this.at(state, step, slot, this.hosts.release(state.hosts[slot]!, vmClass, held));
  }

  private at(state: State, step: StepClass, slot: number, next: HostState): Outcome {
    const hosts = [...state.hosts];
    hosts[slot] = next;
    return { step: step.index, worked: true, slot, state: this.count({ ...state, hosts }, step, true) };
  }

  private fail(state: State, step: StepClass): State {
    return this.count(state, step, false);
  }

  /** One of the class is done; where it failed, everything that waits for it is skipped. */
  private count(state: State, step: StepClass, worked: boolean): State {
    const pending = state.pending.slice();
    pending[step.index]!--;
    if (worked) return { ...state, pending };
    const off = [...state.off];
    off[step.index]!++;
    const queue = [...this.followers[step.index]!];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (pending[next] === 0) continue;
      off[next]! += pending[next]!;
      pending[next] = 0;
      queue.push(...this.followers[next]!);
    }
    return { ...state, pending, off };
  }

  /** Slots that fulfil a condition of their kind, one for each distinct state. */
  private distinctSlots(state: State, allows: (slot: number) => boolean): number[] {
    const seen = new Set<number>();
    const slots: number[] = [];
    state.hosts.forEach(({ id }, slot) => {
      if (seen.has(id) || !allows(slot)) return;
      seen.add(id);
      slots.push(slot);
    });
    return slots;
  }

  private kindOf(slot: number): Problem["kinds"][number] {
    return this.problem.kinds[this.problem.slots[slot]!.kind]!;
  }
}

/** The state with hosts of a kind in the order of their states: states that differ only by which equal host is which fall together. */
export function canonical(state: State): State {
  const hosts = [...state.hosts].sort((a, b) => a.kind - b.kind || a.id - b.id);
  return { ...state, hosts };
}

export function stateKey(state: State): string {
  return `${state.hosts.map(({ id }) => id).join(",")}|${state.pending.join(",")}|${state.off.join(",")}`;
}
