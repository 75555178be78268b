import { Cluster, ClusterJudgement, HaSettings, Host, Inventory, Plan, Remark, clusterOf, isUsable, listing } from "../model";
import { Batch, batchOf } from "./compile/batch";
import { inForceFor } from "./compile/in-force";
import { judgeWorld, runningPlacements } from "./judge-world";
import { JudgeOptions } from "./options";
import { assignments } from "./compile/undeclared";
import { World, mergeWorlds } from "./worlds";

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
  const rules = inForceFor(batch, plan);
  const worlds = assignments(batch);
  const remarks: Remark[] = [...batch.remarks];
  if (hostFailures > 0 && cluster.ha && hostFailures >= cluster.hosts.filter(isUsable).length) {
    remarks.push({ kind: "too-many-failures", hostFailures, usable: cluster.hosts.filter(isUsable).length });
  }
  for (const { vm, host, device } of worlds?.open ?? []) remarks.push({ kind: "undeclared-sub-id", vm, host, device: device.address });
  const unknown = worlds ? batch.unsettled : [...batch.unsettled, "there are too many ways to complete the undeclared sub-ids"];
  const merged = mergeWorlds((worlds?.hosts ?? [cluster.hosts]).map((hosts) => judgeWorld(batchIn(hosts), hosts, rules, hostFailures, options)));
  const world = doubted(merged, batch, unknown);
  const placements = world.powerOn.succeeding ? world.placements : runningPlacements(batch);
  return { name: cluster.name, ...world, placements, remarks };
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
  const { maintenance: _, ...rest } = world;
  return {
    ...rest,
    capacity: world.capacity.map(({ freeAfterWorstFailure: _after, stranded: _stranded, ...row }) => row),
    useless: [],
    powerOn: { verdict: "unknown", ...shown, why },
    failover: isOff ? failover : { hostFailures: failover.hostFailures, verdict: "unknown", why: ["it is not known whether every VM powers on"] },
  };
}

/** Each reason once, with the VMs that it is about. */
function reasons(opaque: Batch["opaque"]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { label, why } of opaque) byReason.set(why, [...(byReason.get(why) ?? []), label]);
  return [...byReason].map(([why, labels]) => `${listing(labels)}: ${why}`);
}
