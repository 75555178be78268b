import fc from "fast-check";
import { Cluster, DynamicRequest, Host, known, Plan, PlanAction, PlanVm, RestartPriority, RunningVm } from "../../lib/model";
import { matches } from "./matching";
import { address, change, cluster, devices, ha, hosts, plan, planned, requests, running, vm } from "./notation";

/** What the referee is asked: a small plan, the cluster that it is for, and N where it is not the inventory's. */
export interface Case {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly options: { readonly hostFailures?: number };
}

export interface Features {
  /** The actions of a Terraform plan, instead of what a synthesized stack leaves to be found out. */
  readonly planActions?: boolean;
  readonly pools?: boolean;
  readonly rules?: boolean;
  /** Requests name sub-ids that devices don't declare (M4). */
  readonly subIds?: boolean;
}

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9 * others.length, arbitrary: fc.constant(usual) }, ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })));
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const PRIORITIES: readonly RestartPriority[] = ["medium", "high", "low", "highest", "lowest", "disabled"];
const priority = sometimes(fc.constantFrom(...PRIORITIES));
const memoryMb = fc.constantFrom(16384, 32768, 65536);
const cpuReservationMhz = often(0, 1000, 2000);
const hardwareVersion = often<number | undefined>(undefined, 17, 19, 21);

/** An index into a list of requests; above 50 also such as no host has. */
const asks = fc.noBias(fc.integer({ min: 0, max: 56 }));

const hostSpec = fc.record({
  kinds: fc.oneof(fc.array(fc.constantFrom("A", "A", "A", "T", "I", "H"), { maxLength: 4 }), fc.constantFrom(["A"], ["A", "A"], ["A", "T"], ["A", "A", "A"])),
  capacity: fc.constantFrom({}, {}, {}, {}, { memoryMb: 140_000 }, { memoryMb: 70_000 }, { cpuMhz: 3000 }),
  state: often<Host["state"]>("connected", "maintenance", "disconnected", "standby"),
  esxi: often("8.0.2", "7.0.3"),
  failover: often(false, true),
  rebindWithoutReboot: fc.boolean(),
  odd: rarely(fc.record({ device: fc.nat(3), how: fc.constantFrom("disabled", "pending-reboot", "vgpu", "unhealthy", "reserved") })),
});

const runningSpec = fc.record({
  host: fc.nat(3), from: fc.nat(3), count: fc.constantFrom(1, 1, 2, 0), declares: fc.boolean(), byLabel: fc.boolean(), static: often(false, true),
  memoryMb, cpuReservationMhz, priority, hardwareVersion, pool: fc.nat(2), override: rarely(fc.constantFrom("manual", "fullyAutomated", "off")),
  role: fc.constantFrom("alone", "alone", "same", "reboot", "grow", "replace", "delete"), createFirst: fc.boolean(), asks,
});

const ASKS = ["A", "A", "A", "A", "A", "A", "A,A", "A,A", "T", "T", "A|H", "A,T", "A,A,A", "I", "H", "any", ""];
const SUB_ID_ASKS = ["S", "S", "Z", "A", "A,S", "S,Z", "A,A"];

const stackSpec = fc.record({
  asks, memoryMb, cpuReservationMhz, priority, hardwareVersion: often<number | undefined>(undefined, 17, 21, 15), after: fc.nat(255),
  host: sometimes(fc.nat(3)), static: rarely(fc.nat(3)), pool: fc.nat(2), limited: often(false, false, false, false, true), unreserved: often(false, false, false, false, true),
});

const changeSpec = fc.record({
  host: fc.nat(3), device: fc.nat(3), how: fc.constantFrom("Training", "none", "enable", "disable", "enable-Training"), applyNow: often(true, false),
  waited: fc.nat(255), waits: often(0, 1, 2),
});

