import { Cluster, HaSettings, PlanVm, RunningVm, existingVmOf, listing, runningNameOf } from "../model";
import { Batch, batchOf } from "./compile/batch";
import { compile } from "./compile/compile";
import { Unsettled, inForceFor } from "./compile/in-force";
import { JudgeOptions } from "./compile/judge-options";
import { Moment, Moments, momentsOf } from "./compile/moments";
import { PlanIndex } from "./compile/plan-index";
import { Problem } from "./compile/problem";
import { StandIn, standInPlacements, standIns, whereTheyRun } from "./compile/stand-ins";
import { Assignments, assignments } from "./compile/undeclared";

/** One cluster's question: what happens, what is in force, and in which ways the undeclared may be. */
export interface Question {
  /** As the options ask about it. */
  readonly cluster: Cluster;
  readonly hostFailures: number;
  readonly options: JudgeOptions;
  readonly batch: Batch;
  /**
   * One for each way in which undeclared sub-ids may be (M4), in which what runs somewhere may be placed (O10), and in which the plan's
   * changes of the cluster may go and come (O9); as the batch has them where those are too many.
   */
  readonly worlds: readonly WorldQuestion[];
  /** Each world is a legal order: where their verdicts differ, the order decides. */
  readonly areOrders: boolean;
  /** Changes of the cluster that nothing orders before or after the VMs. */
  readonly unordered: readonly string[];
  /** Why `guaranteed` in every world is not guaranteed. */
  readonly between?: string;
  /** Why another verdict than the best is not known. */
  readonly onlyIfBest: readonly string[];
  /** What a verdict hangs on that is not the same in every world. */
  readonly differ: string;
  /** Of what there are too many ways to look at each. */
  readonly tooMany: readonly string[];
  /** The VMs that may be here or in another cluster: none of them is in the batch. */
  readonly possible: readonly PossibleMember[];
  /** The same question with some of those in the batch. */
  readonly withMembers: (present: readonly PlanVm[]) => Question;
  /** What hangs on undeclared sub-ids; undefined where there are too many ways to complete them. */
  readonly open: Assignments["open"] | undefined;
}

/** A VM that may be in a cluster, and why that is not known. */
export interface PossibleMember {
  readonly vm: PlanVm;
  readonly why: string;
  /** It may be a VM that runs there, and give something up. */
  readonly mayRelease: boolean;
}

/** The question where every sub-id in play is declared: as VMs power on, and as the plan ends where that is something else. */
export interface WorldQuestion extends Stage {
  readonly atEnd?: Stage;
  /** As it is set in the end. */
  readonly ha?: HaSettings;
}

/** The cluster at one time. */
export interface Stage {
  readonly batch: Batch;
  readonly rules: Unsettled;
  /** With names as indexes, and equal things merged. */
  readonly problem: () => Problem;
}

/** A cluster's question, which depends on what it waits for in other clusters. Each is made when it is first asked. */
export class ClusterQuestions {
  private readonly known = new Map<string, Question>();

  constructor(
    readonly cluster: Cluster,
    private readonly index: PlanIndex,
    private readonly options: JudgeOptions,
  ) {}

  /** `starts`: whether a VM of another cluster is certain to start. */
  where(starts: (vm: string) => boolean): Question {
    const missing = this.waitsFor().filter((vm) => !starts(vm));
    const key = JSON.stringify(missing);
    const question = this.known.get(key) ?? questionOf(this.cluster, [], this.index, new Set(missing), this.options);
    this.known.set(key, question);
    return question;
  }

  /** The VMs of other clusters that its own wait for. */
  waitsFor(): readonly string[] {
    return this.index.outside(this.cluster);
  }

