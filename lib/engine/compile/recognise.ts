import {
  Cluster,
  Maybe,
  PLAN_ACTIONS,
  PlanAction,
  PlanVm,
  ResolvedRequests,
  RunningVm,
  Unknown,
  resolveRequests,
  runningNameOf,
  existingVmOf,
} from "../../model";
import { VmSpec, plannedVmSpec } from "../constraints/vm-spec";
import { asksFor, restartSpec, withLiveChanges } from "./asks-for";
import { whyOnlyCounted } from "./counted-devices";
import { Existing, fateOf } from "./identity";
import { Job, JobAction } from "./job";
import { whyLiveRefused } from "./live-changes";
import { isThere, whyNotRun, whyUnjudged } from "./missing";
import { pinOf, presentPin } from "./pins";
import { PlanIndex } from "./plan-index";

/** What becomes of a VM of the plan in a cluster. */
export type Recognised =
  | { readonly kind: "opaque"; readonly vm: PlanVm; readonly why: string; readonly mayRelease: boolean }
  | { readonly kind: "unchanged"; readonly vm: PlanVm; readonly running: RunningVm; readonly spec: VmSpec; readonly mayRelease: false }
  /** It exists and does not count: it is off and stays so, or it is left out because it surely needs nothing. */
  | { readonly kind: "absent"; readonly vm: PlanVm; readonly remark?: "stays-off" | "left-out"; readonly mayRelease: false }
  | {
      readonly kind: "job";
      readonly vm: PlanVm;
      readonly job: Omit<Job, "after" | "afterStacks">;
      readonly remark?: "create-first" | "powers-on";
      /** It is shut down and started again, for these arguments. */
      readonly cycledBy?: readonly string[];
      /** The running VM it concerns, with what that one restarts by. */
      readonly old?: { readonly running: RunningVm; readonly spec: VmSpec };
      readonly mayRelease: boolean;
    };

/** What is asked of a cluster to recognise the VMs of a plan in it. */
export interface Surroundings {
  readonly cluster: Cluster;
  /** As the inventory has it. */
  readonly declared: Cluster;
  /** The VMs that run. */
  readonly occupants: readonly RunningVm[];
  /** Those, and the ones that the inventory declares to be off. */
  readonly existing: readonly Existing[];
  /** How many VMs of the plan say that they are that one. */
  readonly claims: ReadonlyMap<Existing, number>;
}

/** `beside`: what runs there, too, though the inventory does not say so. */
export function surroundings(declared: Cluster, cluster: Cluster, members: readonly PlanVm[], beside: readonly RunningVm[]): Surroundings {
  // What has left its host with that is where it may be by now.
  const moved = new Set(beside.map(pathOf));
  const occupants = [...cluster.vms.filter((vm) => !moved.has(pathOf(vm))), ...beside];
  const off = (declared.poweredOff ?? []).map((vm): Existing => ({ ...vm, devices: [], isOff: true }));
  const existing = [...occupants, ...off];
  return { cluster, declared, occupants, existing, claims: claimsOf(members, existing) };
}

function pathOf({ folder = "", name }: RunningVm): string {
  return `${folder}/${name}`;
}

/** Recognises a VM of the plan as one that runs, as one that is off, or as one to come (O7, O10). */
export function recognise(vm: PlanVm, around: Surroundings, index: PlanIndex): Recognised {
  const now = runningNameOf(vm);
  const named = existingVmOf(vm, around.existing);
  const found = named === "several" ? undefined : named;
  const running = found?.isOff ? undefined : found;
  const mayRelease = running !== undefined || named === "several" || (!now.known && around.occupants.length > 0);
  const resolved = resolveRequests(vm, around.declared, index.inventory);
  const notRun = named === undefined ? whyNotRun(vm, around.declared, index) : undefined;
  const met = { vm, now, found, running, resolved, notRun, mayRelease };
  if (named === "several" && PLAN_ACTIONS[vm.action].mayRun) {
    return opaque(met, "several VMs of that name run, in different folders, and it is not known which of them it is");
  }
  if (found && around.claims.get(found)! > 1) {
    return opaque(met, `several VMs of the plan are called "${found.name}" where one runs`);
  }
  const mayHaveDevices = !resolved.requests.known || resolved.requests.value.length > 0 || (running?.devices.length ?? 0) > 0;
  if (vm.isOff && running && mayHaveDevices) return opaque(met, "the plan says that it is off, but the inventory runs it");
  const action = meantAction(met, mayHaveDevices);
  switch (action) {
    case "none":
    case "delete":
      return withoutPowerOn(met, action, around);
    case "from-stack":
    case "create":
    case "power-on":
    case "reboot":
    case "replace-destroy-first":
    case "replace-create-first":
      return withPowerOn(met, action, around);
  }
}

