import {
  Cluster,
  DeviceRequest,
  Host,
  Inventory,
  Maybe,
  Plan,
  PlanVm,
  Remark,
  RunningVm,
  Unknown,
  clusterOf,
  hostOf,
  known,
  resolveRequests,
  runningNameOf,
  unknown,
} from "../../model";
import { DeviceEvent, deviceEvents } from "./device-events";
import { Fate, fateOf, requestsFromHeld } from "./identity";
import { VmSpec, plannedSpec, plannedVmSpec, runningSpec } from "../vm";

export type JobAction = "create" | "reboot" | "replace-destroy-first" | "replace-create-first" | "delete";

/** What the batch does with one VM: it takes capacity, gives some up, or both. */
export interface Job {
  readonly id: string;
  readonly action: JobAction;
  /** What is powered on; absent for a delete. */
  readonly spec?: VmSpec;
  /** The running VM that is powered off or destroyed; absent for a create. */
  readonly releases?: RunningVm;
  /** Ids of the jobs and device events that it depends on. */
  readonly after: readonly string[];
  /** Everything of the stacks that are applied before its own (O8): unlike a dependency, this holds for destroys too. */
  readonly afterStacks: readonly string[];
}

/** A VM that runs when the batch starts. */
export interface Occupant {
  readonly vm: RunningVm;
  /** What it needs to restart elsewhere. */
  readonly spec: VmSpec;
  /** Its requests are known to be what it asked for when it took what it holds. */
  readonly asked: boolean;
}

/** Plan and inventory of one cluster, with names resolved and running VMs recognised. */
export interface Batch {
  readonly cluster: Cluster;
  readonly occupants: readonly Occupant[];
  readonly jobs: readonly Job[];
  readonly deviceEvents: readonly DeviceEvent[];
  /** VMs that can't be judged; the verdict is unknown unless it is impossible without them. */
  readonly opaque: readonly Opaque[];
  /** Some VM waits for an opaque one: what it may take by then is not known either. */
  readonly waitsForOpaque: boolean;
  /** Why even `impossible` can't be proved: something unknown might make room. */
  readonly unsettled: readonly string[];
  readonly remarks: readonly Remark[];
}

export interface Opaque {
  readonly vm: string;
  /** Its short name. */
  readonly label: string;
  readonly why: string;
  /** It may be a VM that runs, and give something up: then not even `impossible` can be proved. */
  readonly mayRelease: boolean;
}

/**
 * Gathers what the plan and the inventory say of one cluster, whose hosts may be given with more sub-ids than it declares.
 * `settled` are the addresses that surely start in other clusters.
 */
export function batchOf(declared: Cluster, hosts: readonly Host[], plan: Plan, inventory: Inventory, settled: ReadonlySet<string>): Batch {
  const cluster = { ...declared, hosts };
  const members = plan.vms.filter((vm) => isHere(vm, declared, inventory));
  const claims = claimsOf(members);
  const recognised = members.map((vm) => recognise(vm, cluster, declared, claims, inventory));
  const earlier = earlierNodes(plan);
  const events = deviceEvents(cluster, plan, earlier);
  const here = new Set([...members.map(({ address }) => address), ...events.events.map(({ id }) => id)]);
  const opaque: Opaque[] = [];
  const jobs: Job[] = [];
  const adopted = new Map<string, VmSpec>();
  for (const entry of recognised) {
    const { vm } = entry;
    const stacks = earlier(vm.stack);
    const outside = [...vm.dependsOn, ...stacks].find((id) => !here.has(id) && !settled.has(id) && plan.vms.some(({ address }) => address === id));
    if (entry.kind === "opaque" || (outside !== undefined && entry.kind === "job")) {
      const why = entry.kind === "opaque" ? entry.why : `it depends on ${outside}, which is not certain to start`;
      opaque.push({ vm: vm.address, label: vm.label, why, mayRelease: entry.mayRelease });
    } else if (entry.kind === "unchanged") {
      adopted.set(entry.running.name, entry.spec);
    } else {
      jobs.push({ ...entry.job, after: vm.dependsOn.filter((id) => here.has(id)), afterStacks: stacks.filter((id) => here.has(id)) });
      if (entry.old) adopted.set(entry.old.running.name, entry.old.spec);
    }
  }
  const unread = (plan.unread ?? []).map(
    ({ address, why }): Opaque => ({ vm: address, label: address, why, mayRelease: cluster.vms.length > 0 }),
  );
  const planned = cluster.planned.flatMap((shape) => Array.from({ length: shape.count }, (_, index) => plannedSpec(shape, index, cluster)));
  return {
    cluster,
    occupants: cluster.vms.map((vm) => ({
      vm,
      spec: adopted.get(vm.name) ?? restartSpec(vm, vm.name, undefined, cluster),
      asked: vm.requests !== undefined || recognised.some((entry) => entry.vm.action === "none" && entry.kind === "unchanged" && entry.running === vm),
    })),
    jobs: [...jobs, ...planned.map((spec): Job => ({ id: spec.id, action: "create", spec, after: [], afterStacks: [] }))],
    deviceEvents: events.events.map((event) => ({
      ...event,
      after: event.after.filter((id) => here.has(id)),
      afterStacks: event.afterStacks.filter((id) => here.has(id)),
    })),
    opaque: [...opaque, ...unread],
    waitsForOpaque: members.some((vm) => [...vm.dependsOn, ...earlier(vm.stack)].some((id) => opaque.some((entry) => entry.vm === id))),
    unsettled: events.unsettled,
    remarks: [...events.remarks, ...opaque.map(({ vm, why }): Remark => ({ kind: "unknown-value", vm, why }))],
  };
}


/** P1: DRS is on and partially or fully automated. */
export function isAutomated({ drs }: Cluster, override?: VmSpec["drs"]): boolean {
  const { enabled, automationLevel } = override ?? drs;
  return drs.enabled && enabled && automationLevel !== "manual";
}

/** DRS may move a VM by itself (F2, `--defrag movable`). */
export function isFullyAutomated(cluster: Cluster, override: VmSpec["drs"]): boolean {
  return isAutomated(cluster, override) && (override ?? cluster.drs).automationLevel === "fullyAutomated";
}