  /** Whether the question may be another where the plan has these VMs otherwise, or the inventory other clusters. */
  isAbout(vms: readonly PlanVm[]): boolean {
    const members = this.index.vmsIn(this.cluster);
    // Of a VM whose cluster is not known it matters what runs in the others.
    if (this.index.possiblyIn(this.cluster).length > 0) return true;
    const addresses = new Set([...members.map(({ address }) => address), ...this.waitsFor()]);
    const running = new Set(this.cluster.vms.map(({ name }) => name));
    return vms.some((vm) => {
      const name = runningNameOf(vm);
      return addresses.has(vm.address) || !name.known || running.has(name.value);
    });
  }
}

/** `present`: those that are here of the VMs that may be. */
function questionOf(
  declared: Cluster,
  present: readonly PlanVm[],
  index: PlanIndex,
  missing: ReadonlySet<string>,
  options: JudgeOptions,
): Question {
  const asked = { declared, present, index, missing, options };
  const beside = standIns(declared, declared, index, present).map(({ running }) => running);
  const sure = batchOf(declared, declared, index, missing, { possible: present, beside });
  const assigned = assignments(sure);
  const moments = momentsOf(declared, index, sure);
  const first = stageAt(declared, moments.list[0]!, asked);
  const worlds: WorldQuestion[] = [];
  let isPlaced = true;
  for (const hosts of assigned?.hosts ?? [declared.hosts]) {
    const cluster = hosts === declared.hosts ? declared : { ...declared, hosts };
    for (const moment of moments.list) {
      const ways = stageAt(cluster, moment, asked);
      isPlaced &&= ways.isPlaced;
      worlds.push(...ways.worlds);
    }
  }
  const ends = worlds.map(({ ha }) => ha);
  const tolerated = Math.max(...ends.map((ha) => (ha ? Math.max(ha.hostFailuresToTolerate, declared.ha?.hostFailuresToTolerate ?? 0) : 0)));
  const hangsOn = first.standing.length > 0 && first.worlds.length > 1 ? whereTheyRun(first.standing) : whenTheyHappen(moments.unordered);
  const possible = possibleMembers(declared, index);
  const withMembers = (vms: readonly PlanVm[]): Question => questionOf(declared, vms, index, missing, options);
  return {
    cluster: withHa(declared, options.hostFailures),
    hostFailures: options.hostFailures ?? tolerated,
    options,
    batch: together(worlds, moments),
    worlds,
    possible,
    withMembers,
    areOrders: moments.areOrders && worlds.length === moments.list.length,
    unordered: moments.unordered,
    onlyIfBest: moments.onlyIfBest,
    ...(moments.between !== undefined && { between: moments.between }),
    differ: (assigned?.hosts.length ?? 0) > 1 ? "it hangs on sub-ids that the inventory does not declare" : hangsOn,
    tooMany: [
      ...(assigned ? [] : ["there are too many ways to complete the undeclared sub-ids"]),
      ...(isPlaced ? [] : [whereTheyRun(first.standing)]),
    ],
    open: assigned?.open,
  };
}

function possibleMembers(declared: Cluster, index: PlanIndex): readonly PossibleMember[] {
  return index.possiblyIn(declared).map((vm) => {
    const place = index.placeOf(vm);
    const mayRelease = existingVmOf(vm, declared.vms) !== undefined || (!runningNameOf(vm).known && declared.vms.length > 0);
    return { vm, why: place.kind === "unknown" ? place.why : "", mayRelease };
  });
}

function whenTheyHappen(changes: readonly string[]): string {
  if (changes.length === 0) return "it hangs on values of the plan that are not known";
  return `it hangs on when ${listing(changes)} ${changes.length === 1 ? "happens" : "happen"}: nothing orders the VMs before or after`;
}

interface Asked {
  readonly declared: Cluster;
  readonly present: readonly PlanVm[];
  readonly index: PlanIndex;
  readonly missing: ReadonlySet<string>;
  readonly options: JudgeOptions;
}

interface Staged {
  readonly worlds: readonly WorldQuestion[];
  readonly standing: readonly StandIn[];
  /** There are not too many ways to place what runs somewhere. */
  readonly isPlaced: boolean;
}

