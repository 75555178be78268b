import { AutomationLevel, Cluster, PlanCluster } from "../model";

const LEVELS: Record<AutomationLevel, string> = {
  manual: "manual",
  partiallyAutomated: "partially automated",
  fullyAutomated: "fully automated",
};

/** DRS of a cluster as a stack sets it, else as the inventory has it. */
export function describeDrs({ drs }: Cluster, planned?: PlanCluster): string {
  if (planned?.says.drs && planned.drsLevel.known) return planned.drsLevel.value === "off" ? "off" : LEVELS[planned.drsLevel.value];
  return `${drs.enabled ? LEVELS[drs.automationLevel] : "off"}${drs.declared ? "" : " (assumed)"}`;
}

/** The same of HA. */
export function describeHa({ ha }: Cluster, planned?: PlanCluster): string {
  if (planned?.says.ha && planned.haEnabled.known) {
    const { haEnabled, hostFailuresToTolerate: failures } = planned;
    return !haEnabled.value ? "off" : failures.known ? `tolerates ${failures.value}` : "on";
  }
  return ha === undefined ? "off" : `tolerates ${ha.hostFailuresToTolerate}`;
}
