import { FailingSequence, Placement, Sequence, Step } from "../../model";
import { DeviceEvent } from "../compile/device-events";
import { InForce } from "../compile/in-force";
import { StepClass } from "../compile/problem";
import { PlanOrder } from "../state-space/plan-order";
import { SettledEvents } from "./settled-events";
import { Replay } from "./replay";
import { Outcome, State, Transition } from "../state-space/transition";
import { Path } from "../state-space/explore-power-on";

/** A sequence with names, and what it leads to. */
export interface Witness {
  readonly steps: readonly Step[];
  readonly off: readonly string[];
  readonly placements: readonly Placement[];
  readonly state: State;
  /** Open device changes, by id: those that took effect, and those that were refused because the device was held. */
  readonly changed: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
}

/** One outcome in plan order, as DRS is assumed to spread: it never decides a verdict. */
export function simulate(transition: Transition, inForce: InForce): Witness {
  const writer = new WitnessWriter(transition, inForce);
  const order = new PlanOrder(transition.problem);
  for (let step = order.next(); step !== undefined; step = order.next()) {
    const { state } = writer.replay;
    const spread = step.kind === "power-on" ? writer.replay.spread(step) : undefined;
    writer.perform(step, spread ?? transition.outcomes(state, step).at(-1)!);
    order.happened(step, writer.replay.state);
  }
  return writer.witness();
}

/** Replays a path of the search with names: equal hosts stand for each other, so each move finds one that looks as it did there. */
export function witnessOf(path: Path, transition: Transition, inForce: InForce): Witness {
  const writer = new WitnessWriter(transition, inForce);
  for (const { from, outcome } of path) {
    writer.perform(transition.problem.steps[outcome.step]!, transfer(from, outcome, writer.replay.state, transition));
  }
  return writer.witness();
}

/** Writes down what a replay does, with the settled device events as soon as what they wait for is done. */
class WitnessWriter {
  readonly replay: Replay;
  private readonly steps: Step[] = [];
  /** VMs that power on again after they were released. */
  private readonly returning: ReadonlySet<string>;
  private readonly settled: SettledEvents;

  constructor(transition: Transition, inForce: InForce) {
    const { classes, steps, settled } = transition.problem;
    this.replay = new Replay(transition, inForce);
    this.returning = new Set(
      steps.flatMap(({ vmClass, kind }) => (kind === "power-on" ? classes[vmClass!]!.members.map(({ id }) => id) : [])),
    );
    this.settled = new SettledEvents(settled);
    this.note(this.settled.atOnce());
  }

  perform(step: StepClass, outcome: Outcome): void {
    const performed = this.replay.perform(step, outcome);
    this.steps.push(performed);
    if (outcome.worked && (step.kind !== "release" || !this.returning.has(performed.vm))) this.note(this.settled.after(performed.vm));
  }

  private note(events: readonly DeviceEvent[]): void {
    for (const { id, host, device } of events) this.steps.push({ action: "set-device", vm: id, host, devices: [device.address] });
  }

  witness(): Witness {
    const { state, changed, refused } = this.replay;
    return { steps: this.steps, off: this.replay.off(), placements: this.replay.placements(), state, changed, refused };
  }
}

function transfer(from: State, outcome: Outcome, state: State, transition: Transition): Outcome {
  const step = transition.problem.steps[outcome.step]!;
  const slot = outcome.slot === undefined ? -1 : state.hosts.findIndex(({ id }) => id === from.hosts[outcome.slot!]!.id);
  const found =
    step.kind === "power-on" && outcome.worked && slot >= 0
      ? transition.placing(state, step, slot, outcome.take ?? [])
      : transition.outcomes(state, step).find(({ worked }) => worked === outcome.worked);
  if (!found) throw new Error(`a move of the search can't be repeated: ${step.id}`);
  return found;
}

/** The failing part of a witness: up to the last failed power-on. */
export function failingSequence({ steps, off }: Witness): FailingSequence {
  const last = steps.reduce((found, { refused }, index) => (refused ? index : found), -1);
  return { steps: steps.slice(0, last + 1), off };
}

export function sequence({ steps }: Witness): Sequence {
  return { steps };
}
