import { PowerOn } from "../model";
import { PowerOnProof, cannotFit, provePowerOn } from "./bounds";
import { InForce } from "./compile/in-force";
import { Budget, Exploration, explore } from "./search";
import { Told, failingSequence, sequence, simulate, tell } from "./sequences";
import { State, Transition } from "./transition";

/** Section 5 for one world: the verdict, its witnesses, and the placements that failover is judged over. */
export interface PowerOnResult {
  readonly powerOn: PowerOn;
  /** Every placement with the whole batch on; undefined where the search did not come to an end. */
  readonly placements: () => readonly State[] | undefined;
  /** Placements with the whole batch on that were met on the way. */
  readonly samples: readonly State[];
  /** The outcome that is drawn; absent where impossible or none was found. */
  readonly drawn?: Told;
}

/** Whether a batch that only creates asks for more than there is, by counting alone. */
function cannotAllFit(transition: Transition): boolean {
  const { steps, classes } = transition.problem;
  const batch = steps.map(({ vmClass, size }) => ({ vmClass: classes[vmClass ?? 0]!, count: size }));
  return steps.every(({ kind }) => kind === "power-on") && cannotFit(transition.problem, transition.initial().hosts, batch);
}

/** Proof before search: the bounds where they settle everything, else every order. */
export function judgePowerOn(transition: Transition, inForce: InForce, budget: Budget): PowerOnResult {
  let explored: Exploration | undefined;
  const proof = provePowerOn(transition, budget.another());
  const exploration = (): Exploration => (explored ??= explore(transition, budget, proof ? "any" : "every"));
  const placements = (): readonly State[] | undefined => (exploration().complete ? exploration().finals : undefined);
  const found = proof ?? findings(exploration(), transition);
  const planned = simulate(transition, inForce);
  const drawn = planned.off.length === 0 ? planned : found.succeeding && tell(found.succeeding, transition, inForce);
  const failing = found.failing ? tell(found.failing, transition, inForce) : planned.off.length > 0 ? planned : undefined;
  return {
    powerOn: {
      verdict: found.verdict,
      canBeLeftOff: namesOf(found.canBeOff, transition),
      complete: proof !== undefined || exploration().complete,
      ...(failing && found.verdict !== "guaranteed" ? { failing: failingSequence(failing) } : {}),
      ...(drawn ? { succeeding: sequence(drawn) } : {}),
      ...(found.verdict === "unknown" ? { why: ["the search limit was reached before every order was looked at"] } : {}),
    },
    placements,
    samples: [planned, ...(found.succeeding ? [tell(found.succeeding, transition, inForce)] : [])].flatMap(({ off, state }) => (off.length === 0 ? [state] : [])),
    ...(drawn ? { drawn } : {}),
  };
}

type Found = Omit<PowerOnProof, "verdict"> & { readonly verdict: PowerOn["verdict"] };

function findings({ complete, canBeOff, finals, failing, succeeding }: Exploration, transition: Transition): Found {
  const verdict = !complete ? (cannotAllFit(transition) ? "impossible" : "unknown") : !failing ? "guaranteed" : finals.length > 0 ? "order-dependent" : "impossible";
  return { verdict, canBeOff, ...(failing ? { failing } : {}), ...(succeeding ? { succeeding } : {}) };
}

function namesOf(steps: ReadonlySet<number>, { problem }: Transition): string[] {
  const ids = [...steps].flatMap((step) => problem.classes[problem.steps[step]!.vmClass!]!.members.map(({ id }) => id));
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
