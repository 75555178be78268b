import { Cluster, HaSettings, Host, PlanVm, RunningVm, runningNameOf, existingVmOf } from "../model";
import { Batch, batchOf } from "./compile/batch";
import { compile } from "./compile/compile";
import { Unsettled, inForceFor } from "./compile/in-force";
import { JudgeOptions } from "./compile/judge-options";
import { PlanIndex } from "./compile/plan-index";
import { Problem } from "./compile/problem";
import { standInPlacements, standIns, whereTheyRun } from "./compile/stand-ins";
import { Assignments, assignments } from "./compile/undeclared";

/** One cluster's question: what happens, what is in force, and in which ways the undeclared may be. */
export interface Question {
  /** As the options ask about it. */
  readonly cluster: Cluster;
  readonly hostFailures: number;
  readonly options: JudgeOptions;
  readonly batch: Batch;
  readonly rules: Unsettled;
  /**
   * One for each way in which undeclared sub-ids may be (M4), and in which what the inventory does not run may be placed (O10); as the
   * batch has them where those are too many.
   */
  readonly worlds: readonly WorldQuestion[];
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

/** The question where every sub-id in play is declared. */
export interface WorldQuestion {
  readonly batch: Batch;
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
  const cluster = withHa(declared, options.hostFailures);
  const standing = standIns(declared, index, present);
  const anywhere = standing.map(({ running }) => running);
  const batchIn = (hosts: readonly Host[], beside: readonly RunningVm[]): Batch => ({
    ...batchOf(declared, hosts, index, missing, { possible: present, beside }),
    cluster: { ...cluster, hosts },
  });
  const batch = batchIn(cluster.hosts, anywhere);
  const rules = inForceFor(batch, index);
  const assigned = assignments(batch);
  const placed = standInPlacements(standing, batch);
  const ways = (assigned?.hosts ?? [cluster.hosts]).flatMap((hosts) => (placed ?? [anywhere]).map((beside) => ({ hosts, beside })));
  const worlds = ways.map(({ hosts, beside = anywhere }): WorldQuestion => {
    const own = hosts === cluster.hosts && beside === anywhere ? batch : batchIn(hosts, beside);
    return { batch: own, problem: () => compiled({ batch: own, rules, options }) };
  });
  const possible = possibleMembers(declared, index);
  const withMembers = (vms: readonly PlanVm[]): Question => questionOf(declared, vms, index, missing, options);
  return {
    cluster,
    hostFailures: options.hostFailures ?? cluster.ha?.hostFailuresToTolerate ?? 0,
    options,
    batch,
    rules,
    worlds,
    possible,
    withMembers,
    differ: (assigned?.hosts.length ?? 0) > 1 ? "it hangs on sub-ids that the inventory does not declare" : whereTheyRun(standing),
    tooMany: [
      ...(assigned ? [] : ["there are too many ways to complete the undeclared sub-ids"]),
      ...(placed ? [] : [whereTheyRun(standing)]),
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

function compiled({ batch, rules, options }: Pick<Question, "batch" | "rules" | "options">): Problem {
  return compile(batch, batch.cluster.hosts, rules.inForce, options);
}

/** `-n` where HA is off judges as if it were on with admission control disabled. */
function withHa(cluster: Cluster, hostFailures: number | undefined): Cluster {
  if (cluster.ha || hostFailures === undefined) return cluster;
  const ha: HaSettings = { hostFailuresToTolerate: hostFailures, admissionControl: "disabled", defaultRestartPriority: "medium" };
  return { ...cluster, ha };
}
