import { DynamicRequest, Host, known, Plan, PlanAction, PlanVm } from "../../lib/model";
import { poolName, Run } from "./case-cluster";
import { requestsFor } from "./case-requests";
import { CaseSpec, Features } from "./case-spec";
import { change, plan, poolNamed, vm } from "./notation";

export function planOf(spec: CaseSpec, features: Features, hosts: readonly Host[], runs: readonly Run[]): Plan {
  const vms = planVms(spec, features, hosts, runs);
  const awaitable = vms.filter(({ action }) => action !== "delete").map(({ address: name }) => name);
  return connected(spec, features, vms, changesOf(spec, hosts, awaitable));
}

/** The VMs of the stack: those of the running ones that it contains, and new ones. */
function planVms(spec: CaseSpec, features: Features, all: readonly Host[], runs: readonly Run[]): readonly PlanVm[] {
  return [
    ...runs.flatMap((run) => keptVm(run, features, all)),
    ...spec.created.map((each, index) => createdVm(each, index, spec, features, all)),
  ];
}

function keptVm({ vm: old, spec, asked: asks }: Run, features: Features, all: readonly Host[]): readonly PlanVm[] {
  // A stack does not say deletes, and what a change of pci_device_id is without a plan is not said.
  const role = spec.role === "delete" && !features.planActions ? "alone" : old.static && spec.role === "replace" ? "same" : spec.role;
  if (role === "alone") return [];
  const actions: Record<Exclude<typeof role, "alone">, PlanAction> = {
    same: "none",
    reboot: "reboot",
    grow: "reboot",
    delete: "delete",
    replace: spec.createFirst ? "replace-create-first" : "replace-destroy-first",
  };
  const other = requestsFor(spec.asks, features, all);
  const wanted = role === "replace" && (features.planActions || !sameKinds(other, asks)) ? other : asks;
  const withDevices = wanted.length > 0;
  const memory = role === "grow" ? old.memoryMb! * 2 : old.memoryMb!;
  const carriers: PlanVm["carriers"] = old.static
    ? { static: known(old.devices), gpuIntent: false }
    : { template: known(wanted), gpuIntent: false };
  return [
    vm(old.name, "", {
      carriers,
      action: features.planActions ? actions[role] : "from-stack",
      createBeforeDestroy: spec.createFirst,
      cpus: known(role === "reboot" ? 4 : 2),
      memoryMb: known(memory),
      memoryReservationMb: known(withDevices ? memory : old.memoryReservationMb),
      memoryLockedToMax: known(withDevices),
      cpuReservationMhz: known(old.cpuReservationMhz),
      ...(old.static ? { host: known({ by: "name", name: old.host }) } : {}),
      ...(old.resourcePool ? { resourcePool: known(poolNamed(old.resourcePool)) } : {}),
      ...(old.restartPriority ? { restartPriority: known(old.restartPriority) } : {}),
      ...(old.hardwareVersion ? { hardwareVersion: known(old.hardwareVersion) } : {}),
    }),
  ];
}

function createdVm(each: CaseSpec["created"][number], index: number, spec: CaseSpec, features: Features, all: readonly Host[]): PlanVm {
  const host = all[(each.static ?? each.host ?? 0) % all.length]!;
  const fixed = each.static !== undefined && host.devices.length > 0 && !features.subIds;
  const wanted = requestsFor(each.asks, features, all);
  const withDevices = fixed || wanted.length > 0;
  const pool = poolName(each.pool, spec, features);
  return vm(`v${index + 1}`, "", {
    carriers: fixed
      ? { static: known([host.devices[each.asks % host.devices.length]!.address]), gpuIntent: false }
      : { template: known(wanted), gpuIntent: false },
    action: features.planActions ? "create" : "from-stack",
    memoryMb: known(each.memoryMb),
    cpuReservationMhz: known(each.cpuReservationMhz),
    memoryReservationMb: known((withDevices ? !each.unreserved : each.reserves) ? each.memoryMb : 0),
    memoryLockedToMax: known(withDevices && !each.unreserved),
    ...(each.stores ? { datastores: each.stores } : {}),
    ...(each.networks ? { networks: each.networks } : {}),
    ...(each.limited ? { memoryLimitMb: known(each.memoryMb) } : {}),
    ...(fixed || each.host !== undefined ? { host: known({ by: "name", name: host.name }) } : {}),
    ...(pool ? { resourcePool: known(poolNamed(pool)) } : {}),
    ...(each.priority ? { restartPriority: known(each.priority) } : {}),
    ...(each.hardwareVersion ? { hardwareVersion: known(each.hardwareVersion) } : {}),
  });
}

