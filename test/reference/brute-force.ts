import { Cluster, FailoverVerdict, Maintenance, Plan, PowerOnVerdict, WorstFailure } from "../../lib/model";
import { consistentAssignments } from "./undeclared";
import { failoverOf } from "./failover";
import { maintenanceOf } from "./maintenance";
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
  readonly maintenance?: Maintenance;
}

/**
 * The answer by trying everything, with memory of full concrete states as the only economy.
 * Throws TooLarge beyond `maxStates` in either half.
 */
export function bruteForce(
  plan: Plan,
  cluster: Cluster,
  options: { readonly hostFailures?: number; readonly maxStates?: number } = {},
): Answer {
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

  const placements = possible ? ends.allOn : [runningAlone()];
  const maintenance = maintenanceOf(problem, placements, options.maxStates);
  const failures = problem.hostFailures;
  if (failures === undefined) return { powerOn, failover: { verdict: "not-judged" }, maintenance };
  const { dependsOn, ...judged } = failoverOf(problem, placements, failures, options.maxStates);
  if (!possible) return { powerOn, failover: { ...judged, verdict: "not-judged" }, maintenance };
  return { powerOn, failover: dependsOn.length > 0 ? { ...judged, dependsOn } : judged, maintenance };

  /** F3: where the batch can't be on, the running VMs where the inventory has them, with all device changes applied (O6). */
  function runningAlone(): State {
    return problem.changes.reduce((state, _, index) => ({ ...state, devices: changed(problem, state, index) }), initialState(problem));
  }
}

/** M4: what every assignment of the undeclared values agrees on. */
function common(answers: readonly Answer[]): Answer {
  const shared = <T>(of: (answer: Answer) => T): T | undefined =>
    new Set(answers.map((answer) => JSON.stringify(of(answer)))).size === 1 ? of(answers[0]!) : undefined;
  const sets = answers.map(({ powerOn }) => powerOn.canBeLeftOff);
  const agreed = shared(({ powerOn }) => powerOn.canBeLeftOff);
  const verdict = shared(({ failover }) => failover.verdict);
  const dependsOn = shared(({ failover }) => failover.dependsOn);
  const worst = agreed && shared(({ failover }) => failover.worst);
  const tolerates = agreed && shared(({ failover }) => failover.tolerates);
  const maintenance = shared((answer) => answer.maintenance);
  return {
    powerOn: {
      verdict: shared(({ powerOn }) => powerOn.verdict) ?? "unknown",
      canBeLeftOff: agreed ?? sets[0]!.filter((vm) => sets.every((set) => set.includes(vm))),
      complete: agreed !== undefined,
    },
    failover: {
      verdict: verdict ?? "unknown",
      ...(verdict && dependsOn ? { dependsOn } : {}),
      ...(verdict && worst ? { worst } : {}),
      ...(verdict && tolerates !== undefined ? { tolerates } : {}),
    },
    ...(maintenance ? { maintenance } : {}),
  };
}