const caseSpec = fc.record({
  hosts: fc.array(hostSpec, { minLength: 2, maxLength: 4, size: "large" }),
  running: fc.array(runningSpec, { maxLength: 3, size: "large" }),
  created: fc.array(stackSpec, { maxLength: 4, size: "large" }),
  planned: rarely(fc.record({ asks, count: fc.integer({ min: 1, max: 2 }), memoryMb, priority })),
  changes: fc.oneof({ weight: 2, arbitrary: fc.array(changeSpec, { maxLength: 0 }) }, { weight: 1, arbitrary: fc.array(changeSpec, { maxLength: 2 }) }),
  failures: often(1, 2, 0, 3),
  given: rarely(fc.nat(3)),
  ha: often(true, false),
  admission: fc.record({
    policy: fc.constantFrom("disabled", "disabled", "disabled", "disabled", "disabled", "resourcePercentage", "slotPolicy", "failoverHosts"), percent: sometimes(fc.integer({ min: 10, max: 60 })),
    slotCpuMhz: sometimes(fc.constantFrom(500, 1000)), slotMemoryMb: sometimes(fc.constantFrom(10_000, 20_000)),
  }),
  defaultPriority: often<RestartPriority>("medium", "high", "disabled"),
  drs: fc.constantFrom("fullyAutomated", "fullyAutomated", "fullyAutomated", "partiallyAutomated", "manual", "off"),
  reversed: fc.boolean(),
  pools: fc.array(fc.record({
    parent: fc.boolean(), expandable: fc.boolean(), memoryLimitMb: sometimes(fc.constantFrom(34_000, 52_000, 70_000, 100_000)),
    memoryReservationMb: sometimes(fc.constantFrom(20_000, 40_000, 80_000)), cpuLimitMhz: sometimes(fc.constantFrom(1000, 3000)),
  }), { minLength: 1, maxLength: 2 }),
  rules: fc.array(fc.record({ kind: fc.constantFrom("separate", "together", "hosts"), vms: fc.nat(255), hosts: fc.nat(15), mandatory: often(true, false) }), { maxLength: 2 }),
});
type CaseSpec = typeof caseSpec extends fc.Arbitrary<infer T> ? T : never;

export function cases(features: Features = {}): fc.Arbitrary<Case> {
  return caseSpec.map((spec) => caseOf(spec, features));
}

function caseOf(spec: CaseSpec, features: Features): Case {
  const all = hostsOf(spec, features);
  const bare = cluster({
    hosts: all,
    drs: spec.drs === "off" ? { enabled: false, automationLevel: "fullyAutomated", declared: true }
      : { enabled: true, automationLevel: spec.drs as Cluster["drs"]["automationLevel"], declared: true },
    ...(spec.ha ? { ha: haOf(spec) } : {}),
    ...(features.pools ? { resourcePools: poolsOf(spec) } : {}),
  });
  const runs = runningOf(spec, features, bare);
  const vms = planVms(spec, features, all, runs);
  const changes = changesOf(spec, all, vms.filter(({ action }) => action !== "delete").map(({ address: name }) => name));
  // Whether a rule tells a VM from its own replacement, while both are on, is not said.
  const twice = vms.filter(({ createBeforeDestroy }) => createBeforeDestroy).map(({ label }) => label);
  const named = [...runs.map(({ vm: { name } }) => name), ...spec.created.map((_, index) => `v${index + 1}`)].filter((name) => !twice.includes(name));
  return {
    plan: connected(spec, vms, changes),
    cluster: {
      ...bare,
      vms: runs.map((each) => each.vm),
      planned: spec.planned ? [planned("p", requestsFor(spec.planned.asks, features, all).length > 0 ? "A" : "", {
        count: spec.planned.count, memoryMb: spec.planned.memoryMb, ...defined({ restartPriority: spec.planned.priority }),
        requests: requestsFor(spec.planned.asks, features, all),
      })] : [],
      ...(features.rules ? rulesOf(spec, all, named, runs.map((each) => each.vm)) : {}),
    },
    options: spec.given === undefined ? {} : { hostFailures: spec.given },
  };
}

