import { Problem } from "../../../lib/engine/compile/problem";
import { Cluster, DeviceChange, PlanVm } from "../../../lib/model";
import { cluster, plan } from "../../reference/notation";
import { compiledOf } from "../compiled";

/** The question of a plan in a cluster. */
export function problemOf(
  of: Partial<Cluster> & Pick<Cluster, "hosts">,
  vms: readonly PlanVm[],
  changes: readonly DeviceChange[] = [],
): Problem {
  return compiledOf(plan(vms, changes), cluster(of)).transition.problem;
}
