import { Cluster, counted, PlanVm, Remark, RunningVm, once, pickRequests, runningId } from "../../model";
import { DeviceEvent, deviceEvents } from "./device-events";
import { unclearHolders } from "./held-by-kind";
import { Job } from "./job";
import { whyUnjudged } from "./missing";
import { pinRemark } from "./pinned";
import { PlanIndex } from "./plan-index";
import { restartSpec } from "./asks-for";
import { surroundings, recognise } from "./recognise";
import { VmSpec, plannedSpec } from "../constraints/vm-spec";

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

/** What is in the batch of a cluster beside what is certainly declared to be there. */
export interface Additions {
  /** Of the VMs that may be there or in another cluster, those that are. */
  readonly possible?: readonly PlanVm[];
  /** What runs there, though the inventory does not say so. */
  readonly beside?: readonly RunningVm[];
}

/**
 * Gathers what the plan and the inventory say of one cluster. `declared` is the inventory's; `now` is it as the plan may have made it
 * by then, with more sub-ids declared. `missing` are the VMs of other clusters that its own wait for, and that are not certain to
 * start.
 */
export function batchOf(
  declared: Cluster,
  now: Cluster,
  index: PlanIndex,
  missing: ReadonlySet<string>,
  { possible = [], beside = [] }: Additions = {},
): Batch {
  const members = possible.length === 0 ? index.vmsIn(declared) : [...index.vmsIn(declared), ...possible];
  const around = surroundings(declared, now, members, beside);
  const { cluster } = around;
  const recognised = members.map((vm) => recognise(vm, around, index));
  const events = deviceEvents(cluster, index.changesIn(declared), index);
  const here = new Set([...members.map(({ address }) => address), ...events.events.map(({ id }) => id), ...index.clusterChangeIds]);
  // What many wait for is one list: it is looked through once.
  const ofHere = once((ids: readonly string[]) => ids.filter((id) => here.has(id)));
  const outsideOf = once((ids: readonly string[]) => ids.filter((id) => missing.has(id) && !here.has(id)));
  const opaque = unjudgedIn(cluster);
  const remarks: Remark[] = [];
  const jobs: Job[] = [];
  const adopted = new Map<RunningVm, VmSpec>();
  const unchanged = new Set<RunningVm>();
  for (const entry of recognised) {
    const { vm } = entry;
    const stacks = index.earlier(vm.stack);
    const outside = outsideOf(vm.dependsOn)[0] ?? outsideOf(stacks)[0];
    if (entry.kind === "opaque" || (outside !== undefined && entry.kind === "job")) {
      const why = entry.kind === "opaque" ? entry.why : `it depends on ${outside}, which is not certain to start`;
      opaque.push({ vm: vm.address, label: vm.label, why, mayRelease: entry.mayRelease });
    } else if (entry.kind === "unchanged") {
      adopted.set(entry.running, entry.spec);
      if (vm.action !== "from-stack") unchanged.add(entry.running);
    } else if (entry.kind === "absent") {
      if (entry.remark) remarks.push({ kind: entry.remark, vm: vm.address });
    } else {
      if (entry.remark) remarks.push({ kind: entry.remark, vm: vm.address });
      if (entry.cycledBy) remarks.push({ kind: "reboots", vm: vm.address, by: entry.cycledBy });
      const isMade = entry.job.action !== "reboot" && entry.remark !== "powers-on";
      const pinned = isMade && entry.job.spec ? pinRemark(vm, entry.job.spec, cluster) : undefined;
      if (pinned) remarks.push(pinned);
      jobs.push({ ...entry.job, after: ofHere(vm.dependsOn), afterStacks: ofHere(stacks) });
      if (entry.old) adopted.set(entry.old.running, entry.old.spec);
    }
  }
  const opaqueIds = new Set(opaque.map(({ vm }) => vm));
  const opaqueOf = once((ids: readonly string[]) => ids.filter((id) => opaqueIds.has(id)));
  const unread = (index.plan.unread ?? []).map(({ address, why }): Opaque => ({
    vm: address,
    label: address,
    why,
    mayRelease: around.occupants.length > 0,
  }));
  const planned = cluster.planned.flatMap((shape) => Array.from({ length: shape.count }, (_, at) => plannedSpec(shape, at, cluster)));
  const named = [
    ...events.events.map(({ host, device }) => ({ host, address: device.address })),
    ...jobs.flatMap(({ spec }) => pickRequests(spec?.requests ?? [], { dynamic: false, static: true })),
  ];
  return {
    cluster,
    occupants: around.occupants.map((vm) => ({
      vm,
      spec: adopted.get(vm) ?? restartSpec(vm, runningId(vm, cluster.vms), undefined, cluster),
      asked: vm.requests !== undefined || unchanged.has(vm),
    })),
    jobs: [...jobs, ...planned.map((spec): Job => ({ id: spec.id, action: "create", spec, after: [], afterStacks: [] }))],
    deviceEvents: events.events.map((event) => ({ ...event, after: ofHere(event.after), afterStacks: ofHere(event.afterStacks) })),
    opaque: [...opaque, ...unread],
    waitsForOpaque:
      opaque.length > 0 && members.some((vm) => [vm.dependsOn, index.earlier(vm.stack)].some((ids) => opaqueOf(ids).length > 0)),
    unsettled: [...events.unsettled, ...unclearHolders(cluster, named)],
    remarks: [...events.remarks, ...remarks, ...opaque.map(({ vm, why }): Remark => ({ kind: "unknown-value", vm, why }))],
  };
}

/** The inventory's VMs that can't be judged: they are left in the batch, with what is known of them. */
function unjudgedIn(cluster: Cluster): Opaque[] {
  const { vms, planned } = cluster;
  const reasons = [
    ...vms.map((vm) => ({ id: runningId(vm, vms), why: whyUnjudged(vm) ?? whyUnbelievable(vm) })),
    ...planned.map((vm) => ({ id: plannedSpec(vm, 0, cluster).id, why: whyUnjudged(vm) })),
  ];
  return reasons.flatMap(({ id, why }) => (why === undefined ? [] : [{ vm: id, label: id, why, mayRelease: false }]));
}

/** M7: what runs holds what it asks for; a pull in the moment of a change can say less. */
function whyUnbelievable({ requests = [], devices, static: exact }: RunningVm): string | undefined {
  if (exact || requests.length <= devices.length) return undefined;
  return `it asks for ${counted(requests.length, "device")} and runs, and the inventory says that it holds ${devices.length}`;
}