interface Met {
  readonly vm: PlanVm;
  /** The name that it has now, if it exists. */
  readonly now: Maybe<string>;
  /** It as the inventory has it; `running` where that runs it. */
  readonly found: Existing | undefined;
  readonly running: RunningVm | undefined;
  readonly resolved: ResolvedRequests;
  /** Why nothing can be said of it where the inventory has it not. */
  readonly notRun: string | undefined;
  readonly mayRelease: boolean;
}

function opaque({ vm, mayRelease }: Met, why: string): Recognised {
  return { kind: "opaque", vm, why, mayRelease };
}

function isOff({ vm, found }: Pick<Met, "vm" | "found">): boolean {
  return found === undefined ? vm.isOff === true : found.isOff === true;
}

/** What the plan does with it, given what it really is. */
function meantAction(met: Pick<Met, "vm" | "found">, mayHaveDevices: boolean): Exclude<PlanAction, "hot-add"> {
  const { action, reconfigures } = met.vm;
  switch (action) {
    case "none":
      return isOff(met) && reconfigures === true ? "power-on" : action;
    case "power-on":
      return isOff(met) ? action : "none";
    case "hot-add":
      if (isOff(met)) return "power-on";
      // The inventory runs it, or may: vCenter adds nothing to a running VM with devices.
      return mayHaveDevices ? "reboot" : "none";
    case "reboot":
      return isOff(met) ? "power-on" : action;
    case "from-stack":
    case "create":
    case "replace-destroy-first":
    case "replace-create-first":
    case "delete":
      return action;
  }
}

/** The plan does not power it on: it leaves it alone, or takes it away. */
function withoutPowerOn(met: Met, action: "none" | "delete", { cluster, occupants }: Surroundings): Recognised {
  const { vm, now, found, running, resolved, notRun, mayRelease } = met;
  if (!found && !now.known && occupants.length > 0) return opaque(met, now.why);
  if (notRun !== undefined) return opaque(met, notRun);
  if (!running) return action === "delete" ? { kind: "absent", vm, mayRelease: false } : absent(met);
  if (action === "delete") {
    const restart = restartSpec(running, vm.address, undefined, cluster);
    return { kind: "job", vm, job: { id: vm.address, action, releases: running }, old: { running, spec: restart }, mayRelease };
  }
  if (vm.restartPriority?.known === false) return opaque(met, vm.restartPriority.why);
  const says = resolved.requests.known && resolved.carrier !== "none" ? { requests: resolved.requests.value } : {};
  const spec = withLiveChanges(restartSpec(running, vm.address, { vm, ...says }, cluster), vm);
  if (!spec.known) return opaque(met, spec.why);
  const refused = whyLiveRefused(vm, running, spec.value, cluster, occupants);
  return refused === undefined ? { kind: "unchanged", vm, running, spec: spec.value, mayRelease: false } : opaque(met, refused);
}

/** It stays as it is, and does not run: it is off, or it needs nothing that is judged. */
function absent(met: Met): Recognised {
  const { vm } = met;
  const remark = isOff(met) ? "stays-off" : isThere(vm) ? "left-out" : undefined;
  return { kind: "absent", vm, ...(remark && { remark }), mayRelease: false };
}

