import { Cluster, PLAN_ACTIONS, PlanVm, SharedDevices, resolveRequests, sharedIn } from "../../model";
import { PlanIndex } from "./plan-index";

/** The VM exists and, as far as is known, runs. */
export function isThere({ action, isOff }: PlanVm): boolean {
  return PLAN_ACTIONS[action].exists && isOff !== true;
}

/** Why nothing can be said of a VM that exists and that the inventory does not run; undefined where it may be left out, or is new. */
export function whyNotRun(vm: PlanVm, cluster: Cluster, index: PlanIndex): string | undefined {
  if (!isThere(vm) || index.runsElsewhere(vm, cluster) || !mayHaveDevices(vm, cluster, index)) return undefined;
  const stale = cluster.origin === undefined ? "" : ", which is stale";
  return `the plan says that it exists, but the inventory does not run it${stale}`;
}

export function mayHaveDevices(vm: PlanVm, cluster: Cluster, { inventory }: PlanIndex): boolean {
  const { requests } = resolveRequests(vm, cluster, inventory);
  return !requests.known || requests.value.length > 0;
}

/** Why nothing can be said of a VM that has what the specification does not judge (M10). */
export function whyUnjudged(vm: SharedDevices): string | undefined {
  const shared = sharedIn(vm);
  return shared === undefined ? undefined : `it has ${shared}, which is not judged`;
}
