import { Case } from "./generate";

/**
 * Where the engine is known to be wrong about `tolerates`, until it is mended: beyond the N that is asked about, where a VM is bound
 * to its host, or devices or rules change. Each has a failing row in regressions.test.ts.
 */
export function isToleranceOpen({ plan, cluster }: Case): boolean {
  const bound = cluster.vms.some((vm) => vm.static) || plan.vms.some(({ carriers }) => carriers.static);
  const picks = !cluster.drs.enabled || cluster.drs.automationLevel === "manual" || cluster.vms.some(({ drs }) => drs);
  return bound || picks || plan.deviceChanges.length > 0 || plan.rules.length > 0;
}