/** The plan powers it on, or may do so: a stack does not say what is there already. */
function withPowerOn(
  met: Met,
  wanted: Exclude<PlanAction, "none" | "delete" | "hot-add">,
  { cluster, occupants }: Surroundings,
): Recognised {
  const { vm, now, found, running, resolved, notRun, mayRelease } = met;
  if (vm.unknownCount !== undefined) return opaque(met, vm.unknownCount);
  if (!found && !now.known && occupants.length > 0) return opaque(met, now.why);
  if (!vm.name.known && (cluster.hostRules.length > 0 || cluster.vmRules.length > 0)) return opaque(met, vm.name.why);
  if (notRun !== undefined) return opaque(met, notRun);
  const fate = wanted === "from-stack" ? stackFate(met, cluster) : { action: wanted, cycledBy: vm.cycledBy };
  if ("known" in fate) return opaque(met, fate.why);
  const { action } = fate;
  if (action === "none" && !running) return absent(met);
  // Of one that runs, the inventory tells already.
  const unjudged = found?.isOff && action === "power-on" ? whyUnjudged(found) : undefined;
  if (unjudged !== undefined) return opaque(met, unjudged);
  const requests = asksFor(vm, resolved, found, cluster);
  const storage = requests.known && requests.value.length > 0 ? whyStorageIsOpen(vm, cluster) : undefined;
  if (storage !== undefined && !running) return opaque(met, storage);
  const pin = action === "power-on" ? presentPin(vm, found, requests, cluster) : pinOf(vm, requests, cluster);
  const spec = plannedVmSpec(vm, { requests, pin, hardwareVersion: resolved.template?.hardwareVersion }, cluster);
  if (!spec.known) return opaque(met, spec.why);
  const counted = whyOnlyCounted(spec.value.requests, action === "reboot" ? running?.host : spec.value.pin?.host, cluster);
  if (counted !== undefined && action !== "none") return opaque(met, counted);
  // The inventory's rules know what is there by the name that it has, whatever the plan calls it.
  const asNow = { ...spec.value, ...(now.known && { name: found?.name ?? now.value }) };
  const cycled = action === "reboot" ? { cycledBy: fate.cycledBy ?? [] } : {};
  if (!running || action === "create" || action === "power-on") {
    const job = { id: vm.address, action: "create", spec: action === "power-on" ? asNow : spec.value } as const;
    return { kind: "job", vm, job, ...(action === "power-on" && { remark: "powers-on" }), ...cycled, mayRelease };
  }
  const restart = restartSpec(running, vm.address, { vm, requests: spec.value.requests }, cluster);
  if (action === "none") return { kind: "unchanged", vm, running, spec: restart, mayRelease: false };
  const rebooted = { ...asNow, ...(running.drs ? { drs: running.drs } : {}), pin: { host: running.host } };
  const job = { id: vm.address, action, spec: action === "reboot" ? rebooted : spec.value, releases: running };
  const isFirst = wanted === "from-stack" && action === "replace-create-first";
  return { kind: "job", vm, job, old: { running, spec: restart }, ...(isFirst && { remark: "create-first" }), ...cycled, mayRelease };
}

/** Where the datastore is not known and the hosts declare different ones, nobody knows which of them have it. */
function whyStorageIsOpen({ storageOpen }: PlanVm, { hosts }: Cluster): string | undefined {
  if (storageOpen === undefined) return undefined;
  const declared = new Set(hosts.flatMap(({ datastores }) => (datastores ? [[...datastores].sort().join("\n")] : [])));
  if (declared.size < 2) return undefined;
  const what = storageOpen === "datastore_id" ? "leads to no datastore's name" : "leaves its datastore to vCenter";
  return `${storageOpen} ${what}, and the hosts declare different datastores`;
}

interface StackFate {
  readonly action: Exclude<JobAction, "delete"> | "power-on" | "none";
  readonly cycledBy?: readonly string[];
}

/** What a stack's VM comes to, compared with the one that exists (O7). */
function stackFate({ vm, found, resolved }: Met, cluster: Cluster): StackFate | Unknown {
  if (!found) return { action: "create" };
  const requests = asksFor(vm, resolved, found, cluster);
  if (!requests.known) return requests;
  const fate = fateOf(vm, found, requests.value, cluster);
  if (fate === "unchanged") return { action: "none" };
  if (fate === "replace") return { action: vm.createBeforeDestroy ? "replace-create-first" : "replace-destroy-first" };
  if ("known" in fate) return fate;
  return found.isOff ? { action: "power-on" } : { action: "reboot", cycledBy: fate.reboot };
}

function claimsOf(members: readonly PlanVm[], existing: readonly Existing[]): Surroundings["claims"] {
  const claims = new Map<Existing, number>();
  for (const vm of members) {
    const found = PLAN_ACTIONS[vm.action].mayRun ? existingVmOf(vm, existing) : undefined;
    if (found !== undefined && found !== "several") claims.set(found, (claims.get(found) ?? 0) + 1);
  }
  return claims;
}
