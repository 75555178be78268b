import { Cluster, FailoverVerdict, Maintenance, Plan, PowerOnVerdict, WorstFailure } from "../../lib/model";
import { consistentAssignments } from "./undeclared";
import { failoverOf } from "./failover";
import { maintenanceOf } from "./maintenance";
import { changed, everyEnd } from "./power-on";
import { Options, problemOf } from "./problem";
import { SpareRow, spareAfter } from "./spare";
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

/** The answer, and what can be spare at the ends of the worst failure: on demand, and only where no sub-id is open. */
export interface FullAnswer {
  readonly answer: Answer;
  readonly spare?: () => readonly (readonly SpareRow[])[];
}

interface Effort {
  readonly maxStates?: number;
  /** Without the economy with devices that are alike. */
  readonly tellAlikeApart?: boolean;
}

/**
 * The answer by trying everything, with memory of full concrete states as the only economy, devices that are alike taken for each
 * other. Throws TooLarge beyond `maxStates` in either half.
 */
export function bruteForce(plan: Plan, cluster: Cluster, options: Options & Effort = {}): Answer {
  return bruteForceInFull(plan, cluster, options).answer;
}

export function bruteForceInFull(plan: Plan, cluster: Cluster, options: Options & Effort = {}): FullAnswer {
  const answers = consistentAssignments(plan, cluster).map((declared) => answerOf(plan, declared, options));
  if (answers.length === 0) throw new Error("no assignment of the undeclared sub-ids is consistent");
  return answers.length === 1 ? answers[0]! : { answer: common(answers.map(({ answer }) => answer)) };
}

function answerOf(plan: Plan, cluster: Cluster, options: Options & Effort): FullAnswer {
  const problem = problemOf(plan, cluster, options);
  const ends = everyEnd(problem, initialState(problem), options.maxStates);
  const canBeLeftOff = [...new Set(ends.off.flat())].sort();
  const possible = ends.allOn.length > 0;
  const verdict = !possible ? "impossible" : canBeLeftOff.length === 0 ? "guaranteed" : "order-dependent";
  const powerOn = { verdict, canBeLeftOff, complete: true } as const;

  const placements = possible ? ends.allOn : [runningAlone()];
  const maintenance = maintenanceOf(problem, placements, options.maxStates);
  const failures = problem.hostFailures;
  if (failures === undefined) return { answer: { powerOn, failover: { verdict: "not-judged" }, maintenance } };
  const { dependsOn, ends: worstEnds, ...judged } = failoverOf(problem, placements, failures, options.maxStates);
  const verdictAs = possible ? judged.verdict : ("not-judged" as const);
  const failover = { ...judged, verdict: verdictAs, ...(possible && dependsOn.length > 0 ? { dependsOn } : {}) };
  return { answer: { powerOn, failover, maintenance }, spare: () => worstEnds().map((end) => spareAfter(problem, end)) };

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