function hostsOf(spec: CaseSpec, { subIds }: Features): readonly Host[] {
  return spec.hosts.map(({ kinds, capacity, state, esxi, failover, rebindWithoutReboot, odd }, index) => {
    const [host] = hosts(`h${index + 1}[]`, { state, esxi, failover, rebindWithoutReboot, ...capacity });
    const found = devices((subIds ? kinds.slice(0, index < 2 ? 2 : 0).map((kind) => (kind === "T" ? "S" : "A")) : kinds).join());
    return {
      ...host!,
      devices: found.map((device, place) => {
        if (odd?.device !== place) return device;
        if (odd.how === "unhealthy") return { ...device, healthy: false };
        return odd.how === "reserved" ? { ...device, reserved: "spare" } : { ...device, passthrough: odd.how as "disabled" };
      }),
    };
  });
}

function haOf({ failures, admission, defaultPriority }: CaseSpec): NonNullable<Cluster["ha"]> {
  const { policy, percent, slotCpuMhz, slotMemoryMb } = admission;
  return ha(failures, {
    admissionControl: policy as "disabled", defaultRestartPriority: defaultPriority,
    ...(policy === "resourcePercentage" ? defined({ cpuPercent: percent, memoryPercent: percent }) : {}),
    ...(policy === "slotPolicy" ? defined({ slotCpuMhz, slotMemoryMb }) : {}),
  });
}

const POOLS = ["gpu", "inner"] as const;

function poolsOf({ pools }: CaseSpec): Cluster["resourcePools"] {
  return pools.map(({ parent, expandable, ...amounts }, index) => ({
    name: POOLS[index]!, expandable, source: { file: "generated", line: 1 }, ...defined(amounts), ...(index > 0 && parent ? { parent: POOLS[0] } : {}),
  }));
}

function poolName(pool: number, { pools }: CaseSpec, features: Features): string | undefined {
  return features.pools && pool < pools.length ? POOLS[pool] : undefined;
}

interface Run {
  readonly vm: RunningVm;
  readonly spec: CaseSpec["running"][number];
  /** What it must have asked for, to hold what it holds. */
  readonly asked: readonly DynamicRequest[];
}

/** Those that have their host, devices, CPU and memory: an inventory tells of a cluster that exists. */
function runningOf(spec: CaseSpec, features: Features, { hosts: all, drs }: Cluster): readonly Run[] {
  const runs: Run[] = [];
  spec.running.forEach((each, index) => {
    const host = all[each.host % all.length]!;
    if (host.failover || host.state === "maintenance" || host.state === "standby") return;
    const taken = runs.filter((run) => run.vm.host === host.name);
    const free = host.devices.flatMap((device, place) => {
      const usable = device.passthrough === "active" && device.healthy && device.reserved === undefined;
      return usable && !taken.some((run) => run.vm.devices.includes(address(place))) ? [place] : [];
    });
    const held = [...free.slice(each.from % (free.length + 1)), ...free].slice(0, each.count).filter((place, at, list) => list.indexOf(place) === at).sort();
    const asks = held.map((place): DynamicRequest => {
      const { id, label } = host.devices[place]!;
      return { kind: "dynamic", allowed: [{ vendor: id.vendor, device: id.device }], ...(each.byLabel && label ? { label } : {}) };
    });
    const pool = poolName(each.pool, spec, features);
    const vm = running(`r${index + 1}`, host.name, held, {
      memoryMb: each.memoryMb, cpuReservationMhz: each.cpuReservationMhz, cpus: 2, static: each.static && held.length > 0,
      ...defined({ restartPriority: each.priority, resourcePool: pool }),
      ...((each.declares || features.subIds) && !each.static ? { requests: asks } : {}),
      ...(each.override && drs.enabled
        ? { drs: { enabled: each.override !== "off", automationLevel: each.override === "manual" ? "manual" : "fullyAutomated" } } : {}),
      ...(each.hardwareVersion !== undefined && (each.hardwareVersion <= 19 || host.esxi === "8.0.2") ? { hardwareVersion: each.hardwareVersion } : {}),
    });
    const load = (of: (run: RunningVm) => number): number => [...taken.map((run) => run.vm), vm].reduce((sum, run) => sum + of(run), 0);
    const fits = load(({ cpuReservationMhz: cpu }) => cpu) <= host.cpuMhz
      && load(({ memoryReservationMb, overheadMb }) => memoryReservationMb + overheadMb) <= host.memoryMb;
    if (fits) runs.push({ vm, spec: each, asked: asks });
  });
  return runs;
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
    same: "none", reboot: "reboot", grow: "reboot", delete: "delete", replace: spec.createFirst ? "replace-create-first" : "replace-destroy-first",
  };
  const other = requestsFor(spec.asks, features, all);
  const wanted = role === "replace" && (features.planActions || !sameKinds(other, asks)) ? other : asks;
  const withDevices = wanted.length > 0;
  const memory = role === "grow" ? old.memoryMb! * 2 : old.memoryMb!;
  const carriers: PlanVm["carriers"] = old.static ? { static: known(old.devices), gpuIntent: false } : { template: known(wanted), gpuIntent: false };
  return [vm(old.name, "", {
    carriers, action: features.planActions ? actions[role] : "from-stack", createBeforeDestroy: spec.createFirst,
    cpus: known(role === "reboot" ? 4 : 2), memoryMb: known(memory), memoryReservationMb: known(withDevices ? memory : old.memoryReservationMb),
    memoryLockedToMax: known(withDevices), cpuReservationMhz: known(old.cpuReservationMhz),
    ...(old.static ? { host: known({ by: "name", name: old.host }) } : {}),
    ...(old.resourcePool ? { resourcePool: known(old.resourcePool) } : {}),
    ...(old.restartPriority ? { restartPriority: known(old.restartPriority) } : {}),
    ...(old.hardwareVersion ? { hardwareVersion: known(old.hardwareVersion) } : {}),
  })];
}

