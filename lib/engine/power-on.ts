import { PowerOn } from "../model";
import { InForce } from "./in-force";
import { Budget, Exploration, explore } from "./search";
import { Told, failingSequence, sequence, simulate, tell } from "./sequences";
import { State, Transition } from "./transition";

/** Section 5 for one world: the verdict, its witnesses, and the placements that failover is judged over. */
export interface PowerOnResult {
  readonly powerOn: PowerOn;
  /** Every placement with the whole batch on; undefined where the search did not come to an end. */
  readonly placements: readonly State[] | undefined;
  /** The outcome that is drawn; absent where impossible or none was found. */
  readonly drawn?: Told;
}

export function judgePowerOn(transition: Transition, inForce: InForce, budget: Budget): PowerOnResult {
  const found = explore(transition, budget);
  const planned = simulate(transition, inForce);
  const drawn = planned.off.length === 0 ? planned : found.succeeding && tell(found.succeeding, transition, inForce);
  const failing = found.failing && failingSequence(tell(found.failing, transition, inForce));
  const canBeLeftOff = leftOff(found, transition);
  const parts = {
    canBeLeftOff,
    ...(failing ? { failing } : {}),
    ...(drawn ? { succeeding: sequence(drawn) } : {}),
  };
  if (!found.complete) {
    return {
      powerOn: { verdict: "unknown", complete: false, ...parts, why: ["the search limit was reached before every order was looked at"] },
      placements: undefined,
      ...(drawn ? { drawn } : {}),
    };
  }
  const verdict = !failing ? "guaranteed" : found.finals.length > 0 ? "order-dependent" : "impossible";
  return { powerOn: { verdict, complete: true, ...parts }, placements: found.finals, ...(drawn ? { drawn } : {}) };
}

function leftOff({ canBeOff }: Exploration, { problem }: Transition): string[] {
  const ids = [...canBeOff].flatMap((step) => problem.classes[problem.steps[step]!.vmClass!]!.members.map(({ id }) => id));
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
