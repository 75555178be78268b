import { Case } from "./generate";
import { value } from "./problem";

/**
 * Where the engine is known to be wrong about `tolerates`, until it is mended: beyond the N that is asked about, where a VM is bound
 * to its host or a device is disabled. Each has a failing row in regressions.test.ts.
 */
export function isToleranceOpen({ plan, cluster }: Case): boolean {
  const bound = cluster.vms.some((vm) => vm.static) || plan.vms.some(({ carriers }) => carriers.static);
  const picks = !cluster.drs.enabled || cluster.drs.automationLevel === "manual" || cluster.vms.some(({ drs }) => drs);
  const disables = plan.deviceChanges.some(({ enabled }) => enabled && !value(enabled));
  return bound || picks || disables || plan.rules.some(({ kind }) => kind === "vm-host-affinity" || kind === "vm-host-anti-affinity");
}
