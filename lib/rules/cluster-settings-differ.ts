import { Cluster, declaredAs, HaSettings, Maybe, PlanCluster } from "../model";
import { resourcePlace } from "./facts/facts";
import { Rule } from "./rule";

export const clusterSettingsDiffer: Rule = {
  id: "cluster-settings-differ",
  severity: "warning",
  title: "a stack sets DRS or HA of a cluster otherwise than the inventory declares",
  explanation:
    "The stack's vsphere_compute_cluster gives the cluster other settings than the inventory declares. VMs that depend on it are judged " +
    "with the stack's, others with both, and failover with the stack's. The vSphere provider turns DRS and HA off where nothing is said.",
  fix: "declare in the inventory what the stack sets, or set in the stack what the inventory declares",
  check: ({ plan, inventory }) =>
    (plan.clusters ?? []).flatMap((planned) => {
      const declared = declaredAs(planned, plan, inventory);
      const differences = declared === undefined ? [] : differencesOf(planned, declared);
      if (declared === undefined || differences.length === 0) return [];
      return [{ cluster: declared.name, ...resourcePlace(planned), message: `${declared.name}: ${differences.join("; ")}` }];
    }),
};

type Setting = string | number;

/** Each in words; what is not known in the stack differs from nothing. */
function differencesOf(planned: PlanCluster, { drs, ha }: Cluster): readonly string[] {
  const differences = difference("DRS", planned.drsLevel, drs.enabled ? drs.automationLevel : "off");
  const { haEnabled } = planned;
  if (!haEnabled.known) return differences;
  if (haEnabled.value !== (ha !== undefined)) return [...differences, inWords("HA", onOrOff(haEnabled.value), onOrOff(ha !== undefined))];
  return ha === undefined ? differences : [...differences, ...haDifferences(planned, ha)];
}

function haDifferences(planned: PlanCluster, ha: HaSettings): readonly string[] {
  const { admissionControl: policy } = planned;
  const common = difference("the restart priority", planned.defaultRestartPriority, ha.defaultRestartPriority);
  if (!policy.known) return common;
  if (policy.value !== ha.admissionControl) return [...common, inWords("admission control", policy.value, ha.admissionControl)];
  switch (policy.value) {
    case "resourcePercentage":
      return [...common, ...tolerance(planned, ha), ...percentages(planned, ha)];
    case "slotPolicy":
      return [...common, ...tolerance(planned, ha), ...slots(planned, ha)];
    case "failoverHosts":
    case "disabled":
      return common;
  }
}

function tolerance({ hostFailuresToTolerate }: PlanCluster, ha: HaSettings): readonly string[] {
  return difference("the number of host failures to tolerate", hostFailuresToTolerate, ha.hostFailuresToTolerate);
}

function percentages({ automaticPercentage, cpuPercent, memoryPercent }: PlanCluster, ha: HaSettings): readonly string[] {
  if (!automaticPercentage.known) return [];
  const planned = (percent: Maybe<number>): Maybe<Setting> => (automaticPercentage.value ? { known: true, value: "automatic" } : percent);
  return [
    ...difference("the CPU percentage", planned(cpuPercent), ha.cpuPercent ?? "automatic"),
    ...difference("the memory percentage", planned(memoryPercent), ha.memoryPercent ?? "automatic"),
  ];
}

/** vCenter receives the percentages as an explicit slot size: see slot-size-from-percentages. */
function slots({ explicitSlotSize, cpuPercent, memoryPercent }: PlanCluster, ha: HaSettings): readonly string[] {
  if (!explicitSlotSize.known) return [];
  const planned = (size: Maybe<number>): Maybe<Setting> => (explicitSlotSize.value ? size : { known: true, value: "computed" });
  return [
    ...difference("the slot's CPU (MHz)", planned(cpuPercent), ha.slotCpuMhz ?? "computed"),
    ...difference("the slot's memory (MB)", planned(memoryPercent), ha.slotMemoryMb ?? "computed"),
  ];
}

function difference(what: string, planned: Maybe<Setting>, declared: Setting): readonly string[] {
  return planned.known && planned.value !== declared ? [inWords(what, planned.value, declared)] : [];
}

function inWords(what: string, planned: Setting, declared: Setting): string {
  return `${what} is ${planned} in the stack, ${declared} in the inventory`;
}

function onOrOff(on: boolean): string {
  return on ? "on" : "off";
}
