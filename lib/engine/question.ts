import { Cluster, HaSettings, Host, PlanVm, runningNameOf } from "../model";
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
  /** What hangs on undeclared sub-ids; undefined where there are too many ways to complete them. */
  readonly open: Assignments["open"] | undefined;
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
    const question = this.known.get(key) ?? questionOf(this.cluster, this.index, new Set(missing), this.options);
    this.known.set(key, question);
    return question;
  }

  /** The VMs of other clusters that its own wait for. */
  waitsFor(): readonly string[] {
    return this.index.outside(this.cluster);
  }

  /** Whether the question may be another where the plan has these VMs otherwise. */
  isAbout(vms: readonly PlanVm[]): boolean {
    const addresses = new Set([...this.index.vmsIn(this.cluster).map(({ address }) => address), ...this.waitsFor()]);
    const running = new Set(this.cluster.vms.map(({ name }) => name));
    return vms.some((vm) => {
      const name = runningNameOf(vm);
      return addresses.has(vm.address) || !name.known || running.has(name.value);
    });
  }
}

function questionOf(declared: Cluster, index: PlanIndex, missing: ReadonlySet<string>, options: JudgeOptions): Question {
  const cluster = withHa(declared, options.hostFailures);
  const batchIn = (hosts: readonly Host[]): Batch => ({
    ...batchOf(declared, hosts, index, missing),
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
  return { cluster, hostFailures, options, batch, rules, worlds, open: assigned?.open };
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
