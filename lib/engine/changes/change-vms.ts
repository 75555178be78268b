import {
  Cluster,
  clusterOf,
  counted,
  DeviceRequest,
  isOfOneHost,
  known,
  pickRequests,
  PLAN_ACTIONS,
  PlannedShape,
  PlanVm,
  quoted,
  resolveRequests,
  existingVmOf,
  runningId,
  RunningVm,
  runningNameOf,
} from "../../model";
import { asksFor, restartSpec, withLiveChanges } from "../compile/asks-for";
import { requestsFromHeld } from "../compile/identity";
import { VmChange } from "./change";
import { Asked, cannot, findCluster, meant, namesOf, withCluster } from "./find";

/** More than any cluster holds, and few enough to be judged in seconds. */
const MOST_ADDED = 10_000;

export function addVms(asked: Asked, clusterName: string, shape: PlannedShape): Asked {
  const cluster = findCluster(asked, clusterName);
  const { planned, resourcePools, source } = cluster;
  const { name, count, resourcePool } = shape;
  if (planned.some((other) => other.name === name)) {
    throw cannot(source, `cluster ${quoted(cluster.name)} has a planned VM ${quoted(name)} already`);
  }
  if (!(Number.isInteger(count) && count > 0 && count <= MOST_ADDED)) {
    throw cannot(source, `there can't be ${count} of the VM ${quoted(name)}: expected 1 to ${MOST_ADDED}`);
  }
  const pools = namesOf(resourcePools);
  if (resourcePool !== undefined && !pools.includes(resourcePool)) {
    throw cannot(source, `cluster ${quoted(cluster.name)} has no resource pool ${quoted(resourcePool)}${meant(resourcePool, pools)}`);
  }
  return withCluster(asked, cluster, { planned: [...planned, shape] });
}

/** The VM is off and has to power on again, on a host that is left. `all` are the VMs that ran at first. */
export function restartElsewhere(asked: Asked, cluster: Cluster, vm: RunningVm, all: readonly RunningVm[]): Asked {
  const stopped = withCluster(asked, cluster, { vms: cluster.vms.filter((each) => each !== vm) });
  const [planVm, ...others] = planVmsOf(asked, cluster, vm, all);
  if (!planVm) {
    const shape = asShape(vm, cluster, all);
    return underTheRulesOf(vm, shape.name, addVms(stopped, cluster.name, shape), cluster);
  }
  if (others.length > 0) {
    throw cannot(
      vm.source,
      `${counted(1 + others.length, "VM")} of the plan say that they are vm ${quoted(vm.name)}: which restarts is not known`,
    );
  }
  switch (planVm.action) {
    // As it does not run, the stack creates it.
    case "from-stack":
      return withPlanVm(stopped, planVm, asItIs(planVm, asked, cluster, vm));
    case "delete":
      return withPlanVm(stopped, planVm, { ...planVm, isOff: true });
    case "create":
      return stopped;
    case "power-on":
    case "hot-add":
    case "reboot":
      return withPlanVm(underTheRulesOf(vm, nameOf(planVm), stopped, cluster), planVm, created(planVm, asked, cluster, vm));
    case "replace-destroy-first":
    case "replace-create-first":
      return withPlanVm(stopped, planVm, created(planVm, asked, cluster, vm));
    case "none": {
      // What is not known of it does not become known when it restarts: judging it says so.
      if (planVm.restartPriority?.known === false) return withPlanVm(stopped, planVm, created(planVm, asked, cluster, vm));
      const { requests, carrier } = resolveRequests(planVm, cluster, asked.inventory);
      const says = requests.known && carrier !== "none" ? requests.value : undefined;
      const raised = withLiveChanges(restartSpec(vm, planVm.address, undefined, cluster), planVm);
      // A value of what would restart is not known, and judging it says so.
      if (!raised.known) return withPlanVm(stopped, planVm, created(planVm, asked, cluster, vm));
      const { memoryMb, reservationMb: memoryReservationMb, cpuReservationMhz } = raised.value;
      const shape = asShape({ ...vm, memoryMb, memoryReservationMb, cpuReservationMhz }, cluster, all, says);
      const priority = planVm.restartPriority;
      const restarting = addVms(stopped, cluster.name, priority?.known ? { ...shape, restartPriority: priority.value } : shape);
      return withoutPlanVm(restarting, planVm, vm.name);
    }
  }
}

