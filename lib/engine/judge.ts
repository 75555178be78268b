import {
  Cluster,
  ClusterJudgement,
  Device,
  HaSettings,
  Host,
  Inventory,
  Plan,
  Remark,
  deviceKey,
  hostsAtEnd,
  isUsable,
  listing,
} from "../model";
import { Batch, batchOf } from "./compile/batch";
import { inForceFor } from "./compile/in-force";
import { PlanIndex } from "./compile/plan-index";
import { judgeWorld, runningEnding } from "./judge-world";
import { JudgeOptions } from "./compile/judge-options";
import { assignments } from "./compile/undeclared";
import { capacityRows } from "./witness/capacity";
import { World, mergeWorlds } from "./worlds";

/** Every cluster of the inventory, sorted by name. A cluster whose VMs wait for another's comes after it. */
export function judgeClusters(plan: Plan, inventory: Inventory, options: JudgeOptions): ClusterJudgement[] {
  const index = new PlanIndex(plan, inventory);
  const judged: ClusterJudgement[] = [];
  const settled = new Set<string>();
  for (const cluster of inOrder(inventory, index)) {
    const judgement = judgeCluster(cluster, index, settled, options);
    judged.push(judgement);
    if (judgement.powerOn.verdict !== "guaranteed") continue;
    for (const { address } of index.vmsIn(cluster)) if (index.clusterOfAddress(address) === cluster) settled.add(address);
  }
  return byName(judged);
}

/** By name, but each after those that it waits for; where clusters wait for each other, one of them has to come first. */
function inOrder({ clusters }: Inventory, index: PlanIndex): ReadonlySet<Cluster> {
  const ordered = new Set<Cluster>();
  const entered = new Set<Cluster>();
  const open = byName(clusters).reverse();
  for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
    const before = entered.has(next) ? [] : [...index.waitsFor(next)].filter((other) => !entered.has(other) && other !== next);
    entered.add(next);
    if (before.length === 0) ordered.add(open.pop()!);
    else open.push(...byName(before).reverse());
  }
  return ordered;
}

function byName<T extends { readonly name: string }>(named: readonly T[]): T[] {
  return [...named].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function judgeCluster(declared: Cluster, index: PlanIndex, settled: ReadonlySet<string>, options: JudgeOptions): ClusterJudgement {
  const cluster = withHa(declared, options.hostFailures);
  const batchIn = (hosts: readonly Host[]): Batch => {
    const found = batchOf(declared, hosts, index, settled);
    return { ...found, cluster: { ...cluster, hosts } };
  };
  const batch = batchIn(cluster.hosts);
  const hostFailures = options.hostFailures ?? cluster.ha?.hostFailuresToTolerate ?? 0;
  const rules = inForceFor(batch, index);
  const worlds = assignments(batch);
  const remarks: Remark[] = [...batch.remarks];
  if (hostFailures > 0 && cluster.ha && hostFailures >= cluster.hosts.filter(isUsable).length) {
    remarks.push({ kind: "too-many-failures", hostFailures, usable: cluster.hosts.filter(isUsable).length });
  }
  for (const { vm, host, device } of worlds?.open ?? []) remarks.push({ kind: "undeclared-sub-id", vm, host, device: device.address });
  const unknown = worlds ? batch.unsettled : [...batch.unsettled, "there are too many ways to complete the undeclared sub-ids"];
  const judgeIn = (hosts: readonly Host[]): World => {
    return judgeWorld(hosts === cluster.hosts ? batch : batchIn(hosts), hosts, rules, hostFailures, options);
  };
  const merged = mergeWorlds((worlds?.hosts ?? [cluster.hosts]).map(judgeIn));
  const world = doubted(merged, batch, unknown);
  const { ending: _, limits, ...found } = world;
  if (!worlds) remarks.push({ kind: "limit-reached", part: "sub-ids", proved: "nothing" });
  for (const limit of limits) remarks.push({ kind: "limit-reached", ...limit });
  return { name: cluster.name, ...found, ...atEnd(world, batch), remarks };
}

/** The hosts as they end, and what is counted from them. */
function atEnd({ powerOn, failover, ending }: World, batch: Batch): Pick<ClusterJudgement, "capacity" | "hosts"> {
  const { placements, refused } = powerOn.succeeding ? ending : runningEnding(batch);
  // What is free after the worst failure is told of one that is named.
  const after = failover.worst && ending.worst;
  const stranded = failover.worst && failover.worst.off.length > 0 ? ending.worst?.stranded : undefined;
  const hosts = hostsAtEnd(changedHosts(batch, refused), placements, stranded);
  return { capacity: capacityRows(hosts, after), hosts };
}

/** The hosts with the device changes that take effect. */
function changedHosts({ cluster, deviceEvents }: Batch, refused: ReadonlySet<string>): readonly Host[] {
  const applied = deviceEvents.filter(({ id }) => !refused.has(id));
  if (applied.length === 0) return cluster.hosts;
  const changed = new Map(applied.map((event) => [deviceKey(event.host, event.device.address), event.changed]));
  const asItEnds = (host: Host, device: Device): Device => changed.get(deviceKey(host.name, device.address)) ?? device;
  return cluster.hosts.map((host) => ({ ...host, devices: host.devices.map((device) => asItEnds(host, device)) }));
}

/** `-n` where HA is off judges as if it were on with admission control disabled. */
function withHa(cluster: Cluster, hostFailures: number | undefined): Cluster {
  if (cluster.ha || hostFailures === undefined) return cluster;
  const ha: HaSettings = { hostFailuresToTolerate: hostFailures, admissionControl: "disabled", defaultRestartPriority: "medium" };
  return { ...cluster, ha };
}

/** What is left of a judgement when some of what it rests on is not known: `impossible` stays where nothing can make room. */
function doubted(world: World, { opaque, waitsForOpaque }: Batch, unknown: readonly string[]): World {
  if (opaque.length === 0 && unknown.length === 0) return world;
  const { powerOn, failover } = world;
  const nothingMakesRoom = unknown.length === 0 && opaque.every(({ mayRelease }) => !mayRelease);
  // What is not known can come last, so that a sequence without it holds; not so where others wait for it.
  const { canBeLeftOff, failing } = nothingMakesRoom && !waitsForOpaque ? powerOn : { canBeLeftOff: [], failing: undefined };
  const shown = { canBeLeftOff, complete: false, ...(failing ? { failing } : {}) };
  if (nothingMakesRoom && powerOn.verdict === "impossible") return { ...world, powerOn: { verdict: "impossible", ...shown } };
  const why = [...(powerOn.why ?? []), ...unknown, ...reasons(opaque)];
  const isOff = failover.verdict === "not-judged" && powerOn.verdict !== "impossible";
  const { maintenance: _, limits, ...rest } = world;
  return {
    ...rest,
    // What is not told for another reason needs no limit to be raised.
    limits: limits.filter(({ part }) => part === "power-on"),
    powerOn: { verdict: "unknown", ...shown, why },
    failover: isOff
      ? failover
      : { hostFailures: failover.hostFailures, verdict: "unknown", why: ["it is not known whether every VM powers on"] },
  };
}

/** Each reason once, with the VMs that it is about. */
function reasons(opaque: Batch["opaque"]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { label, why } of opaque) byReason.set(why, [...(byReason.get(why) ?? []), label]);
  return [...byReason].map(([why, labels]) => `${listing(labels)}: ${why}`);
}
