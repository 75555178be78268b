import { Cluster, ClusterJudgement, Inventory, Judgement, Limit, PlanVm, Remark, isUsable, groupBy, listing, once } from "../model";
import { Batch } from "./compile/batch";
import { PlanIndex } from "./compile/plan-index";
import { Problem } from "./compile/problem";
import { atEnd, withDeclaredIds } from "./ending";
import { judgeWorld } from "./judge-world";
import { judgeSelections } from "./possible-members";
import { Prepared } from "./prepared";
import { Question } from "./question";
import { World, mergeWorlds } from "./worlds";

/**
 * Judges a prepared question (semantics, sections 2 to 7): every cluster of the inventory, sorted by name. Pure, deterministic, no
 * clock. What was judged of a cluster is not judged again where a changed question shares it.
 */
export function judge(prepared: Prepared): Judgement {
  const { index, inventory } = prepared;
  const judged: ClusterJudgement[] = [];
  const starting = new Set<string>();
  // A cluster whose VMs wait for another's comes after it.
  for (const cluster of inOrder(inventory, index)) {
    const judgement = judgeQuestion(prepared.questionOf(cluster, (vm) => starting.has(vm)));
    judged.push(judgement);
    if (judgement.powerOn.verdict !== "guaranteed") continue;
    for (const { address } of index.vmsIn(cluster)) if (index.clusterOfAddress(address) === cluster) starting.add(address);
  }
  return { clusters: byName(judged) };
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

const judgeQuestion = once((question: Question): ClusterJudgement => {
  return judgeSelections(question.possible, (present) => {
    const asked = present.length === 0 ? question : question.withMembers(present);
    return { judgement: judgeBatch(asked), areWeightless: () => asked.worlds.every(({ problem }) => areWeightless(present, problem())) };
  });
});

/** The question of those that are in the batch. */
function judgeBatch(question: Question): ClusterJudgement {
  const { cluster, batch, worlds, differ, tooMany, areOrders, between, unordered, onlyIfBest } = question;
  const judged = worlds.map((each) => judgeWorld(each, question));
  const merged = mergeWorlds(judged, { differ, areOrders });
  const isBetween = between !== undefined && merged.powerOn.verdict === "guaranteed";
  const doubts = [
    ...batch.unsettled,
    ...tooMany,
    ...(isBetween ? [between] : []),
    ...(merged.powerOn.verdict === "guaranteed" ? [] : onlyIfBest),
  ];
  const world = withOpenFailover(doubted(merged, batch, doubts), onlyIfBest);
  const { ending: _, limits, ...found } = world;
  const verdicts = new Set(judged.map(({ powerOn }) => powerOn.verdict));
  const loose = verdicts.size > 1 || isBetween ? unordered.map((change): Remark => ({ kind: "not-ordered", change })) : [];
  const ended = { ...batch, cluster: withDeclaredIds((worlds[0]!.atEnd ?? worlds[0]!).batch.cluster, cluster) };
  return { name: cluster.name, ...found, ...atEnd(world, ended), remarks: [...remarksOf(question), ...loose, ...limits.map(asRemark)] };
}

/** Whether these VMs are powered on, and are only such as take nothing that could run out. */
function areWeightless(vms: readonly PlanVm[], { classes, admission, pools }: Problem): boolean {
  if (admission !== undefined || pools !== undefined) return false;
  const light = classes.filter(({ weightless, occupant }) => weightless && !occupant);
  const members = new Set(light.flatMap((each) => each.members.map(({ id }) => id)));
  return vms.every(({ address }) => members.has(address));
}

function remarksOf({ hostFailures, batch, worlds, open }: Question): Remark[] {
  const { hosts } = (worlds[0]!.atEnd ?? worlds[0]!).batch.cluster;
  const usable = hosts.filter(isUsable).length;
  return [
    ...batch.remarks,
    ...(hostFailures > 0 && worlds[0]!.ha && hostFailures >= usable ? [{ kind: "too-many-failures", hostFailures, usable } as const] : []),
    ...(open ?? []).map(({ vm, host, device }): Remark => ({ kind: "undeclared-sub-id", vm, host, device: device.address })),
    ...(open ? [] : [asRemark({ part: "sub-ids", proved: "nothing" })]),
  ];
}

function asRemark(limit: Limit): Remark {
  return { kind: "limit-reached", ...limit };
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

/**
 * More room can't hurt those that power on in any order, but it can hurt those that restart: where one that is placed on it leaves
 * room to another that is at choice, one that needs just that room finds none.
 */
function withOpenFailover(world: World, why: readonly string[]): World {
  const { failover, maintenance: _, limits, ...rest } = world;
  if (why.length === 0 || failover.verdict === "not-judged" || failover.verdict === "unknown") return world;
  const powerOn = limits.filter(({ part }) => part === "power-on");
  return { ...rest, limits: powerOn, failover: { hostFailures: failover.hostFailures, verdict: "unknown", why } };
}

/** Each reason once, with the VMs that it is about. */
function reasons(opaque: Batch["opaque"]): string[] {
  return [...groupBy(opaque, ({ why }) => why)].map(([why, same]) => `${listing(same.map(({ label }) => label))}: ${why}`);
}