/** A VM that is called otherwise when it powers on stays under the inventory's rules, which know it by the name that it ran under. */
function underTheRulesOf({ name }: RunningVm, becomes: string | undefined, asked: Asked, { name: clusterName }: Cluster): Asked {
  if (becomes === undefined || becomes === name) return asked;
  const cluster = findCluster(asked, clusterName);
  const listed = <R extends { readonly vms: readonly string[] }>(rule: R): R =>
    rule.vms.includes(name) ? { ...rule, vms: [...rule.vms, becomes] } : rule;
  return withCluster(asked, cluster, { hostRules: cluster.hostRules.map(listed), vmRules: cluster.vmRules.map(listed) });
}

function nameOf({ name }: PlanVm): string | undefined {
  return name.known ? name.value : undefined;
}

/** The VM as one that is coming. */
function asShape(vm: RunningVm, cluster: Cluster, all: readonly RunningVm[], says?: readonly DeviceRequest[]): PlannedShape {
  const requests = vm.requests ?? says ?? requestsFromHeld(vm, cluster);
  if (vm.static || requests.some(isOfOneHost)) {
    throw cannot(
      vm.source,
      `vm ${quoted(vm.name)} is bound to devices of host ${quoted(vm.host)} and can't restart elsewhere: leave it out first`,
    );
  }
  const { memoryMb, memoryReservationMb, cpuReservationMhz, overheadMb, source } = vm;
  const { cpus, hardwareVersion, resourcePool, restartPriority, vgpus, deviceGroups } = vm;
  return {
    name: runningId(vm, all),
    count: 1,
    memoryMb: memoryMb ?? memoryReservationMb,
    memoryReservationMb,
    cpuReservationMhz,
    overheadMb,
    ...(cpus === undefined ? {} : { cpus }),
    ...(hardwareVersion === undefined ? {} : { hardwareVersion }),
    ...(resourcePool === undefined ? {} : { resourcePool }),
    ...(restartPriority === undefined ? {} : { restartPriority }),
    ...(vgpus && { vgpus }),
    ...(deviceGroups && { deviceGroups }),
    requests: pickRequests(requests, { dynamic: true, static: false }),
    source,
  };
}

/** It keeps what it has, unless it is made anew, where nothing that reaches it says what it asks for. */
function asItIs(planVm: PlanVm, { inventory }: Asked, cluster: Cluster, vm: RunningVm): PlanVm {
  const resolved = resolveRequests(planVm, cluster, inventory);
  const asks = asksFor(planVm, resolved, vm, cluster);
  if (asks === resolved.requests || !asks.known) return planVm;
  const template = known(pickRequests(asks.value, { dynamic: true, static: false }));
  return { ...planVm, carriers: { template, gpuIntent: false } };
}

function created(planVm: PlanVm, asked: Asked, cluster: Cluster, vm: RunningVm): PlanVm {
  return { ...asItIs(planVm, asked, cluster, vm), action: "create" };
}

/** Neither the inventory nor the plan have the VM. */
export function leaveOutRunning(asked: Asked, cluster: Cluster, vm: RunningVm, all: readonly RunningVm[]): Asked {
  const without = withCluster(asked, cluster, { vms: cluster.vms.filter((each) => each !== vm) });
  return planVmsOf(asked, cluster, vm, all).reduce((before, planVm) => withoutPlanVm(before, planVm), without);
}

