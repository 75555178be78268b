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
  runningByName,
  runningId,
  RunningVm,
  runningNameOf,
} from "../../model";
import { asksFor, restartSpec, withLiveChanges } from "../compile/asks-for";
import { requestsFromHeld } from "../compile/identity";
import { VmChange } from "./change";
import { Asked, cannot, findCluster, meant, namesOf, withCluster } from "./find";

export function addVms(asked: Asked, clusterName: string, shape: PlannedShape): Asked {
  const cluster = findCluster(asked, clusterName);
  const { planned, resourcePools, source } = cluster;
  const { name, count, resourcePool } = shape;
  if (planned.some((other) => other.name === name)) {
    throw cannot(source, `cluster ${quoted(cluster.name)} has a planned VM ${quoted(name)} already`);
  }
  if (!(Number.isInteger(count) && count > 0))
    throw cannot(source, `there can't be ${count} of the VM ${quoted(name)}: expected 1 or more`);
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
  if (!planVm) return addVms(stopped, cluster.name, asShape(vm, cluster, all));
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
    case "replace-destroy-first":
    case "replace-create-first":
      return withPlanVm(stopped, planVm, { ...asItIs(planVm, asked, cluster, vm), action: "create" });
    case "none": {
      const { requests, carrier } = resolveRequests(planVm, cluster, asked.inventory);
      const says = requests.known && carrier !== "none" ? requests.value : undefined;
      const raised = withLiveChanges(restartSpec(vm, planVm.address, undefined, cluster), planVm);
      // A value of what would restart is not known, and judging it says so.
      if (!raised.known) return withPlanVm(stopped, planVm, { ...asItIs(planVm, asked, cluster, vm), action: "create" });
      const { memoryMb, reservationMb: memoryReservationMb, cpuReservationMhz } = raised.value;
      const shape = asShape({ ...vm, memoryMb, memoryReservationMb, cpuReservationMhz }, cluster, all, says);
      const priority = planVm.restartPriority;
      const restarting = addVms(stopped, cluster.name, priority?.known ? { ...shape, restartPriority: priority.value } : shape);
      return withoutPlanVm(restarting, planVm, vm.name);
    }
  }
}

/** The VM as one that is coming: by its name it is under the rules that it was under. */
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
    const running = cluster.vms.filter((vm) => vm.name === name || planVms.some((each) => isSame(each, cluster, vm, asked)));
    const planned = cluster.planned.filter((shape) => shape.name === name || `planned.${shape.name}` === name);
    return running.length + planned.length > 0 ? [{ cluster, running, planned }] : [];
  });
  const places = new Set([...found.map(({ cluster }) => cluster), ...planVms.flatMap((vm) => placeOf(vm, asked) ?? [])]);
  if (places.size > 1) throw cannot(inventory, `several clusters have a VM ${quoted(name)}: name the cluster`);
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
  const found = asked.plan.vms.filter((vm) => isSame(vm, cluster, running, asked));
  if (found.length > 0 && runningByName(all).get(running.name) === "several") {
    throw cannot(running.source, `several VMs are called ${quoted(running.name)}: it is not known which of them the plan means`);
  }
  return found;
}

function isSame(vm: PlanVm, cluster: Cluster, running: RunningVm, asked: Asked): boolean {
  const now = runningNameOf(vm);
  return PLAN_ACTIONS[vm.action].mayRun && now.known && now.value === running.name && placeOf(vm, asked)?.name === cluster.name;
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
