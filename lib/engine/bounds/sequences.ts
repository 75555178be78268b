import { HostState } from "../host-states";
import { StepClass, VmClass } from "../problem";
import { Move, Path } from "../search";
import { Outcome, State, Transition } from "../transition";
import { Blocking } from "./blocking";

/**
 * One power-on after the other, chosen by a rule, each carried out by the transition itself: whatever it leads to is a
 * legal sequence and so a witness. Only power-ons of creations are understood.
 */
class Run {
  private readonly moves: Move[] = [];
  state: State;

  constructor(readonly transition: Transition) {
    this.state = transition.initial();
  }

  take(outcome: Outcome): void {
    this.moves.push({ from: this.state, outcome });
    this.state = outcome.state;
  }

  get path(): Path {
    return this.moves;
  }

  /** How many of the step class may power on now. */
  ready({ index, after }: StepClass): number {
    const { pending, off } = this.state;
    return after.every((before) => pending[before] === 0 && off[before] === 0) ? pending[index]! : 0;
  }
}

/**
 * A sequence that ends with a VM of the class refused, by the greedy that is exact for one class of devices and sizes that
 * divide: the other VMs from the largest down, each onto the host with most free of those that still fit the victim.
 * Undefined where the greedy does not get there, which elsewhere proves nothing.
 */
export function refusing(transition: Transition, victimStep: StepClass): Path | undefined {
  const { problem } = transition;
  const victim = problem.classes[victimStep.vmClass!]!;
  const blocking = new Blocking(problem, victim);
  const run = new Run(transition);
  const later = descendants(transition, victimStep);
  const others = problem.steps
    .filter(({ index }) => !later.has(index) && problem.classes[problem.steps[index]!.vmClass!]!.refused.length === 0)
    .map((step) => ({ step, vmClass: problem.classes[step.vmClass!]!, weight: blocking.weight(problem.classes[step.vmClass!]!) }))
    .sort((a, b) => b.weight - a.weight || b.vmClass.memoryMb - a.vmClass.memoryMb || a.step.index - b.step.index);
  const fits = (slot: number): boolean => allows(transition, slot, victim) && transition.hasRoom(run.state, slot, victim);
  for (let progress = true; progress; ) {
    progress = false;
    for (const { step, vmClass } of others) {
      const spare = step === victimStep ? 1 : 0;
      while (run.ready(step) > spare) {
        const open = run.state.hosts.map((_, slot) => slot).filter(fits);
        if (open.length === 0) break;
        const outcome = mostTaking(transition, run.state, step, vmClass, open, blocking);
        if (!outcome) break;
        run.take(outcome);
        progress = true;
      }
    }
  }
  // What the victim waits for has to be on before it is refused.
  const earlier = ancestors(transition, victimStep);
  for (const { step } of others) {
    if (!earlier.has(step.index)) continue;
    while (run.ready(step) > 0) {
      const outcome = transition.outcomes(run.state, step).find(({ worked }) => worked);
      if (!outcome) return undefined;
      run.take(outcome);
    }
  }
  if (run.ready(victimStep) === 0) return undefined;
  const refusal = transition.outcomes(run.state, victimStep).find(({ worked }) => !worked);
  if (!refusal) return undefined;
  run.take(refusal);
  return finish(run);
}

/** The step on the fullest-looking host: among the open ones that with most free, and there the option that takes most of use to the victim. */
function mostTaking(
  transition: Transition,
  state: State,
  step: StepClass,
  vmClass: VmClass,
  open: readonly number[],
  blocking: Blocking,
): Outcome | undefined {
  if (vmClass.weightless) return transition.outcomes(state, step).find(({ worked }) => worked);
  const pressure = blocking.pressure([]);
  const rows = open.map((slot) => ({ slot, free: blocking.threshold(state.hosts[slot]!, pressure) }));
  for (const { slot } of rows.sort((a, b) => b.free - a.free || a.slot - b.slot)) {
    if (!allows(transition, slot, vmClass)) continue;
    const left = (host: HostState): number => blocking.threshold(host, pressure);
    const options = [...transition.optionsAt(state, slot, vmClass)].sort((a, b) => left(a.next) - left(b.next));
    if (options.length > 0) return transition.placing(state, step, slot, options[0]!.take);
  }
  return undefined;
}

/** A sequence with everything on: largest first, each VM where it leaves least behind; undefined where one does not fit any more. */
export function succeeding(transition: Transition): Path | undefined {
  const { problem } = transition;
  const run = new Run(transition);
  const bySize = [...problem.steps].sort((a, b) => size(problem.classes[b.vmClass!]!) - size(problem.classes[a.vmClass!]!) || a.index - b.index);
  for (;;) {
    const next = bySize.find((step) => run.ready(step) > 0);
    if (!next) return run.state.off.every((count) => count === 0) && run.state.pending.every((count) => count === 0) ? run.path : undefined;
    const outcomes = transition.outcomes(run.state, next).filter(({ worked }) => worked);
    if (outcomes.length === 0) return undefined;
    run.take(outcomes.reduce((best, outcome) => (waste(outcome) < waste(best) ? outcome : best)));
  }
}

function size({ requests, memoryMb }: VmClass): number {
  return requests.length + memoryMb / 1e9;
}

/** What the host of an outcome has left: the less, the better the fit. */
function waste({ slot, state }: Outcome): number {
  if (slot === undefined) return 0;
  return state.hosts[slot]!.free.reduce((sum, count) => sum + count, 0);
}

/** The rest of the batch, wherever it goes, so that the end of the sequence is told in full. */
function finish(run: Run): Path {
  const { transition } = run;
  for (;;) {
    const next = transition.enabled(run.state)[0];
    if (!next) return run.path;
    const outcomes = transition.outcomes(run.state, next);
    run.take(outcomes.find(({ worked }) => worked) ?? outcomes[0]!);
  }
}

function allows({ problem }: Transition, slot: number, { index }: VmClass): boolean {
  return problem.kinds[problem.slots[slot]!.kind]!.mayPowerOn[index]!;
}

/** Steps that wait for the step, directly or not. */
export function descendants({ problem }: Transition, { index }: StepClass): ReadonlySet<number> {
  const found = new Set<number>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const step of problem.steps) {
      if (found.has(step.index) || !step.after.some((before) => before === index || found.has(before))) continue;
      found.add(step.index);
      grown = true;
    }
  }
  return found;
}

/** Steps that the step waits for, directly or not. */
export function ancestors({ problem }: Transition, { after }: StepClass): ReadonlySet<number> {
  const found = new Set<number>(after);
  for (const index of found) for (const before of problem.steps[index]!.after) found.add(before);
  return found;
}