function createdVm(each: CaseSpec["created"][number], index: number, spec: CaseSpec, features: Features, all: readonly Host[]): PlanVm {
  const host = all[(each.static ?? each.host ?? 0) % all.length]!;
  const fixed = each.static !== undefined && host.devices.length > 0 && !features.subIds;
  const wanted = requestsFor(each.asks, features, all);
  const withDevices = fixed || wanted.length > 0;
  const pool = poolName(each.pool, spec, features);
  return vm(`v${index + 1}`, "", {
    carriers: fixed ? { static: known([host.devices[each.asks % host.devices.length]!.address]), gpuIntent: false } : { template: known(wanted), gpuIntent: false },
    action: features.planActions ? "create" : "from-stack", memoryMb: known(each.memoryMb), cpuReservationMhz: known(each.cpuReservationMhz),
    memoryReservationMb: known(withDevices && !each.unreserved ? each.memoryMb : 0), memoryLockedToMax: known(withDevices && !each.unreserved),
    ...(each.limited ? { memoryLimitMb: known(each.memoryMb) } : {}),
    ...(fixed || each.host !== undefined ? { host: known({ by: "name", name: host.name }) } : {}),
    ...(pool ? { resourcePool: known(pool) } : {}),
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
    return [change(`x${index + 1}`, host.name, place, {
      applyNow: known(each.applyNow), dependsOn: awaited,
      ...(each.how.includes("able") ? { enabled: known(each.how !== "disable") } : {}),
      ...(each.how.includes("Training") ? { hardwareLabel: known("Training") } : each.how === "none" ? { hardwareLabel: known(undefined) } : {}),
    })];
  });
}

