import { Cluster, ClusterChange, Remark, ResourcePool, once, poolOf } from "../../model";
import { Concern, Effect, Outcome, Outcomes } from "../settings/outcome";
import { outcomesOf } from "../settings/outcomes";
import { poolTree } from "../settings/pool-tree";
import { Batch } from "./batch";
import { Job } from "./job";
import { PlanIndex } from "./plan-index";
import { takenHosts } from "./stand-ins";

/** One way in which the plan's changes of the cluster (O9) may be when VMs power on, and when the plan is done. */
export interface Moment {
  readonly atPowerOn: Effect;
  readonly atEnd: Effect;
}

export interface Moments {
  /** One where the plan changes nothing. */
  readonly list: readonly Moment[];
  /** Why the cluster may change in a way that can't be followed. */
  readonly unsettled: readonly string[];
  /** Changes that nothing orders before or after the VMs that they are about. */
  readonly unordered: readonly string[];
  /** Each moment is a legal order by itself: where verdicts differ, the order decides. */
  readonly areOrders: boolean;
  /** Why another verdict than the best is not known. */
  readonly onlyIfBest: readonly string[];
  /** Why a change between two power-ons is not judged by judging it before and after all of them. */
  readonly between?: string;
  readonly remarks: readonly Remark[];
}

/** Ways that are judged one by one. */
const MOST_MOMENTS = 64;

/** When each change of the plan can happen, and how it can go. `batch` has the cluster as the inventory declares it. */
export function momentsOf(declared: Cluster, index: PlanIndex, batch: Batch): Moments {
  const unsettled: string[] = [];
  const onlyIfBest: string[] = [];
  const timed: Timed[] = [];
  const found = (index.plan.clusterChanges ?? []).map((change) => ({
    change,
    outcomes: outcomesOf(change, declared, index.plan, index.inventory, index.runningName),
  }));
  const pools = poolsWith(
    declared,
    found.map(({ outcomes }) => outcomes),
  );
  const concerns = concernOf(pools, index);
  for (const { change, outcomes } of found) {
    if (outcomes.kind === "unknown" && matters(outcomes.whom, declared, batch, concerns))
      unsettled.push(`${change.address}: ${outcomes.why}`);
    if (outcomes.kind !== "known") continue;
    timed.push(timedOf(change, outcomes, declared, batch, index, concerns));
    if (outcomes.onlyIfBest === undefined) continue;
    (isTakenForAll(batch, index) ? onlyIfBest : unsettled).push(`${change.address}: ${outcomes.onlyIfBest}`);
  }
  // What is replaced goes before it comes, whatever else happens.
  timed.sort((a, b) => Number(b.deletes) - Number(a.deletes));
  const unordered = timed.filter(({ when, matters: isFelt }) => when === "any" && isFelt);
  const list = combined(timed);
  const between = unordered.map((each) => whyNotBetween(each, batch, index)).find((why) => why !== undefined);
  return {
    list: list ?? [{ atPowerOn: (cluster) => cluster, atEnd: (cluster) => cluster }],
    unsettled: list ? unsettled : [...unsettled, "there are too many ways in which the plan's changes of the cluster can go"],
    unordered: unordered.map(({ id }) => id),
    areOrders: timed.every(({ isFree, outcomes, when }) => outcomes.length === 1 && (when !== "any" || isFree)),
    onlyIfBest,
    ...(between !== undefined && { between }),
    remarks: timed.flatMap(({ remarks }) => remarks),
  };
}

/**
 * Whether more room can only help: whoever is on a host that is added leaves the others as they can also be before it starts. That
 * needs VMs that start in any order, give up nothing before, and don't have to be where another is.
 */
function isTakenForAll({ jobs, cluster }: Batch, { plan }: PlanIndex): boolean {
  const starting = jobs.filter(({ spec }) => spec !== undefined);
  const isTied =
    cluster.vmRules.some(({ mandatory, type }) => mandatory && type === "together") ||
    plan.rules.some(({ kind }) => kind === "vm-affinity");
  return !isTied && !isChained(starting, jobs);
}

