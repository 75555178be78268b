import { Cluster, HaSettings, Host, PlanVm, runningNameOf, runningVmOf } from "../model";
import { Batch, batchOf } from "./compile/batch";
import { compile } from "./compile/compile";
import { Unsettled, inForceFor } from "./compile/in-force";
import { JudgeOptions } from "./compile/judge-options";
import { PlanIndex } from "./compile/plan-index";
import { Problem } from "./compile/problem";
import { Assignments, assignments } from "./compile/undeclared";

/** One cluster's question: what happens, what is in force, and in which ways the undeclared may be. */
export interface Question {
  /** As the options ask about it. */
  readonly cluster: Cluster;
  readonly hostFailures: number;
  readonly options: JudgeOptions;
  readonly batch: Batch;
  readonly rules: Unsettled;
  /** One for each way in which undeclared sub-ids may be (M4); the cluster as it is declared where those are too many. */
  readonly worlds: readonly WorldQuestion[];
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

  /** Whether the question may be another where the plan has these VMs otherwise. */
  isAbout(vms: readonly PlanVm[]): boolean {
    const members = [...this.index.vmsIn(this.cluster), ...this.index.possiblyIn(this.cluster)];
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
  const batchIn = (hosts: readonly Host[]): Batch => ({
    ...batchOf(declared, hosts, index, missing, present),
    cluster: { ...cluster, hosts },
  });
  const batch = batchIn(cluster.hosts);
  const rules = inForceFor(batch, index);
  const assigned = assignments(batch);
  const worlds = (assigned?.hosts ?? [cluster.hosts]).map((hosts): WorldQuestion => {
    const own = hosts === cluster.hosts ? batch : batchIn(hosts);
    return { batch: own, problem: () => compiled({ batch: own, rules, options }) };
  });
  const hostFailures = options.hostFailures ?? cluster.ha?.hostFailuresToTolerate ?? 0;
  const possible = possibleMembers(declared, index);
  const withMembers = (vms: readonly PlanVm[]): Question => questionOf(declared, vms, index, missing, options);
  return { cluster, hostFailures, options, batch, rules, worlds, possible, withMembers, open: assigned?.open };
}

function possibleMembers(declared: Cluster, index: PlanIndex): readonly PossibleMember[] {
  return index.possiblyIn(declared).map((vm) => {
    const place = index.placeOf(vm);
    const mayRelease = runningVmOf(vm, declared.vms) !== undefined || (!runningNameOf(vm).known && declared.vms.length > 0);
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