/** Adds the dependencies: without cycles, transitive, none on what is deleted; create-first is inherited by what is depended on, as Terraform does. */
function connected(spec: CaseSpec, vms: readonly PlanVm[], changes: Plan["deviceChanges"]): Plan {
  const order = spec.reversed ? [...vms].reverse() : vms;
  const needs = new Map<string, ReadonlySet<string>>();
  order.forEach(({ address: name, action }, index) => {
    const bits = [...spec.created, ...spec.running.map(({ asks }) => ({ after: asks * 13 }))][index]?.after ?? 0;
    const direct = order.slice(0, index).filter((earlier, at) => (bits >> at) % 4 === 1 && (earlier.action !== "delete" || action === "delete"));
    const waited = changes.filter(({ dependsOn }, at) => dependsOn.length === 0 && ((spec.changes[at]?.waited ?? 0) >> index) % 2 === 1);
    needs.set(name, new Set([
      ...direct.flatMap((earlier) => [earlier.address, ...needs.get(earlier.address)!]),
      ...waited.map((earlier) => earlier.address),
    ]));
  });
  const withNeeded = (names: readonly string[]): readonly string[] =>
    [...new Set(names.flatMap((name) => [name, ...(needs.get(name) ?? [])]))].sort();
  const createFirst = withNeeded(vms.filter(({ createBeforeDestroy }) => createBeforeDestroy).map(({ address: name }) => name));
  return plan(
    vms.map((each) => ({
      ...each, dependsOn: [...needs.get(each.address)!].sort(), createBeforeDestroy: createFirst.includes(each.address),
      ...(each.action === "replace-destroy-first" && createFirst.includes(each.address) ? { action: "replace-create-first" as const } : {}),
    })),
    changes.map((each) => ({ ...each, dependsOn: withNeeded(each.dependsOn) })),
  );
}

/** Rules in force, which the running VMs keep: what a broken one asks of others is not said. */
function rulesOf({ rules }: CaseSpec, all: readonly Host[], names: readonly string[], runs: readonly RunningVm[]): Pick<Cluster, "hostRules" | "vmRules"> {
  const some = <T>(list: readonly T[], bits: number): readonly T[] => list.filter((_, index) => (bits >> index) % 2 === 1);
  const hostNames = all.map(({ name }) => name);
  const kept = rules.map((rule, index) => {
    const vms = some(names, rule.vms);
    return { ...rule, name: `rule${index + 1}`, vms, hosts: some(hostNames, rule.hosts), on: runs.filter(({ name }) => vms.includes(name)).map(({ host }) => host) };
  }).filter(({ kind, vms, hosts: allowed, on }) => {
    if (kind === "hosts") return vms.length > 0 && allowed.length > 0 && on.every((host) => allowed.includes(host));
    return vms.length > 1 && (kind === "together" ? new Set(on).size <= 1 : new Set(on).size === on.length);
  });
  const source = { file: "generated", line: 1 };
  return {
    hostRules: kept.filter(({ kind }) => kind === "hosts").map(({ name, vms, hosts: allowed, mandatory }) => ({ name, vms, hosts: allowed, mandatory, source })),
    vmRules: kept.filter(({ kind }) => kind !== "hosts").map(({ name, vms, kind, mandatory }) => ({ name, vms, type: kind as "separate", mandatory, source })),
  };
}

/** Mostly what some host could give if it were empty: what no host has is soon judged. */
function requestsFor(index: number, { subIds }: Features, all: readonly Host[]): readonly DynamicRequest[] {
  const list = subIds ? SUB_ID_ASKS : ASKS;
  const text = list[index % list.length]!;
  const wanted: readonly DynamicRequest[] = text === "any" ? [{ kind: "dynamic", allowed: [], label: "Training" }] : requests(text);
  const fits = (found: Host["devices"], [first, ...rest]: readonly DynamicRequest[]): boolean => first === undefined || found.some((device) =>
    matches(first, { ...device.id, address: device.address }, device.label) && fits(found.filter((other) => other !== device), rest));
  const [device] = all.flatMap((host) => host.devices);
  if (subIds || index > 50 || !device || all.some((host) => host.state === "connected" && fits(host.devices, wanted))) return wanted;
  return [{ kind: "dynamic", allowed: [device.id] }];
}

function sameKinds(a: readonly DynamicRequest[], b: readonly DynamicRequest[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Without the properties that are undefined, as the model's optional fields want it. */
function defined<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