function changesOf(spec: CaseSpec, all: readonly Host[], names: readonly string[]): Plan["deviceChanges"] {
  const places = new Set<string>();
  return spec.changes.flatMap((each, index) => {
    const host = all[each.host % all.length]!;
    const place = each.device % (host.devices.length || 1);
    const key = `${host.name} ${place}`;
    if (host.devices.length === 0 || places.has(key) || host.devices[place]!.passthrough === "vgpu") return [];
    places.add(key);
    const awaited = names.length > 0 && each.waits > 0 && each.waited === 0 ? [names[each.waits % names.length]!] : [];
    return [
      change(`x${index + 1}`, host.name, place, {
        applyNow: known(each.applyNow),
        dependsOn: awaited,
        ...(each.how.includes("able") ? { enabled: known(each.how !== "disable") } : {}),
        ...(each.how.includes("Training")
          ? { hardwareLabel: known("Training") }
          : each.how === "none"
            ? { hardwareLabel: known(undefined) }
            : {}),
      }),
    ];
  });
}

/** Adds the dependencies: without cycles, transitive, none on what is deleted; create-first is inherited by what is depended on, as Terraform does. */
function connected(spec: CaseSpec, features: Features, vms: readonly PlanVm[], changes: Plan["deviceChanges"]): Plan {
  const order = spec.reversed ? [...vms].reverse() : vms;
  const needs = new Map<string, ReadonlySet<string>>();
  order.forEach(({ address: name, action }, index) => {
    const bits = [...spec.created, ...spec.running.map(({ asks }) => ({ after: asks * 13 }))][index]?.after ?? 0;
    const direct = order
      .slice(0, index)
      .filter((earlier, at) => (bits >> at) % 4 === 1 && (earlier.action !== "delete" || action === "delete"));
    const waited = changes.filter(({ dependsOn }, at) => dependsOn.length === 0 && ((spec.changes[at]?.waited ?? 0) >> index) % 2 === 1);
    needs.set(
      name,
      new Set([
        ...direct.flatMap((earlier) => [earlier.address, ...needs.get(earlier.address)!]),
        ...waited.map((earlier) => earlier.address),
      ]),
    );
  });
  const second = new Set(features.twoStacks ? order.slice(Math.ceil(order.length / 2)).map(({ address: name }) => name) : []);
  const stack = (name: string): string => (second.has(name) ? "t" : "s");
  const withNeeded = (names: readonly string[]): readonly string[] =>
    [...new Set(names.flatMap((name) => [name, ...(needs.get(name) ?? [])]))].sort();
  const createFirst = withNeeded(vms.filter(({ createBeforeDestroy }) => createBeforeDestroy).map(({ address: name }) => name));
  const both = plan(
    vms.map((each) => ({
      ...each,
      stack: stack(each.address),
      dependsOn: [...needs.get(each.address)!].sort(),
      createBeforeDestroy: createFirst.includes(each.address),
      ...(each.action === "replace-destroy-first" && createFirst.includes(each.address) ? { action: "replace-create-first" as const } : {}),
    })),
    changes.map((each) => ({ ...each, dependsOn: withNeeded(each.dependsOn).filter((name) => !second.has(name)) })),
  );
  return second.size === 0 ? both : { ...both, stacks: [...both.stacks, { name: "t", file: "t/cdk.tf.json", dependsOn: ["s"] }] };
}

function sameKinds(a: readonly DynamicRequest[], b: readonly DynamicRequest[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
