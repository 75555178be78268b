import { Cluster } from "../../model";
import { VmSpec } from "../constraints/vm-spec";

/** P1: DRS is on and partially or fully automated. */
export function isAutomated({ drs }: Cluster, override?: VmSpec["drs"]): boolean {
  const { enabled, automationLevel } = override ?? drs;
  return drs.enabled && enabled && automationLevel !== "manual";
}

/** DRS may move a VM by itself (F2, `--defrag movable`). */
export function isFullyAutomated(cluster: Cluster, override: VmSpec["drs"]): boolean {
  return isAutomated(cluster, override) && (override ?? cluster.drs).automationLevel === "fullyAutomated";
}
