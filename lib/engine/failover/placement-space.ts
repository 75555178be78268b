import { Schedule } from "../power-on/schedule";
import { PowerOnResult } from "../power-on/judge-power-on";
import { ClassCount } from "../compile/problem";
import { StepKind } from "../compile/steps";
import { Bin, Bins } from "../packing/bins";
import { State, Transition } from "../state-space/transition";
import { Assignment } from "../packing/answer";

/** What failover and maintenance are judged over: the running VMs where they are, and a batch that is not placed yet. */
export interface PlacementSpace {
  /** Before the batch. */
  readonly base: State;
  readonly batch: readonly ClassCount[];
  /** Every placement with everything on; undefined where there are too many to look at. */
  readonly placements: () => readonly State[] | undefined;
  /** Some placements with everything on, as many as come cheap. */
  readonly samples: () => readonly State[];
  /** One more, that leaves room for others at the same time, if there is one. */
  readonly leaving: (reserved: readonly ClassCount[]) => State | undefined;
  /** The end of an order that puts the whole batch where the assignments say, on hosts as they are without it, where one is found. */
  readonly reach: (bins: Bins, hosts: readonly Bin[], assignments: readonly Assignment[]) => State | undefined;
  /** False where a batch VM may hold a device that the base does not give it: then nothing can be said to have no place. */
  readonly firm: boolean;
}

/** The running VMs alone, with every device change applied. */
export function runningSpace(transition: Transition): PlacementSpace {
  const base = settledState(transition, { "power-on": undefined, release: undefined, "set-device": 1 });
  return { base, batch: [], placements: () => [base], samples: () => [base], leaving: () => undefined, reach: () => base, firm: true };
}

/**
 * The batch wherever it may be: what it gives up is given up in the end, whenever that was. Releases come first, so that a
 * device that some order lets the plan disable is disabled: the base never has more than a placement leaves.
 */
export function batchSpace(transition: Transition, { placements, samples, leaving }: PowerOnResult): PlacementSpace {
  const { steps, classes, admission, pools } = transition.problem;
  if (steps.length === 0) return runningSpace(transition);
  const firm = !steps.some(({ kind }) => kind === "set-device");
  const batch = steps.flatMap(({ kind, vmClass, size }) => (kind === "power-on" ? [{ vmClass: classes[vmClass!]!, count: size }] : []));
  return {
    base: settledState(transition, { "power-on": undefined, release: 1, "set-device": 2 }),
    batch,
    placements,
    samples,
    leaving,
    reach: (bins, hosts, assignments) => {
      if (!firm || admission || pools) return undefined;
      const schedule = new Schedule(transition, bins);
      return schedule.put(assignments, () => true, hosts) && schedule.isAllOn ? schedule.end : undefined;
    },
    firm,
  };
}

/** The initial state after all steps of some kinds, those with the smaller number first. */
function settledState(transition: Transition, turn: Readonly<Record<StepKind, number | undefined>>): State {
  const steps = transition.problem.steps.flatMap((step) => {
    const at = turn[step.kind];
    return at === undefined ? [] : [{ step, at }];
  });
  const inTurn = steps.sort((a, b) => a.at - b.at);
  return inTurn.reduce((state, { step }) => transition.firstOutcome(state, step).state, transition.initial());
}
