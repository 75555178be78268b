import { Cluster, FailoverVerdict, Plan, PowerOnVerdict, WorstFailure } from "../../lib/model";
import { consistentAssignments } from "./undeclared";
import { FailoverAnswer, failoverOf } from "./failover";
import { changed, everyEnd } from "./power-on";
import { problemOf } from "./problem";
import { State, initialState } from "./state";

/** The part of a cluster's judgement that the referee decides. */
export interface Answer {
  readonly powerOn: { readonly verdict: PowerOnVerdict; readonly canBeLeftOff: readonly string[]; readonly complete: boolean };
  readonly failover: {
    readonly verdict: FailoverVerdict;
    readonly dependsOn?: readonly ("order" | "placement")[];
    readonly worst?: WorstFailure;
    readonly tolerates?: number;
  };
}

/**
 * The answer by trying everything, with memory of full concrete states as the only economy.
 * Throws TooLarge beyond `maxStates` in either half.
 */
export function bruteForce(plan: Plan, cluster: Cluster, options: { readonly hostFailures?: number; readonly maxStates?: number } = {}): Answer {
  const answers = consistentAssignments(plan, cluster).map((declared) => answerOf(plan, declared, options));
  if (answers.length === 0) throw new Error("no assignment of the undeclared sub-ids is consistent");
  return answers.length === 1 ? answers[0]! : common(answers);
}

function answerOf(plan: Plan, cluster: Cluster, options: { readonly hostFailures?: number; readonly maxStates?: number }): Answer {
  const problem = problemOf(plan, cluster, options);
  const ends = everyEnd(problem, initialState(problem), options.maxStates);
  const canBeLeftOff = [...new Set(ends.off.flat())].sort();
  const possible = ends.allOn.length > 0;
  const verdict = !possible ? "impossible" : canBeLeftOff.length === 0 ? "guaranteed" : "order-dependent";
  const powerOn = { verdict, canBeLeftOff, complete: true } as const;

  const failures = problem.hostFailures;
  if (failures === undefined) return { powerOn, failover: { verdict: "not-judged" } };
  const judged = failoverOf(problem, possible ? ends.allOn : [runningAlone()], failures, options.maxStates);
  return { powerOn, failover: possible ? reported(judged) : { ...reported(judged), verdict: "not-judged" } };

  /** F3: where the batch can't be on, the running VMs where the inventory has them, with all device changes applied (O6). */
  function runningAlone(): State {
    return problem.changes.reduce((state, _, index) => ({ ...state, devices: changed(problem, state, index) }), initialState(problem));
  }
}

function reported({ verdict, dependsOn, worst, tolerates }: FailoverAnswer): Answer["failover"] {
  return {
    verdict,
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...(worst ? { worst } : {}),
    tolerates,
  };
}

/** M4: what every assignment of the undeclared values agrees on. */
function common(answers: readonly Answer[]): Answer {
  const same = (of: (answer: Answer) => unknown): boolean => new Set(answers.map((answer) => JSON.stringify(of(answer)))).size === 1;
  const [first] = answers;
  const setsAgree = same(({ powerOn }) => powerOn.canBeLeftOff);
  const allAgree = same((answer) => answer);
  return {
    powerOn: {
      verdict: same(({ powerOn }) => powerOn.verdict) ? first!.powerOn.verdict : "unknown",
      canBeLeftOff: first!.powerOn.canBeLeftOff.filter((vm) => answers.every(({ powerOn }) => powerOn.canBeLeftOff.includes(vm))),
      complete: setsAgree,
    },
    failover: allAgree ? first!.failover : { verdict: same(({ failover }) => failover.verdict) ? first!.failover.verdict : "unknown" },
  };
}