/** The worlds of one moment: one for each way in which what runs somewhere may be placed. */
function stageAt(cluster: Cluster, { atPowerOn, atEnd }: Moment, asked: Asked): Staged {
  const { declared, options } = asked;
  const [start, end] = [atPowerOn(cluster), atEnd(atPowerOn(cluster))].map((each) => withHa(each, options.hostFailures)) as [
    Cluster,
    Cluster,
  ];
  const starting = placedStages(start, asked);
  const isSame = start === end || JSON.stringify(start) === JSON.stringify(end);
  if (isSame) {
    const worlds = starting.stages.map((stage): WorldQuestion => ({ ...stage, ...(start.ha && { ha: start.ha }) }));
    return { worlds, standing: starting.standing, isPlaced: starting.isPlaced };
  }
  // A restart ignores admission control, and who is on by then was admitted by what counted before.
  const unguarded =
    end.ha && JSON.stringify(end.ha) !== JSON.stringify(start.ha)
      ? { ...end, ha: { ...end.ha, admissionControl: "disabled" as const } }
      : end;
  const ending = placedStages(unguarded, { ...asked, declared });
  const pairs = starting.stages.flatMap((stage) => ending.stages.map((last) => ({ ...stage, atEnd: last, ...(end.ha && { ha: end.ha }) })));
  const isFew = pairs.length <= MOST_PAIRS;
  return {
    worlds: isFew ? pairs : pairs.slice(0, 1),
    standing: [...starting.standing, ...ending.standing],
    isPlaced: starting.isPlaced && ending.isPlaced && isFew,
  };
}

const MOST_PAIRS = 64;

interface PlacedStages extends Omit<Staged, "worlds"> {
  readonly stages: readonly Stage[];
}

function placedStages(cluster: Cluster, { declared, present, index, missing, options }: Asked): PlacedStages {
  const standing = standIns(declared, cluster, index, present);
  const anywhere = standing.map(({ running }) => running);
  const stageWith = (beside: readonly RunningVm[]): Stage => {
    const batch = batchOf(declared, cluster, index, missing, { possible: present, beside });
    const rules = inForceFor(batch, index);
    return { batch, rules, problem: () => compile(batch, cluster.hosts, rules.inForce, options) };
  };
  const first = stageWith(anywhere);
  const placed = standInPlacements(standing, first.batch);
  const stages = (placed ?? [undefined]).map((beside) => (beside === undefined ? first : stageWith(beside)));
  return { stages, standing, isPlaced: placed !== undefined };
}

/** The first world's batch, with what can't be judged in any. */
function together(worlds: readonly WorldQuestion[], { unsettled, remarks }: Moments): Batch {
  const batches = worlds.flatMap(({ batch, atEnd }) => (atEnd ? [batch, atEnd.batch] : [batch]));
  const [first] = batches as [Batch];
  const distinct = <T>(all: readonly T[]): readonly T[] => [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
  const ofAll = <T>(part: (batch: Batch) => readonly T[]): readonly T[] =>
    batches.length === 1 ? part(first) : distinct(batches.flatMap(part));
  return {
    ...first,
    opaque: ofAll(({ opaque }) => opaque),
    waitsForOpaque: batches.some(({ waitsForOpaque }) => waitsForOpaque),
    unsettled: [...unsettled, ...ofAll((batch) => batch.unsettled)],
    remarks: [...remarks, ...ofAll((batch) => batch.remarks)],
  };
}

/** `-n` where HA is off judges as if it were on with admission control disabled. */
function withHa(cluster: Cluster, hostFailures: number | undefined): Cluster {
  if (cluster.ha || hostFailures === undefined) return cluster;
  const ha: HaSettings = { hostFailuresToTolerate: hostFailures, admissionControl: "disabled", defaultRestartPriority: "medium" };
  return { ...cluster, ha };
}
