import { AdmissionControl, CapacityRow, ClusterJudgement, isUsable, Plan } from "../../lib/model";
import { admissionControlOf } from "./admission";
import { answerOf } from "./answer";
import { bruteForceInFull, FullAnswer } from "./brute-force";
import { capacityOf } from "./capacity";
import { Case } from "./generate";
import { TooLarge } from "./power-on";
import { problemOf } from "./problem";
import { endOf, replay } from "./replay";
import { SpareRow } from "./spare";
import { consistentAssignments } from "./undeclared";

/** What the engine or the report says of the one cluster of a case. */
export type Judged = Pick<ClusterJudgement, "powerOn" | "failover" | "admissionControl" | "maintenance" | "capacity">;

/** The brute force's answer; undefined beyond `maxStates`. */
export function answerTo({ plan, cluster, options }: Case, maxStates: number): FullAnswer | undefined {
  try {
    return bruteForceInFull(plan, cluster, { ...options, maxStates });
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Everything in which a judgement differs from the brute force, or that its sequences can't do. */
export function complaints(judged: Judged, { answer, spare }: FullAnswer, { plan, cluster, options }: Case): readonly string[] {
  const found: string[] = [];
  const same = (part: string, engine: unknown, expected: unknown): void => {
    const [said, wanted] = [engine, expected].map((each) => JSON.stringify(sorted(each)));
    if (said !== wanted) found.push(`${part}: the engine says ${said}, the brute force ${wanted}`);
  };
  const said = answerOf(judged);
  same("powerOn", said.powerOn, answer.powerOn);
  same("failover", said.failover, answer.failover);
  same("maintenance", said.maintenance, answer.maintenance);
  found.push(...replay(plan, cluster, judged.powerOn));
  if (consistentAssignments(plan, cluster).length > 1) return found;

  const problem = problemOf(plan, cluster, options);
  // Of no usable host there is no percentage.
  if (cluster.ha && cluster.hosts.some(isUsable))
    same("admissionControl", withoutReasons(judged.admissionControl), admissionControlOf(problem));
  const end = endOf(plan, cluster, judged.powerOn);
  if (end && !disablesWhatIsHeld(plan)) same("capacity", judged.capacity.map(countsOf), capacityOf(problem, end));
  if (found.length === 0 && spare && !disablesWhatIsHeld(plan)) found.push(...spareComplaints(judged.capacity, spare()));
  return found;
}

/** F4 names one of several equal ends: what is spare must be so at one of them. */
function spareComplaints(rows: readonly CapacityRow[], possible: readonly (readonly SpareRow[])[]): readonly string[] {
  const said = JSON.stringify(
    sorted(rows.map(({ id, label, freeAfterWorstFailure, stranded }) => ({ id, label, freeAfterWorstFailure, stranded }))),
  );
  const wanted = possible.map((each) => JSON.stringify(sorted(each)));
  const agrees = wanted.length === 0 ? rows.every((row) => row.freeAfterWorstFailure === undefined) : wanted.includes(said);
  return agrees ? [] : [`spare: the engine says ${said}, the brute force one of ${[...new Set(wanted)].join(" ")}`];
}

function countsOf({ id, label, total, used, free }: CapacityRow): Partial<CapacityRow> {
  return { id, ...(label === undefined ? {} : { label }), total, used, free };
}

/** What becomes of those is in regressions.test.ts. */
function disablesWhatIsHeld({ deviceChanges }: Plan): boolean {
  return deviceChanges.some(({ enabled }) => enabled?.known && !enabled.value);
}

/** With the keys of every object in one order, and nothing undefined. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}

function withoutReasons(admission: AdmissionControl | undefined): AdmissionControl | undefined {
  if (admission === undefined) return undefined;
  const { refusedBy: _, ...answer } = admission;
  return answer;
}
