import { Cluster, Host, Inventory, Placement, Plan, PlanVm } from "../model";
import { Change } from "./changes/change";
import { applyChange } from "./changes/apply-change";
import { JudgeOptions } from "./compile/judge-options";
import { PlanIndex } from "./compile/plan-index";
import { VmSpec } from "./constraints/vm-spec";
import { Eligibility, eligibilityOf } from "./host-eligibility";
import { ClusterQuestions, Question } from "./question";
import { runningPlacements } from "./ending";

/** A cluster of a prepared question. */
export interface PreparedCluster {
  readonly name: string;
  readonly hosts: readonly Host[];
  /** The VMs that run, where they are, with what they need to restart elsewhere. */
  readonly running: readonly RunningSpec[];
  /** What the VMs need that the batch powers on. */
  readonly batch: readonly VmSpec[];
  /** The VMs that can't be judged. */
  readonly unknown: readonly { readonly vm: string; readonly why: string }[];
}

export interface RunningSpec extends Placement {
  readonly spec: VmSpec;
}

/** The question of each cluster, to be judged, or asked again with something changed. It never changes itself. */
export class Prepared {
  /** By cluster, in the inventory's order. */
  private readonly questions: ReadonlyMap<Cluster, ClusterQuestions>;
  readonly index: PlanIndex;

  constructor(
    readonly plan: Plan,
    readonly inventory: Inventory,
    readonly options: JudgeOptions,
    shared: (cluster: Cluster) => ClusterQuestions | undefined = () => undefined,
  ) {
    this.index = new PlanIndex(plan, inventory);
    this.questions = new Map(
      inventory.clusters.map((cluster) => [cluster, shared(cluster) ?? new ClusterQuestions(cluster, this.index, options)]),
    );
  }

  /**
   * The same question with something changed, as if it had been read so. The questions of clusters that the change is not about are
   * shared. Throws InputError where the change can't be made: something that it names is not there, or is in the way.
   */
  with(change: Change): Prepared {
    const { plan, inventory } = applyChange(this, change);
    const touched = differing(this.plan, plan);
    return new Prepared(plan, inventory, this.options, (cluster) => {
      const questions = this.questions.get(cluster);
      return questions?.isAbout(touched) === false ? questions : undefined;
    });
  }

  get clusters(): readonly PreparedCluster[] {
    return this.inventory.clusters.map((cluster) => {
      const { batch, possible } = this.questionOf(cluster, () => true);
      const running = runningPlacements(batch);
      return {
        name: cluster.name,
        hosts: cluster.hosts,
        running: batch.occupants.map(({ spec }, at): RunningSpec => ({ ...running[at]!, spec })),
        batch: batch.jobs.flatMap(({ spec }) => spec ?? []),
        unknown: [...batch.opaque.map(({ vm, why }) => ({ vm, why })), ...possible.map(({ vm, why }) => ({ vm: vm.address, why }))],
      };
    });
  }

  /**
   * Which hosts may take a VM before the batch begins, and every reason why the others may not: one entry for each cluster that the
   * VM is, or may be, in. `vm` is its address, or its name. Throws InputError where there is no such VM.
   */
  eligibility(vm: string): readonly Eligibility[] {
    return eligibilityOf(
      vm,
      this.inventory,
      this.inventory.clusters.map((cluster) => this.questionOf(cluster, () => true)),
    );
  }

  /** A cluster's question, given which VMs of other clusters are certain to start. */
  questionOf(cluster: Cluster, starts: (vm: string) => boolean): Question {
    return this.questions.get(cluster)!.where(starts);
  }
}

/** The VMs that only one of the plans has, or has so. */
function differing(a: Plan, b: Plan): readonly PlanVm[] {
  if (a === b) return [];
  const only = (one: Plan, other: Plan): readonly PlanVm[] => {
    const vms = new Set(other.vms);
    return one.vms.filter((vm) => !vms.has(vm));
  };
  return [...only(a, b), ...only(b, a)];
}
