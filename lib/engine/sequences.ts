import { FailingSequence, Placement, Sequence, Step } from "../model";
import { InForce } from "./in-force";
import { Path } from "./search";
import { Site } from "./site";
import { State, Transition } from "./transition";

/** A sequence with names, and what it leads to. */
export interface Told {
  readonly steps: readonly Step[];
  readonly off: readonly string[];
  readonly placements: readonly Placement[];
  readonly state: State;
}

/** One outcome in plan order, as DRS is assumed to spread: it never decides a verdict. */
export function simulate(transition: Transition, inForce: InForce): Told {
  const site = new Site(transition, inForce);
  const steps: Step[] = [];
  for (;;) {
    const enabled = transition.enabled(site.state);
    const next = enabled.reduce<(typeof enabled)[number] | undefined>(
      (first, step) => (first && ordinal(first, site.state) < ordinal(step, site.state) ? first : step),
      undefined,
    );
    if (!next) break;
    const outcomes = transition.outcomes(site.state, next);
    const outcome = (next.kind === "power-on" ? site.spread(next) : undefined) ?? outcomes[outcomes.length - 1]!;
    steps.push(site.perform(next, outcome));
  }
  return { steps, off: site.off(), placements: site.placements(), state: site.state };
}

/** Where the next member of a step class stands in the plan. */
function ordinal({ ordinals, size, index }: Transition["problem"]["steps"][number], { pending }: State): number {
  return ordinals[size - pending[index]!]!;
}

/** Tells a path of the search with names: equal hosts stand for each other, so each move finds one that looks as it did there. */
export function tell(path: Path, transition: Transition, inForce: InForce): Told {
  const site = new Site(transition, inForce);
  const steps = path.map(({ from, outcome }) => {
    const step = transition.problem.steps[outcome.step]!;
    return site.perform(step, transfer(from, outcome, site.state, transition));
  });
  return { steps, off: site.off(), placements: site.placements(), state: site.state };
}

function transfer(from: State, outcome: Outcome, state: State, transition: Transition): Outcome {
  const step = transition.problem.steps[outcome.step]!;
  const slot = outcome.slot === undefined ? undefined : state.hosts.findIndex(({ id }) => id === from.hosts[outcome.slot!]!.id);
  const found = transition.outcomes(state, step).find((candidate) => {
    if (candidate.worked !== outcome.worked) return false;
    if (slot === undefined || !outcome.worked) return true;
    return candidate.slot === slot && (outcome.take ?? []).every((count, group) => count === candidate.take?.[group]);
  });
  if (!found) throw new Error(`a move of the search can't be repeated: ${step.id}`);
  return found;
}

type Outcome = Path[number]["outcome"];

/** The failing part of what was told: up to the last failed power-on. */
export function failingSequence({ steps, off }: Told): FailingSequence {
  const last = steps.reduce((found, { refused }, index) => (refused ? index : found), -1);
  return { steps: steps.slice(0, last + 1), off };
}

export function sequence({ steps }: Told): Sequence {
  return { steps };
}