/** Some of those that start wait for another, or give up something first. */
function isChained(starting: readonly Job[], jobs: readonly Job[]): boolean {
  const ids = new Set(jobs.map((job) => job.id));
  return starting.some(
    ({ after, afterStacks, releases }) => releases !== undefined || [...after, ...afterStacks].some((each) => ids.has(each)),
  );
}

/** The pools that are declared, and those of the plan as it leaves them. */
function poolsWith(declared: Cluster, all: readonly Outcomes[]): readonly ResourcePool[] {
  const changed = all.flatMap((outcomes) =>
    outcomes.kind === "known" && outcomes.whom.of === "pools"
      ? outcomes.outcomes.flatMap(({ atEnd }) => atEnd(declared).resourcePools)
      : [],
  );
  return changed.length === 0 ? declared.resourcePools : [...new Set([...declared.resourcePools, ...changed])];
}

type Concerns = (whom: Concern, job: Job) => boolean;

/** Whether a change is about a power-on. A pool is felt in all pools that have something to share with it. */
function concernOf(pools: readonly ResourcePool[], index: PlanIndex): Concerns {
  const treeOf = once((names: ReadonlySet<string>) => poolTree(names, pools));
  return (whom, { id, spec, releases, action }) => {
    switch (whom.of) {
      case "everyone":
        return true;
      case "named":
        return spec !== undefined && (whom.vms.has(spec.id) || whom.vms.has(spec.name));
      case "pools": {
        const vm = index.vmAt(id);
        const place = vm && poolOf(vm, pools);
        if (place?.known === false) return true;
        // Of a pool that is deleted, or whose bounds are not known, there may be nothing but the name.
        const path = vm?.resourcePool?.known ? vm.resourcePool.value.path : [];
        const names = [spec?.resourcePool, place?.value?.pool?.name, ...path];
        const tree = treeOf(whom.pools);
        return names.some((name) => name !== undefined && tree.has(name));
      }
      case "existing":
        return releases !== undefined && action === "reboot";
      case "nobody":
        return false;
    }
  };
}

interface Timed {
  readonly id: string;
  readonly outcomes: readonly Outcome[];
  readonly how?: "takes hosts" | "sets DRS";
  readonly deletes: boolean;
  /** Before all power-ons that it is about, after them, or at any time. */
  readonly when: "first" | "any" | "last";
  /** No power-on that it is about waits for it, and it waits for none. */
  readonly isFree: boolean;
  /** A VM that powers on can tell. */
  readonly matters: boolean;
  /** A VM with devices may keep it from happening. */
  readonly isRefusable: boolean;
  readonly remarks: readonly Remark[];
}

function timedOf(
  change: ClusterChange,
  { outcomes, whom, how }: Outcomes & { readonly kind: "known" },
  declared: Cluster,
  batch: Batch,
  index: PlanIndex,
  concerns: Concerns,
): Timed {
  const { address: id, action } = change;
  const felt = batch.jobs.filter((job) => job.spec !== undefined && concerns(whom, job));
  const deletes = action === "delete";
  // What is there already was there before; what is destroyed waits for nothing that is new.
  const waits = felt.map((job) => !deletes && (job.after.includes(id) || job.afterStacks.includes(id)));
  const earlier = index.earlier(change.stack);
  const precedes = felt.map((job) => !deletes && (change.dependsOn.includes(job.id) || earlier.includes(job.id)));
  const holders = how === "takes hosts" ? holdersOf(outcomes, declared, batch) : [];
  const isHeld = holders.length > 0;
  const isFirst = action === "none" || waits.every(Boolean);
  const when = felt.length === 0 || precedes.every(Boolean) ? "last" : isFirst ? (isHeld ? "any" : "first") : "any";
  return {
    id,
    outcomes,
    ...(how && { how }),
    deletes,
    when: action === "none" ? "first" : when,
    isFree: ![...waits, ...precedes].includes(true),
    matters: felt.length > 0,
    isRefusable:
      how === "takes hosts" && action !== "none" && (isHeld || (when !== "first" && felt.some(({ spec }) => spec!.requests.length > 0))),
    remarks: action === "none" ? [] : holders.map(({ vm, host }): Remark => ({ kind: "host-kept", change: id, vm, host })),
  };
}

