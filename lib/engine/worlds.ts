import { ClusterJudgement, Failover, Limit, PowerOn, WorstFailure } from "../model";
import { Ending } from "./ending";

/** A judgement of one way in which the undeclared may be. */
export interface World extends Omit<ClusterJudgement, "name" | "capacity" | "hosts" | "remarks"> {
  readonly ending: Ending;
  readonly limits: readonly Limit[];
}

/** M4: a verdict is given where it is the same in every world, else `why` it is not; what differs otherwise is not told. */
export function mergeWorlds(
  worlds: readonly World[],
  { differ: why, areOrders }: { readonly differ: string; readonly areOrders: boolean },
): World {
  const [first, ...others] = worlds;
  if (!first) throw new Error("there is always a world");
  if (others.length === 0) return first;
  const { maintenance, ...rest } = first;
  const sameMaintenance = worlds.every((world) => JSON.stringify(world.maintenance) === JSON.stringify(maintenance));
  return {
    ...rest,
    ...(maintenance && sameMaintenance ? { maintenance } : {}),
    powerOn: (areOrders && byOrder(worlds)) || mergePowerOn(worlds, why),
    failover: mergeFailover(worlds, why),
    limits: [...new Map(worlds.flatMap(({ limits }) => limits.map((limit) => [limit.part, limit] as const))).values()],
  };
}

/** What is legal in one world is legal: some order leaves VMs off, and some does not. Undefined where no world differs. */
function byOrder(worlds: readonly World[]): PowerOn | undefined {
  const all = worlds.map(({ powerOn }) => powerOn);
  if (new Set(all.map(({ verdict }) => verdict)).size === 1 || all.some(({ verdict }) => verdict === "unknown")) return undefined;
  const failing = all.find((each) => each.failing !== undefined)?.failing;
  const succeeding = all.find((each) => each.succeeding !== undefined)?.succeeding;
  if (!failing || !succeeding) return undefined;
  const canBeLeftOff = [...new Set(all.flatMap((each) => each.canBeLeftOff))].sort();
  return { verdict: "order-dependent", canBeLeftOff, complete: false, failing, succeeding };
}

type Verdicts = Pick<World, "powerOn" | "failover">;

export function mergePowerOn(worlds: readonly Verdicts[], why: string): PowerOn {
  const all = worlds.map(({ powerOn }) => powerOn);
  const first = all[0]!;
  const canBeLeftOff = first.canBeLeftOff.filter((vm) => all.every((other) => other.canBeLeftOff.includes(vm)));
  const same = all.every((other) => other.canBeLeftOff.length === canBeLeftOff.length);
  const complete = same && all.every((other) => other.complete);
  if (all.every(({ verdict }) => verdict === first.verdict)) return { ...first, canBeLeftOff, complete };
  return { verdict: "unknown", canBeLeftOff, complete, why: [why] };
}

export function mergeFailover(worlds: readonly Verdicts[], reason: string): Failover {
  const all = worlds.map(({ failover }) => failover);
  const first = all[0]!;
  const { hostFailures, verdict, dependsOn, worst, failing, tolerates, why } = first;
  const agree = (part: (failover: Failover) => unknown): boolean =>
    all.every((other) => JSON.stringify(part(other)) === JSON.stringify(part(first)));
  if (!agree((failover) => failover.verdict)) return { hostFailures, verdict: "unknown", why: [reason] };
  const sameOff = worlds.every(({ powerOn }) => JSON.stringify(powerOn.canBeLeftOff) === JSON.stringify(worlds[0]!.powerOn.canBeLeftOff));
  return {
    hostFailures,
    verdict,
    ...(dependsOn && agree((failover) => failover.dependsOn) ? { dependsOn } : {}),
    ...(worst && sameOff && agree(({ worst: each }) => each && withoutReasons(each))
      ? { worst: agree((failover) => failover.worst) ? worst : withoutReasons(worst) }
      : {}),
    ...(failing && sameOff && agree(({ failing: each }) => each && withoutReasons(each))
      ? { failing: agree((failover) => failover.failing) ? failing : withoutReasons(failing) }
      : {}),
    ...(tolerates !== undefined && sameOff && agree((failover) => failover.tolerates) ? { tolerates } : {}),
    ...(why && agree((failover) => failover.why) ? { why } : {}),
  };
}

function withoutReasons<T extends WorstFailure>({ refused: _, ...failure }: T): Omit<T, "refused"> {
  return failure;
}
