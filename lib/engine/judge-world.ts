import { AdmissionControl, Cluster, FailingRestarts, Failover, Limit, isUsable, WorstFailure } from "../model";
import { admissionControl, counted } from "./constraints/admission-control";
import { afterFailure } from "./failover/after-failure";
import { Batch } from "./compile/batch";
import { FailoverJudge, FailoverResult } from "./failover/judge-failover";
import { batchSpace, runningSpace } from "./failover/placement-space";
import { whyOff } from "./failover/why-off";
import { namedFailure } from "./failover/named-failure";
import { maintenance } from "./failover/maintenance";
import { JudgeOptions } from "./compile/judge-options";
import { PowerOnResult, judgePowerOn } from "./power-on/judge-power-on";
import { Problem } from "./compile/problem";
import { Transition } from "./state-space/transition";
import { drawnEnding, runningEnding } from "./ending";
import { Question, Stage, WorldQuestion } from "./question";
import { World } from "./worlds";
import { Budget } from "./packing/budget";

/** Pieces of work for each question: about a second. A cluster that a person could write down is always searched to the end. */
const DEFAULT_WORK = 1_000_000;
const SMALL_WORK = 30_000_000;

function limitOf({ slots, steps }: Problem, { maxWork }: JudgeOptions): number {
  return maxWork ?? (slots.length <= 6 && steps.length <= 8 ? SMALL_WORK : DEFAULT_WORK);
}

/** One world: every sub-id in play is declared. */
export function judgeWorld(world: WorldQuestion, question: Question): World {
  const started = judgeStage(world, question);
  const ended = world.atEnd ? atTheEnd(started, judgeStage(world.atEnd, question), world) : started;
  return isNarrowed(world.atEnd ?? world, question) ? withDoubtfulRestarts(ended) : ended;
}

/** The plan leaves a pool with less than what is on in it. Without that, what was on has room in its pool to be on again. */
function isNarrowed({ batch, rules }: Stage, { cluster }: Question): boolean {
  return batch.cluster.resourcePools !== cluster.resourcePools && rules.inForce.pools !== undefined;
}

function withDoubtfulRestarts(world: World): World {
  const { hostFailures, verdict } = world.failover;
  if (verdict !== "survives") return world;
  const why = ["a resource pool that the plan changes has less than what its VMs reserve, so that they may not restart in it"];
  return { ...world, failover: { hostFailures, verdict: "unknown", why } };
}

/**
 * Power-on as VMs found the cluster, the rest as the plan leaves it: failover is judged over the placements that the batch can have
 * there, which are all that it can have come to (F3).
 */
function atTheEnd(started: World, ended: World, { ha, atEnd }: WorldQuestion): World {
  const { admissionControl: _, ...rest } = ended;
  const admission = atEnd && admissionOf({ ...atEnd.batch, cluster: withAdmission(atEnd.batch.cluster, ha) });
  const [isOn, isOnAtEnd] = [started, ended].map(({ powerOn }) => powerOn.verdict !== "impossible");
  const isJudged = ha !== undefined && isOn !== isOnAtEnd;
  const { hostFailures } = ended.failover;
  const failover: Failover = isOn
    ? { hostFailures, verdict: "unknown", why: ["where the VMs run is not known once the plan has changed the cluster"] }
    : { hostFailures, verdict: "not-judged", why: ["not every VM can power on"] };
  return {
    ...rest,
    powerOn: started.powerOn,
    decidedBy: { ...ended.decidedBy, powerOn: started.decidedBy.powerOn },
    ...(isJudged && { failover }),
    ...(admission && { admissionControl: admission }),
    limits: [...started.limits.filter(isOfPowerOn), ...ended.limits.filter((limit) => !isOfPowerOn(limit))],
  };
}

function isOfPowerOn({ part }: Limit): boolean {
  return part === "power-on" || part === "left-off";
}

function withAdmission(cluster: Cluster, ha: WorldQuestion["ha"]): Cluster {
  return ha ? { ...cluster, ha } : cluster;
}