/** The VMs with devices that run, and go on running, where a host leaves. */
function holdersOf(outcomes: readonly Outcome[], declared: Cluster, { occupants, jobs }: Batch): readonly { vm: string; host: string }[] {
  const taken = new Set(outcomes.flatMap(({ atEnd }) => takenHosts(declared, atEnd(declared)).map(({ name }) => name)));
  const destroyed = new Set(jobs.flatMap(({ releases, action }) => (releases && action !== "reboot" ? [releases] : [])));
  const staying = occupants.filter(({ vm }) => taken.has(vm.host) && vm.devices.length > 0 && !destroyed.has(vm));
  return staying.map(({ vm, spec }) => ({ vm: spec.id, host: vm.host }));
}

/** Whether what can't be followed decides anything: a power-on, or what restarts. */
function matters(whom: Concern | undefined, { ha }: Cluster, { jobs, occupants }: Batch, concerns: Concerns): boolean {
  const powersOn = jobs.filter(({ spec }) => spec !== undefined);
  if (whom === undefined || whom.of === "everyone") return powersOn.length > 0 || (ha !== undefined && occupants.length > 0);
  if (powersOn.some((job) => concerns(whom, job))) return true;
  if (ha === undefined) return false;
  return whom.of === "nobody" || (whom.of === "pools" && occupants.some(({ spec }) => whom.pools.has(spec.resourcePool ?? "")));
}

const AS_IT_IS: Effect = (cluster) => cluster;

function waysOf({ when, outcomes, how, isRefusable }: Timed): readonly Moment[] {
  const before = outcomes.map(({ atPowerOn, atEnd }): Moment => ({ atPowerOn, atEnd }));
  const after = outcomes.map(({ atEnd }): Moment => ({ atPowerOn: AS_IT_IS, atEnd }));
  const never: readonly Moment[] = how === "takes hosts" && isRefusable ? [{ atPowerOn: AS_IT_IS, atEnd: AS_IT_IS }] : [];
  switch (when) {
    case "first":
      return before;
    case "any":
      return [...before, ...after, ...never];
    case "last":
      return [...after, ...never];
  }
}

/** Undefined where there are too many. What is done by the end is done upon what was done before. */
function combined(timed: readonly Timed[]): readonly Moment[] | undefined {
  let list: readonly Moment[] = [{ atPowerOn: AS_IT_IS, atEnd: AS_IT_IS }];
  for (const each of timed) {
    const ways = waysOf(each);
    list = list.flatMap(({ atPowerOn, atEnd }) =>
      ways.map((way) => ({
        atPowerOn: (cluster: Cluster) => way.atPowerOn(atPowerOn(cluster)),
        atEnd: (cluster: Cluster) => way.atEnd(atEnd(cluster)),
      })),
    );
    if (list.length > MOST_MOMENTS) return undefined;
  }
  return list;
}

/**
 * Whoever powers on before the change may be where those after it can't be. That they all start if they all do before it, and all do
 * after it, follows where leaving out whoever is on a host that goes is a legal order of the rest, and where DRS leaves nobody on
 * another host than the one that is asked for.
 */
function whyNotBetween({ id, how }: Timed, { jobs, cluster }: Batch, index: PlanIndex): string | undefined {
  const starting = jobs.filter(({ spec }) => spec !== undefined);
  const areTied = cluster.vmRules.some(({ mandatory }) => mandatory);
  const isHard =
    how === "takes hosts"
      ? isChained(starting, jobs) || areTied
      : how === "sets DRS" && starting.some((job) => index.vmAt(job.id)?.host !== undefined);
  return isHard && starting.length > 1 ? `${id} may come between two power-ons: nothing orders it before or after them` : undefined;
}
