import { ClusterJudgement, clusterOf, Inventory, Judgement, Plan, PLAN_ACTIONS, PlanVm, Report, resolveRequests, Verdict } from "../model";

/** Proven short of the best beats unknown, which beats fits; `not-judged` is neutral (contract, section 4). */
export function verdictOf(plan: Plan, inventory: Inventory, judgement: Judgement): Report["verdict"] {
  const verdicts = judgement.clusters.flatMap(bothVerdicts);
  if (verdicts.some((verdict) => MEANING[verdict] === "does-not-fit")) return "does-not-fit";
  // Not known in full, but a VM that some order leaves off is proved.
  if (judgement.clusters.some(({ powerOn }) => powerOn.canBeLeftOff.length > 0)) return "does-not-fit";
  if (verdicts.some((verdict) => MEANING[verdict] === "unknown")) return "unknown";
  return plan.vms.some((vm) => isOutsideEveryJudgement(vm, plan, inventory)) ? "unknown" : "fits";
}

export function bothVerdicts({ powerOn, failover }: ClusterJudgement): readonly Verdict[] {
  return [powerOn.verdict, failover.verdict];
}

/** A verdict that keeps the gate shut unless the cluster accepts it. */
export function isShortOfTheBest(verdict: Verdict): boolean {
  return MEANING[verdict] !== "fits";
}

const MEANING: Record<Verdict, Report["verdict"]> = {
  guaranteed: "fits",
  survives: "fits",
  "not-judged": "fits",
  "order-dependent": "does-not-fit",
  impossible: "does-not-fit",
  "placement-dependent": "does-not-fit",
  fails: "does-not-fit",
  unknown: "unknown",
};

/**
 * A VM that asks, or may ask, for devices in a cluster that no inventory declares: no cluster's judgement speaks of it.
 * One whose cluster is not known makes the clusters that it could be in unknown, so it is here only where there are none,
 * or where some VMs of which the same is not known are surely in no declared one.
 */
export function isOutsideEveryJudgement(vm: PlanVm, plan: Plan, inventory: Inventory): boolean {
  const { stays, isEvent } = PLAN_ACTIONS[vm.action];
  if (!stays || !isEvent) return false;
  const place = clusterOf(vm, plan, inventory);
  if (place.kind === "declared" || (place.kind === "unknown" && inventory.clusters.length > 0 && !place.hasUndeclared)) return false;
  const { requests } = resolveRequests(vm, undefined, inventory);
  return !requests.known || requests.value.length > 0;
}
