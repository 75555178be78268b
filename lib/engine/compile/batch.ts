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

function isHere(vm: PlanVm, cluster: Cluster, inventory: Inventory): boolean {
  const place = clusterOf(vm, inventory);
  return place.kind === "unknown" || (place.kind === "declared" && place.cluster === cluster);
}

type Recognised =
  | { readonly kind: "opaque"; readonly vm: PlanVm; readonly why: string; readonly mayRelease: boolean }
  | { readonly kind: "unchanged"; readonly vm: PlanVm; readonly running: RunningVm; readonly spec: VmSpec; readonly mayRelease: false }
  | {
      readonly kind: "job";
      readonly vm: PlanVm;
      readonly job: Omit<Job, "after" | "afterStacks">;
      /** The running VM it concerns, with what that one restarts by. */
      readonly old?: { readonly running: RunningVm; readonly spec: VmSpec };
      readonly mayRelease: boolean;
    };

function recognise(vm: PlanVm, cluster: Cluster, declared: Cluster, claims: ReadonlyMap<string, number>, inventory: Inventory): Recognised {
  const now = runningNameOf(vm);
  const running = now.known ? cluster.vms.find(({ name }) => name === now.value) : undefined;
  const mayRelease = running !== undefined || (!now.known && cluster.vms.length > 0);
  const opaque = (why: string): Recognised => ({ kind: "opaque", vm, why, mayRelease });
  if (running && claims.get(running.name)! > 1) return opaque(`several VMs of the plan are called "${running.name}" where one runs`);

  if (vm.action === "delete" || vm.action === "none") {
    if (!now.known && cluster.vms.length > 0) return opaque(now.why);
    const { requests, carrier } = resolveRequests(vm, declared, inventory);
    if (!running) {
      // A live inventory shows what runs: the VM is off. One that was written by hand may have left it out.
      const mayHold = !requests.known || requests.value.length > 0;
      if (vm.action === "none" && mayHold && !cluster.origin) return opaque("the plan says that it exists, but the inventory does not run it");
      return { kind: "job", vm, job: { id: vm.address, action: "delete" }, mayRelease };
    }
    const says = requests.known && carrier !== "none" ? { requests: requests.value } : {};
    const restart = restartSpec(running, vm.address, vm.action === "none" ? { vm, ...says } : undefined, cluster);
    if (vm.action === "none" && vm.restartPriority?.known === false) return opaque(vm.restartPriority.why);
    if (vm.action === "none") return { kind: "unchanged", vm, running, spec: restart, mayRelease: false };
    return { kind: "job", vm, job: { id: vm.address, action: "delete", releases: running }, old: { running, spec: restart }, mayRelease };
  }

  const place = clusterOf(vm, inventory);
  if (place.kind === "unknown") return opaque(place.why);
  if (vm.unknownCount !== undefined) return opaque(vm.unknownCount);
  if (!now.known && cluster.vms.length > 0) return opaque(now.why);
  if (!vm.name.known && (cluster.hostRules.length > 0 || cluster.vmRules.length > 0)) return opaque(vm.name.why);
  const { requests: written, template, carrier } = resolveRequests(vm, declared, inventory);
  // A VM that was imported, or whose template is gone, keeps what it has: a reboot takes no device away.
  const keeps = vm.action === "reboot" && running !== undefined && carrier === "none" && written.known;
  const requests = keeps ? known(running.requests ?? requestsFromHeld(running, cluster)) : written;
  const spec = plannedVmSpec(vm, { requests, pin: pinOf(vm, requests, cluster), hardwareVersion: template?.hardwareVersion }, cluster);
  if (!spec.known) return opaque(spec.why);
  if (!running) return { kind: "job", vm, job: { id: vm.address, action: "create", spec: spec.value }, mayRelease };

  const stackRequests = spec.value.requests;
  const restart = restartSpec(running, vm.address, { vm, requests: stackRequests }, cluster);
  const action = vm.action === "from-stack" ? actionOf(fateOf(vm, running, stackRequests, cluster), vm) : vm.action;
  if (typeof action === "object") return opaque(action.why);
  if (action === undefined) return { kind: "unchanged", vm, running, spec: restart, mayRelease: false };
  if (action === "create") return { kind: "job", vm, job: { id: vm.address, action, spec: spec.value }, mayRelease };
  const rebooted = { ...spec.value, ...(running.drs ? { drs: running.drs } : {}), pin: { host: running.host } };
  const job = { id: vm.address, action, spec: action === "reboot" ? rebooted : spec.value, releases: running };
  return { kind: "job", vm, job, old: { running, spec: restart }, mayRelease };
}

/** How many VMs of the plan say that they are the running VM of a name. */
function claimsOf(members: readonly PlanVm[]): ReadonlyMap<string, number> {
  const claims = new Map<string, number>();
  for (const vm of members) {
    const now = runningNameOf(vm);
    if (vm.action !== "create" && now.known) claims.set(now.value, (claims.get(now.value) ?? 0) + 1);
  }
  return claims;
}

function actionOf(fate: Fate | Unknown, vm: PlanVm): Exclude<JobAction, "delete"> | Unknown | undefined {
  if (typeof fate === "object") return fate;
  if (fate === "unchanged") return undefined;
  if (fate === "reboot") return "reboot";
  return vm.createBeforeDestroy ? "replace-create-first" : "replace-destroy-first";
}

/** What a running VM restarts by: the inventory's requests, else its stack's, else what it holds (F2, O7). */
function restartSpec(
  running: RunningVm,
  id: string,
  planned: { readonly vm: PlanVm; readonly requests?: readonly DeviceRequest[] } | undefined,
  cluster: Cluster,
): VmSpec {
  const requests = running.requests ?? planned?.requests ?? requestsFromHeld(running, cluster);
  const spec = runningSpec(running, id, requests, cluster);
  const priority = planned?.vm.restartPriority;
  return priority?.known ? { ...spec, restartPriority: priority.value } : spec;
}

/** The host that `host_system_id` names; it matters where DRS does not place the VM, and to static devices. */
function pinOf(vm: PlanVm, requests: Maybe<readonly DeviceRequest[]>, cluster: Cluster): Maybe<VmSpec["pin"]> {
  const binds = !isAutomated(cluster) || (requests.known && requests.value.some(({ kind }) => kind === "static"));
  if (vm.host === undefined || !binds) return known(undefined);
  if (!vm.host.known) return unknown(vm.host.why);
  const host: Maybe<Host | undefined> = hostOf(vm.host.value, cluster);
  return host.known ? known({ host: host.value?.name }) : host;
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

/** For a stack: the addresses of everything in the stacks that are applied before it (O8). */
function earlierNodes(plan: Plan): (stack: string) => readonly string[] {
  const nodes = [...plan.vms, ...plan.deviceChanges];
  const byStack = new Map<string, readonly string[]>();
  return (stack) => {
    let earlier = byStack.get(stack);
    if (!earlier) {
      const stacks = earlierStacks(stack, plan);
      earlier = stacks.size === 0 ? [] : nodes.filter((node) => stacks.has(node.stack)).map(({ address }) => address);
      byStack.set(stack, earlier);
    }
    return earlier;
  };
}

function earlierStacks(name: string, plan: Plan): Set<string> {
  const found = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const dependency of plan.stacks.find((stack) => stack.name === next)?.dependsOn ?? []) {
      if (dependency === name || found.has(dependency)) continue;
      found.add(dependency);
      queue.push(dependency);
    }
  }
  return found;
}