export function leaveOut(asked: Asked, { vm: name, cluster: clusterName }: Extract<VmChange, { kind: "leave-out-vm" }>): Asked {
  const { plan, inventory } = asked;
  const clusters = clusterName === undefined ? inventory.clusters : [findCluster(asked, clusterName)];
  const isHere = (vm: PlanVm): boolean => clusterName === undefined || placeOf(vm, asked)?.name === clusterName;
  const byAddress = plan.vms.filter((vm) => vm.address === name && isHere(vm));
  const planVms = byAddress.length > 0 ? byAddress : plan.vms.filter((vm) => vm.label === name && isHere(vm));
  const found = clusters.flatMap((cluster) => {
    const isCalled = (vm: RunningVm): boolean => [vm.name, runningId(vm, cluster.vms)].includes(name);
    const running = cluster.vms.filter(
      (vm) => isCalled(vm) || planVms.some((each) => isOf(each, cluster, asked) && existingVmOf(each, cluster.vms) === vm),
    );
    const planned = cluster.planned.filter((shape) => shape.name === name || `planned.${shape.name}` === name);
    return running.length + planned.length > 0 ? [{ cluster, running, planned }] : [];
  });
  const places = new Set([...found.map(({ cluster }) => cluster), ...planVms.flatMap((vm) => placeOf(vm, asked) ?? [])]);
  if (places.size > 1) throw cannot(inventory, `several clusters have a VM ${quoted(name)}: name the cluster`);
  const among = (what: string, one: string): string => `several VMs${what} are called ${quoted(name)}: say which, as ${quoted(one)}`;
  if (planVms.length > 1) throw cannot(inventory, among(" of the plan", planVms[0]!.address));
  for (const { running, cluster } of found) {
    if (running.length > 1) throw cannot(running[0]!.source, among("", runningId(running[0]!, cluster.vms)));
  }
  if (found.length + planVms.length === 0) {
    const names = clusters.flatMap(({ vms, planned }) => [...namesOf(vms), ...namesOf(planned)]);
    const inPlan = plan.vms.filter(isHere).flatMap(({ address, label }) => [address, label]);
    throw cannot(inventory, `there is no VM ${quoted(name)}${meant(name, [...names, ...inPlan])}`);
  }
  let left = planVms.reduce((before, vm) => withoutPlanVm(before, vm), asked);
  for (const { cluster, running, planned } of found) {
    left = withCluster(left, cluster, { planned: cluster.planned.filter((shape) => !planned.includes(shape)) });
    for (const vm of running) left = leaveOutRunning(left, findCluster(left, cluster.name), vm, cluster.vms);
  }
  return left;
}

function placeOf(vm: PlanVm, { plan, inventory }: Asked): Cluster | undefined {
  const place = clusterOf(vm, plan, inventory);
  return place.kind === "declared" ? place.cluster : undefined;
}

/** The VMs of the plan that say that they are this running one. */
function planVmsOf(asked: Asked, cluster: Cluster, running: RunningVm, all: readonly RunningVm[]): readonly PlanVm[] {
  const mayBe = asked.plan.vms.filter((vm) => {
    const now = runningNameOf(vm);
    return isOf(vm, cluster, asked) && now.known && now.value === running.name && existingVmOf(vm, all) === "several";
  });
  if (mayBe.length > 0) {
    throw cannot(running.source, `several VMs are called ${quoted(running.name)}: it is not known which of them the plan means`);
  }
  return asked.plan.vms.filter((vm) => isOf(vm, cluster, asked) && existingVmOf(vm, all) === running);
}

/** It may be a VM that runs in the cluster. */
function isOf(vm: PlanVm, { name }: Cluster, asked: Asked): boolean {
  return PLAN_ACTIONS[vm.action].mayRun && placeOf(vm, asked)?.name === name;
}

function withPlanVm({ plan, inventory }: Asked, vm: PlanVm, changed: PlanVm): Asked {
  return { plan: { ...plan, vms: plan.vms.map((each) => (each === vm ? changed : each)) }, inventory };
}

/** `becomes`: the name of a VM that is under the rules of the plan in its place. */
function withoutPlanVm({ plan, inventory }: Asked, vm: PlanVm, becomes?: string): Asked {
  const vms = plan.vms.filter((each) => each !== vm);
  if (becomes === undefined) return { plan: { ...plan, vms }, inventory };
  const rename = (address: string): string => (address === vm.address ? becomes : address);
  const rules = plan.rules.map((rule) => (rule.vms.known ? { ...rule, vms: known(rule.vms.value.map(rename)) } : rule));
  return { plan: { ...plan, vms, rules }, inventory };
}
