import { Limit, Means, PowerOn, counted } from "../../model";
import { InForce } from "../compile/in-force";
import { cycleIn } from "../compile/cycle";
import { ClassCount, Problem } from "../compile/problem";
import { Witness, failingSequence, sequence, simulate, witnessOf } from "../witness/sequences";
import { PowerOnProof, CreationsProver, onlyTakes } from "./creations";
import { UpdatesProver, onlyUpdates } from "./updates";
import { State, Transition } from "../state-space/transition";
import { Budget } from "../packing/budget";
import { Exploration, explore } from "../state-space/explore-power-on";

/** Section 5 for one world: the verdict, its witnesses, and the placements that failover is judged over. */
export interface PowerOnResult {
  readonly powerOn: PowerOn;
  readonly decidedBy: Means;
  /** Set where the search did not settle all of it. */
  readonly limit?: Limit;
  /** Every placement with the whole batch on; undefined where the search did not come to an end. */
  readonly placements: () => readonly State[] | undefined;
  /** Placements with the whole batch on that were met on the way. */
  readonly samples: () => readonly State[];
  /** One more that leaves room for others, which are not of the batch, at the same time; undefined where none is found. */
  readonly leaving: (reserved: readonly ClassCount[]) => State | undefined;
  /** The outcome that is drawn; absent where impossible or none was found. */
  readonly drawn?: Witness;
}

/** A batch that a person could write down is looked at in every order where the proofs leave something open. */
const FEW_HOSTS = 8;
const FEW_STEPS = 16;

/**
 * What is only looked for to say more about failover, of a batch that is settled, and what is hardly ever found, with many hosts
 * where the proofs leave something open, may take as much as one of so many questions.
 */
const MANY_QUESTIONS = 30;
const MANY_HOSTS = 32;

export function isSmall({ slots, steps }: Problem): boolean {
  return slots.length <= FEW_HOSTS && steps.reduce((sum, { size }) => sum + size, 0) <= FEW_STEPS;
}

/** Proof before search: what can be settled VM by VM, else every order. */
export function judgePowerOn(transition: Transition, inForce: InForce, budget: Budget): PowerOnResult {
  const { problem } = transition;
  const cycle = cycleIn(problem);
  if (cycle !== undefined) return neverStarts(cycle);
  let explored: Exploration | undefined;
  const takes = onlyTakes(problem);
  const prover = proverOf(transition, budget);
  const proof = prover?.settle();
  const settled = proof?.complete && proof.verdict !== undefined;
  const isHopeless = proof !== undefined && (settled ? !isSmall(problem) : problem.slots.length > MANY_HOSTS);
  const share = isHopeless ? budget.oneOf(MANY_QUESTIONS) : budget.another();
  const exploration = (): Exploration => (explored ??= explore(transition, share, settled && takes ? "any" : "every"));
  const placements = (): readonly State[] | undefined =>
    (!takes || isSmall(problem)) && exploration().complete ? exploration().finals : undefined;
  const found = settled
    ? { ...proof, verdict: proof.verdict }
    : combined(proof, !takes || isSmall(problem) ? findings(exploration()) : undefined);
  const planned = simulate(transition, inForce);
  const drawn = planned.off.length === 0 ? planned : found.succeeding && witnessOf(found.succeeding, transition, inForce);
  const canBeLeftOff = namesOf(found.canBeOff, transition);
  const failing = found.failing ? witnessOf(found.failing, transition, inForce) : planned.off.length > 0 ? planned : undefined;
  return {
    powerOn: {
      verdict: found.verdict,
      canBeLeftOff,
      complete: found.complete,
      ...(failing && found.verdict !== "guaranteed" ? { failing: failingSequence(failing) } : {}),
      ...(drawn ? { succeeding: sequence(drawn) } : {}),
      ...(found.verdict === "unknown" ? { why: ["the search limit was reached before every order was looked at"] } : {}),
    },
    decidedBy: settled ? proof.decidedBy : "every order",
    ...(found.complete || found.verdict === "guaranteed" ? {} : { limit: limitOf(found.verdict, canBeLeftOff) }),
    placements,
    samples: () =>
      [
        prover?.packed() ?? [],
        found.succeeding?.at(-1)?.outcome.state ?? [],
        planned.off.length === 0 ? planned.state : [],
        prover?.asBuddies() ?? [],
      ].flat(),
    leaving: (reserved) => (prover instanceof CreationsProver ? prover.leaving(reserved) : undefined),
    ...(drawn ? { drawn } : {}),
  };
}

function limitOf(verdict: PowerOn["verdict"], canBeLeftOff: readonly string[]): Limit {
  const proved = canBeLeftOff.length === 0 ? "nothing" : `${counted(canBeLeftOff.length, "VM")} can be left off`;
  return { part: verdict === "unknown" ? "power-on" : "left-off", proved };
}

function proverOf(transition: Transition, budget: Budget): CreationsProver | UpdatesProver | undefined {
  if (onlyTakes(transition.problem)) return new CreationsProver(transition, budget);
  return onlyUpdates(transition.problem) ? new UpdatesProver(transition, budget) : undefined;
}

function neverStarts(why: string): PowerOnResult {
  return {
    powerOn: { verdict: "unknown", canBeLeftOff: [], complete: false, why: [why] },
    decidedBy: "every order",
    placements: () => undefined,
    samples: () => [],
    leaving: () => undefined,
  };
}

type Found = Omit<PowerOnProof, "verdict" | "decidedBy"> & { readonly verdict: PowerOn["verdict"] };

function findings({ complete, canBeOff, finals, failing, succeeding }: Exploration): Found {
  const verdict = !complete ? "unknown" : !failing ? "guaranteed" : finals.length > 0 ? "order-dependent" : "impossible";
  return { verdict, complete, canBeOff, ...(failing ? { failing } : {}), ...(succeeding ? { succeeding } : {}) };
}

/** What was proved VM by VM and what was seen in the orders that were looked at. */
function combined(proof: PowerOnProof | undefined, seen: Found | undefined): Found {
  if (seen && (seen.complete || !proof)) return seen;
  const canBeOff = new Set([...(proof?.canBeOff ?? []), ...(seen?.canBeOff ?? [])]);
  const failing = proof?.failing ?? seen?.failing;
  const succeeding = proof?.succeeding ?? seen?.succeeding;
  const verdict = proof?.verdict ?? (failing && succeeding ? "order-dependent" : "unknown");
  return { verdict, complete: false, canBeOff, ...(failing ? { failing } : {}), ...(succeeding ? { succeeding } : {}) };
}

function namesOf(steps: ReadonlySet<number>, { problem }: Transition): string[] {
  const ids = [...steps].flatMap((step) => problem.classes[problem.steps[step]!.vmClass!]!.members.map(({ id }) => id));
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
