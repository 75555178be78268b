import {
  Cluster,
  DeviceRequest,
  Host,
  Maybe,
  PLAN_ACTIONS,
  PlanAction,
  PlanVm,
  RunningVm,
  Unknown,
  hostOf,
  isOfOneHost,
  known,
  resolveRequests,
  runningByName,
  runningNameOf,
  unknown,
} from "../../model";
import { isAutomated } from "./automation";
import { Fate, fateOf, requestsFromHeld } from "./identity";
import { Job, JobAction } from "./job";
import { PlanIndex } from "./plan-index";
import { VmSpec, plannedVmSpec, runningSpec } from "../constraints/vm-spec";

/** What becomes of a VM of the plan in a cluster. */
export type Recognised =
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

/** What is asked of a cluster to recognise the VMs of a plan in it. */
export interface Surroundings {
  readonly cluster: Cluster;
  /** As the inventory has it. */
  readonly declared: Cluster;
  /** By name. */
  readonly running: ReadonlyMap<string, RunningVm | "several">;
  /** By name: how many VMs of the plan say that they are that running VM. */
  readonly claims: ReadonlyMap<string, number>;
}

export function surroundings(declared: Cluster, hosts: readonly Host[], members: readonly PlanVm[]): Surroundings {
  return { cluster: { ...declared, hosts }, declared, running: runningByName(declared.vms), claims: claimsOf(members) };
}

/** Recognises a VM of the plan as one that runs, or as one to come (O7). */
export function recognise(vm: PlanVm, around: Surroundings, index: PlanIndex): Recognised {
  const now = runningNameOf(vm);
  const found = now.known ? around.running.get(now.value) : undefined;
  const running = found === "several" ? undefined : found;
  const mayRelease = found !== undefined || (!now.known && around.cluster.vms.length > 0);
  const met = { vm, now, running, mayRelease };
  if (found === "several" && PLAN_ACTIONS[vm.action].mayRun) {
    return opaque(met, "several VMs of that name run, in different folders, and it is not known which of them it is");
  }
  if (running && around.claims.get(running.name)! > 1) {
    return opaque(met, `several VMs of the plan are called "${running.name}" where one runs`);
  }
  switch (vm.action) {
    case "none":
    case "delete":
      return withoutPowerOn(met, vm.action, around, index);
    case "from-stack":
    case "create":
    case "reboot":
    case "replace-destroy-first":
    case "replace-create-first":
      return withPowerOn(met, vm.action, around, index);
  }
}

interface Met {
  readonly vm: PlanVm;
  /** The name that it runs under, if it runs. */
  readonly now: Maybe<string>;
  readonly running: RunningVm | undefined;
  readonly mayRelease: boolean;
}

function opaque({ vm, mayRelease }: Met, why: string): Recognised {
  return { kind: "opaque", vm, why, mayRelease };
}

/** The plan does not power it on: it leaves it alone, or takes it away. */
function withoutPowerOn(met: Met, action: "none" | "delete", { cluster, declared }: Surroundings, { inventory }: PlanIndex): Recognised {
  const { vm, now, running, mayRelease } = met;
  if (!now.known && cluster.vms.length > 0) return opaque(met, now.why);
  const { requests, carrier } = resolveRequests(vm, declared, inventory);
  if (!running) {
    // A live inventory shows what runs: the VM is off. One that was written by hand may have left it out.
    const mayHold = !requests.known || requests.value.length > 0;
    if (action === "none" && mayHold && !cluster.origin)
      return opaque(met, "the plan says that it exists, but the inventory does not run it");
    return { kind: "job", vm, job: { id: vm.address, action: "delete" }, mayRelease };
  }
  const says = requests.known && carrier !== "none" ? { requests: requests.value } : {};
  const restart = restartSpec(running, vm.address, action === "none" ? { vm, ...says } : undefined, cluster);
  if (action === "none" && vm.restartPriority?.known === false) return opaque(met, vm.restartPriority.why);
  if (action === "none") return { kind: "unchanged", vm, running, spec: restart, mayRelease: false };
  return { kind: "job", vm, job: { id: vm.address, action: "delete", releases: running }, old: { running, spec: restart }, mayRelease };
}

/** The plan powers it on, or may do so: a stack does not say what is there already. */
function withPowerOn(
  met: Met,
  wanted: Exclude<PlanAction, "none" | "delete">,
  { cluster, declared }: Surroundings,
  { inventory, placeOf }: PlanIndex,
): Recognised {
  const { vm, now, running, mayRelease } = met;
  const place = placeOf(vm);
  if (place.kind === "unknown") return opaque(met, place.why);
  if (vm.unknownCount !== undefined) return opaque(met, vm.unknownCount);
  if (!now.known && cluster.vms.length > 0) return opaque(met, now.why);
  if (!vm.name.known && (cluster.hostRules.length > 0 || cluster.vmRules.length > 0)) return opaque(met, vm.name.why);
  const { requests: written, template, carrier } = resolveRequests(vm, declared, inventory);
  // A VM that was imported, or whose template is gone, keeps what it has: a reboot takes no device away.
  const keeps = wanted === "reboot" && running !== undefined && carrier === "none" && written.known;
  const requests = keeps ? known(running.requests ?? requestsFromHeld(running, cluster)) : written;
  const spec = plannedVmSpec(vm, { requests, pin: pinOf(vm, requests, cluster), hardwareVersion: template?.hardwareVersion }, cluster);
  if (!spec.known) return opaque(met, spec.why);
  if (!running) return { kind: "job", vm, job: { id: vm.address, action: "create", spec: spec.value }, mayRelease };

  const stackRequests = spec.value.requests;
  const restart = restartSpec(running, vm.address, { vm, requests: stackRequests }, cluster);
  const action = wanted === "from-stack" ? actionOf(fateOf(vm, running, stackRequests, cluster), vm) : wanted;
  if (typeof action === "object") return opaque(met, action.why);
  if (action === undefined) return { kind: "unchanged", vm, running, spec: restart, mayRelease: false };
  if (action === "create") return { kind: "job", vm, job: { id: vm.address, action, spec: spec.value }, mayRelease };
  // The inventory's rules know it by the name that it runs under, whatever the plan calls it.
  const rebooted = { ...spec.value, name: running.name, ...(running.drs ? { drs: running.drs } : {}), pin: { host: running.host } };
  const job = { id: vm.address, action, spec: action === "reboot" ? rebooted : spec.value, releases: running };
  return { kind: "job", vm, job, old: { running, spec: restart }, mayRelease };
}

/** How many VMs of the plan say that they are the running VM of a name. */
function claimsOf(members: readonly PlanVm[]): ReadonlyMap<string, number> {
  const claims = new Map<string, number>();
  for (const vm of members) {
    const now = runningNameOf(vm);
    if (PLAN_ACTIONS[vm.action].mayRun && now.known) claims.set(now.value, (claims.get(now.value) ?? 0) + 1);
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
export function restartSpec(
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
  const binds = !isAutomated(cluster) || (requests.known && requests.value.some(isOfOneHost));
  if (vm.host === undefined || !binds) return known(undefined);
  if (!vm.host.known) return unknown(vm.host.why);
  const host: Maybe<Host | undefined> = hostOf(vm.host.value, cluster);
  return host.known ? known({ host: host.value?.name }) : host;
}