function judgeStage({ batch, rules, problem }: Stage, { hostFailures, options }: Question): World {
  const transition = new Transition(problem());
  const limit = limitOf(transition.problem, options);
  const power = judgePowerOn(transition, rules.inForce, new Budget(limit));
  const impossible = power.powerOn.verdict === "impossible";
  const space = impossible ? runningSpace(transition) : batchSpace(transition, power);
  const judge = new FailoverJudge(transition, space, new Budget(limit));
  const failover = batch.cluster.ha && rules.unknownRules.length === 0 ? failoverOf(judge, power, hostFailures) : undefined;
  const worst = failover?.worst;
  const after = worst && afterFailure(worst, judge, transition);
  const shown = worst ?? failover?.shown;
  const failing = shown && namedFailure(transition.problem, transition.hosts, space, shown, judge.courseOf(shown));
  const refused = shown && shown.vms.length > 0 ? whyOff(shown, judge, transition, rules.inForce) : undefined;
  const blocked = isPlaced(power) ? maintenance(transition, space, judge, new Budget(limit)) : undefined;
  const admission = admissionOf(batch);
  return {
    powerOn: power.powerOn,
    decidedBy: { powerOn: power.decidedBy, ...(failover ? { failover: failover.decidedBy } : {}) },
    failover: failover
      ? asReported({ ...failover, refused }, failing, hostFailures, impossible)
      : notLookedAt(batch.cluster, hostFailures, rules.unknownRules),
    ...(admission ? { admissionControl: admission } : {}),
    ...(blocked ? { maintenance: { blocked } } : {}),
    limits: [
      ...(power.limit ? [power.limit] : []),
      ...(failover?.limits ?? []).flatMap((limit) => (impossible ? besideVerdict(limit) : [limit])),
      ...(isPlaced(power) && !blocked ? [{ part: "maintenance", proved: "nothing" } as const] : []),
    ],
    ending: { ...(power.drawn ? drawnEnding(power.drawn, batch) : runningEnding(batch)), ...(after ? { worst: after } : {}) },
  };
}

/** Where not every VM can power on there is no verdict on failover: what is missing is what would be told of the running VMs. */
function besideVerdict(limit: Limit): Limit[] {
  return limit.part === "failover" ? (["worst", "tolerates"] as const).map((part) => ({ ...limit, part })) : [limit];
}

/** Whether any placement is reachable decides what failover and maintenance are about: until that is known, so is nothing. */
function isPlaced({ powerOn, drawn }: PowerOnResult): boolean {
  return powerOn.verdict !== "unknown" || drawn !== undefined;
}

function failoverOf(judge: FailoverJudge, power: PowerOnResult, hostFailures: number): FailoverResult {
  if (isPlaced(power)) return judge.judge(hostFailures);
  const { powerOn } = power;
  return {
    verdict: "unknown",
    decidedBy: power.decidedBy,
    why: powerOn.why?.join("; ") ?? "it is not known whether every VM can power on",
  };
}

/** Failover as the report tells it; where power-on is impossible it speaks of the running VMs alone and is not a verdict. */
function asReported(
  { verdict, dependsOn, worst, refused, tolerates, why }: FailoverResult & { readonly refused: WorstFailure["refused"] },
  failing: FailingRestarts | undefined,
  hostFailures: number,
  impossible: boolean,
): Failover {
  const found = {
    ...(worst ? { worst: { hosts: worst.hosts, off: worst.vms, ...(refused ? { refused } : {}) } } : {}),
    ...(failing ? { failing: worst || !refused ? failing : { ...failing, refused } } : {}),
    ...(tolerates === undefined ? {} : { tolerates }),
  };
  if (impossible)
    return { hostFailures, verdict: "not-judged", ...found, why: ["not every VM can power on, so this is about the running VMs alone"] };
  return { hostFailures, verdict, ...(dependsOn ? { dependsOn } : {}), ...found, ...(why === undefined ? {} : { why: [why] }) };
}

function notLookedAt({ ha }: Cluster, hostFailures: number, unknownRules: readonly string[]): Failover {
  if (!ha) return { hostFailures, verdict: "not-judged", why: ["HA is off"] };
  return { hostFailures, verdict: "unknown", why: unknownRules.map((rule) => `it is not known whether ${rule} binds`) };
}

/** Section 7, with the whole batch on. */
function admissionOf({ cluster, occupants, jobs }: Batch): AdmissionControl | undefined {
  const check = admissionControl(cluster);
  if (!check) return undefined;
  const usable = new Set(cluster.hosts.filter(isUsable).map(({ name }) => name));
  const released = new Set(jobs.map(({ releases }) => releases));
  const staying = occupants.filter(({ vm }) => usable.has(vm.host) && !released.has(vm)).map(({ spec }) => spec);
  return check([...staying, ...jobs.flatMap(({ spec }) => spec ?? [])].map(counted));
}
