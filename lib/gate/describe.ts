import { AutomationLevel, Cluster } from "../model";

const LEVELS: Record<AutomationLevel, string> = {
  manual: "manual",
  partiallyAutomated: "partially automated",
  fullyAutomated: "fully automated",
};

export function describeDrs({ drs }: Cluster): string {
  return `${drs.enabled ? LEVELS[drs.automationLevel] : "off"}${drs.declared ? "" : " (assumed)"}`;
}

export function describeHa({ ha }: Cluster): string {
  return ha === undefined ? "off" : `tolerates ${ha.hostFailuresToTolerate}`;
}
