import { Outcome, State, Transition, canonical, stateKey } from "./transition";
import { Budget } from "../packing/budget";

/** Everything that a batch can come to. */
export interface Exploration {
  /** False: the limit was reached, and the rest is what was seen until then. */
  readonly complete: boolean;
  /** Step classes of which a power-on can be left off. */
  readonly canBeOff: ReadonlySet<number>;
  /** Every distinct state in which the whole batch is on. */
  readonly finals: readonly State[];
  /** A way into a state with something off, as few as were found. */
  readonly failing?: Path;
  /** A way into a state with everything on. */
  readonly succeeding?: Path;
}

/** Moves from the initial state on, each between canonical states. */
export type Path = readonly Move[];

export interface Move {
  readonly from: State;
  readonly outcome: Outcome;
}

interface Node {
  readonly state: State;
  readonly move?: Move;
  readonly parent?: Node;
}

/**
 * Exhaustive search: every legal order, every eligible host, every device, depth first, with equal hosts, devices and VMs
 * counted once. Exact where it completes. `any` order finds every state with everything on, and no more: enough for a batch
 * that only takes, since what fits in one order fits in each.
 */
export function explore(transition: Transition, budget: Budget, order: "every" | "any" = "every"): Exploration {
  const root: Node = { state: canonical(transition.initial()) };
  const seen = new Set([stateKey(root.state)]);
  const stack = [root];
  const canBeOff = new Set<number>();
  const finals: State[] = [];
  let failing: Node | undefined;
  let succeeding: Node | undefined;
  let complete = true;
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { state } = node;
    const enabled = transition.enabled(state);
    const steps = order === "any" ? enabled.slice(0, 1) : enabled;
    if (steps.length === 0) {
      if (isAllOn(state)) {
        finals.push(state);
        succeeding ??= node;
      } else {
        for (const { index, kind } of transition.problem.steps) if (kind === "power-on" && state.off[index]! > 0) canBeOff.add(index);
        if (!failing || countOff(state) < countOff(failing.state)) failing = node;
      }
      continue;
    }
    if (!budget.spend(steps.length * (state.hosts.length + state.pending.length))) {
      complete = false;
      break;
    }
    for (const step of steps) {
      for (const outcome of transition.outcomes(state, step)) {
        const next = canonical(outcome.state);
        const key = stateKey(next);
        if (seen.has(key)) continue;
        seen.add(key);
        stack.push({ state: next, move: { from: state, outcome }, parent: node });
      }
    }
  }
  return {
    complete,
    canBeOff,
    finals,
    ...(failing ? { failing: pathTo(failing) } : {}),
    ...(succeeding ? { succeeding: pathTo(succeeding) } : {}),
  };
}

export function isAllOn(state: State): boolean {
  return state.off.every((count) => count === 0);
}

function countOff(state: State): number {
  return state.off.reduce((sum, count) => sum + count, 0);
}

function pathTo(node: Node): Path {
  const moves: Move[] = [];
  for (let at: Node | undefined = node; at; at = at.parent) if (at.move) moves.push(at.move);
  return moves.reverse();
}
