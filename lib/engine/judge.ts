import { AdmissionControl, Cluster, ClusterJudgement, Failover, HaSettings, Host, Inventory, Plan, Remark, clusterOf, isUsable } from "../model";
import { admissionControl } from "./admission-control";
import { afterFailure } from "./after-failure";
import { Batch, batchOf } from "./batch";
import { capacityRows, deviceKey } from "./capacity";
import { compile } from "./compile";
import { FailoverJudge, Ground } from "./failover";
import { inForceFor, counted, Unsettled } from "./in-force";
import { JudgeOptions } from "./options";
import { PowerOnResult, judgePowerOn } from "./power-on";
import { Budget } from "./search";
import { State, Transition } from "./transition";
import { assignments } from "./undeclared";
import { World, mergeWorlds } from "./worlds";

const DEFAULT_WORK = 300_000;

/** Every cluster of the inventory, sorted by name. A cluster whose VMs wait for another's comes after it. */
export function judgeClusters(plan: Plan, inventory: Inventory, options: JudgeOptions): ClusterJudgement[] {
  const judged = new Map<string, ClusterJudgement>();
  const settled = new Set<string>();
  let open = [...inventory.clusters].sort((a, b) => (a.name < b.name ? -1 : 1));
  while (open.length > 0) {
    const next = open.find((cluster) => !waits(cluster, plan, inventory, judged)) ?? open[0]!;
    const judgement = judgeCluster(next, plan, inventory, settled, options);
    judged.set(next.name, judgement);
    if (judgement.powerOn.verdict === "guaranteed") for (const id of addressesIn(next, plan, inventory)) settled.add(id);
    open = open.filter((cluster) => cluster !== next);
  }
  return [...judged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function addressesIn(cluster: Cluster, plan: Plan, inventory: Inventory): string[] {
  return plan.vms.flatMap((vm) => {
    const place = clusterOf(vm, inventory);
    return place.kind === "declared" && place.cluster === cluster ? [vm.address] : [];
  });
}

/** Whether one of its VMs depends on one in a cluster that is not judged yet. */
function waits(cluster: Cluster, plan: Plan, inventory: Inventory, judged: ReadonlyMap<string, unknown>): boolean {
  const own = new Set(addressesIn(cluster, plan, inventory));
  const others = inventory.clusters.filter((other) => other !== cluster && !judged.has(other.name));
  const pending = new Set(others.flatMap((other) => addressesIn(other, plan, inventory)));
  return plan.vms.some(({ address, dependsOn }) => own.has(address) && dependsOn.some((id) => pending.has(id)));
}

function judgeCluster(declared: Cluster, plan: Plan, inventory: Inventory, settled: ReadonlySet<string>, options: JudgeOptions): ClusterJudgement {
  const cluster = withHa(declared, options.hostFailures);
  const batchIn = (hosts: readonly Host[]): Batch => {
    const found = batchOf(declared, hosts, plan, inventory, settled);
    return { ...found, cluster: { ...cluster, hosts } };
  };
  const batch = batchIn(cluster.hosts);
  const hostFailures = options.hostFailures ?? cluster.ha?.hostFailuresToTolerate ?? 0;
  const rules = inForceFor(batch, plan, inventory);
  const worlds = assignments(batch);
  const remarks: Remark[] = [...batch.remarks];
  if (hostFailures > 0 && cluster.ha && hostFailures >= cluster.hosts.filter(isUsable).length) {
    remarks.push({ kind: "too-many-failures", hostFailures, usable: cluster.hosts.filter(isUsable).length });
  }
  for (const { vm, host, device } of worlds?.open ?? []) remarks.push({ kind: "undeclared-sub-id", vm, host, device: device.address });
  const unknown = worlds ? batch.unsettled : [...batch.unsettled, "there are too many ways to complete the undeclared sub-ids"];
  const merged = mergeWorlds((worlds?.hosts ?? [cluster.hosts]).map((hosts) => judgeWorld(batchIn(hosts), hosts, rules, hostFailures, options)));
  return { name: cluster.name, ...doubted(merged, batch, unknown), remarks };
}

/** `-n` where HA is off judges as if it were on with admission control disabled. */
function withHa(cluster: Cluster, hostFailures: number | undefined): Cluster {
  if (cluster.ha || hostFailures === undefined) return cluster;
  const ha: HaSettings = { hostFailuresToTolerate: hostFailures, admissionControl: "disabled", defaultRestartPriority: "medium" };
  return { ...cluster, ha };
}

/** One world: every sub-id in play is declared. */
function judgeWorld(batch: Batch, hosts: readonly Host[], { inForce, unknownRules }: Unsettled, hostFailures: number, options: JudgeOptions): World {
  const transition = new Transition(compile(batch, hosts, inForce));
  const limit = options.maxWork ?? DEFAULT_WORK;
  const power = judgePowerOn(transition, inForce, new Budget(limit));
  const { failover, judge } = judgeFailover(power, transition, batch.cluster, hostFailures, unknownRules, new Budget(limit));
  const admission = admissionOf(batch);
  const placements = power.drawn?.placements ?? runningPlacements(batch);
  const after = failover.worstCase && judge ? afterFailure(failover.worstCase, judge, transition) : undefined;
  const { worstCase, ...rest } = failover;
  return {
    powerOn: power.powerOn,
    failover: { ...rest, ...(worstCase ? { worst: { hosts: worstCase.hosts, off: worstCase.vms } } : {}) },
    ...(admission ? { admissionControl: admission } : {}),
    capacity: capacityRows(changedHosts(batch, hosts), placements, after),
    useless: worstCase && worstCase.vms.length > 0 && after ? devicesIn(hosts, after.stranded) : [],
    placements,
  };
}

function devicesIn(hosts: readonly Host[], keys: ReadonlySet<string>): World["useless"] {
  return hosts.flatMap((host) =>
    host.devices.flatMap((device) => (keys.has(deviceKey(host.name, device)) ? [{ host: host.name, address: device.address }] : [])),
  );
}

function judgeFailover(
  power: PowerOnResult,
  transition: Transition,
  { ha }: Cluster,
  hostFailures: number,
  unknownRules: readonly string[],
  budget: Budget,
): { readonly failover: Failover & { worstCase?: ReturnType<FailoverJudge["judge"]>["worst"] }; readonly judge?: FailoverJudge } {
  if (!ha) return { failover: { hostFailures, verdict: "not-judged", why: ["HA is off"] } };
  if (unknownRules.length > 0) {
    return { failover: { hostFailures, verdict: "unknown", why: unknownRules.map((rule) => `it is not known whether ${rule} binds`) } };
  }
  const impossible = power.powerOn.verdict === "impossible";
  const judge = new FailoverJudge(transition, impossible ? runningGround(transition) : batchGround(transition, power), budget);
  const { worst: worstCase, why, verdict, dependsOn, tolerates } = judge.judge(hostFailures);
  const found = { ...(worstCase ? { worstCase } : {}), ...(tolerates === undefined ? {} : { tolerates }) };
  if (impossible) {
    return { failover: { hostFailures, verdict: "not-judged", why: ["not every VM can power on; worst and tolerates speak of the running VMs"], ...found }, judge };
  }
  return { failover: { hostFailures, verdict, ...(dependsOn ? { dependsOn } : {}), ...found, ...(why === undefined ? {} : { why: [why] }) }, judge };
}

/** The running VMs alone, with every device change applied. */
function runningGround(transition: Transition): Ground {
  const base = settledState(transition, ["set-device"]);
  return { base, batch: [], placements: () => [base], samples: [base], firm: true };
}

/**
 * The batch wherever it may be: what it gives up is given up in the end, whenever that was. Releases come first, so that a
 * device that some order lets the plan disable is disabled: the base never has more than a placement leaves.
 */
function batchGround(transition: Transition, { placements, samples }: PowerOnResult): Ground {
  const { steps, classes } = transition.problem;
  const batch = steps.flatMap(({ kind, vmClass, size }) => (kind === "power-on" ? [{ vmClass: classes[vmClass!]!, count: size }] : []));
  return {
    base: settledState(transition, ["release", "set-device"]),
    batch,
    placements,
    samples,
    firm: !steps.some(({ kind }) => kind === "set-device"),
  };
}

/** The initial state after all steps of these kinds, one kind after the other. */
function settledState(transition: Transition, kinds: readonly string[]): State {
  const steps = kinds.flatMap((wanted) => transition.problem.steps.filter(({ kind }) => kind === wanted));
  return steps.reduce((state, step) => transition.outcomes(state, step)[0]!.state, transition.initial());
}

/** Section 7, with the whole batch on. */
function admissionOf({ cluster, occupants, jobs }: Batch): AdmissionControl | undefined {
  const check = admissionControl(cluster);
  if (!check) return undefined;
  const usable = new Set(cluster.hosts.filter(isUsable).map(({ name }) => name));
  const released = new Set(jobs.map(({ releases }) => releases));
  const staying = occupants.filter(({ vm }) => usable.has(vm.host) && !released.has(vm)).map(({ spec }) => spec);
  return check([...staying, ...jobs.flatMap(({ spec }) => spec ?? [])].map(counted));
}

function runningPlacements({ occupants }: Batch): ClusterJudgement["placements"] {
  const all = occupants.map(({ vm, spec }) => ({ vm: spec.id, host: vm.host, devices: vm.devices, running: true }));
  return all.sort((a, b) => (a.vm < b.vm ? -1 : 1));
}

/** The hosts with the plan's device changes applied: what the report draws and counts. */
function changedHosts({ deviceEvents }: Batch, hosts: readonly Host[]): readonly Host[] {
  if (deviceEvents.length === 0) return hosts;
  return hosts.map((host) => ({
    ...host,
    devices: host.devices.map((device) => {
      const event = deviceEvents.find((candidate) => candidate.host === host.name && candidate.device.address === device.address);
      return event ? { ...event.changed, id: device.id } : device;
    }),
  }));
}

/** What is left of a judgement when some of what it rests on is not known: `impossible` stays where nothing can make room. */
function doubted(world: World, { opaque }: Batch, unknown: readonly string[]): World {
  if (opaque.length === 0 && unknown.length === 0) return world;
  const why = [...unknown, ...opaque.map(({ vm, why: reason }) => `${vm}: ${reason}`)];
  const { powerOn, failover } = world;
  if (unknown.length === 0 && powerOn.verdict === "impossible") return { ...world, powerOn: { ...powerOn, complete: false } };
  const { canBeLeftOff, failing } = unknown.length === 0 ? powerOn : { canBeLeftOff: [], failing: undefined };
  const doubtful: Failover =
    failover.verdict === "not-judged" && powerOn.verdict !== "impossible" ? failover : { hostFailures: failover.hostFailures, verdict: "unknown", why };
  return {
    ...world,
    powerOn: { verdict: "unknown", canBeLeftOff, complete: false, ...(failing ? { failing } : {}), why: [...(powerOn.why ?? []), ...why] },
    failover: doubtful,
  };
}
