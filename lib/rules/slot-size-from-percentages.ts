import { clusterName, declaredAs, Maybe, PlanCluster } from "../model";
import { resourcePlace } from "./facts/facts";
import { Rule } from "./rule";

export const slotSizeFromPercentages: Rule = {
  id: "slot-size-from-percentages",
  severity: "warning",
  title: "the vSphere provider sends the percentages as the explicit slot size",
  explanation:
    "With slotPolicy and an explicit slot size, versions 2.15 and 2.16 of the vSphere provider send " +
    "ha_admission_control_resource_percentage_cpu and _memory (100 where nothing is said) as MHz and MB of a slot, and ignore " +
    "ha_admission_control_slot_policy_explicit_cpu and _memory. A VM then takes far more slots than was meant.",
  fix: "let vCenter compute the slot size, or declare in the inventory the slot_cpu_mhz and slot_memory_mb that it receives",
  check: ({ plan, inventory }) =>
    (plan.clusters ?? []).filter(hasExplicitSlots).flatMap((cluster) => {
      const sent = slotInWords(cluster.cpuPercent, cluster.memoryPercent);
      const written = slotInWords(cluster.writtenSlotCpuMhz, cluster.writtenSlotMemoryMb);
      if (sent !== undefined && sent === written) return [];
      const received = `vCenter receives slots of ${sent ?? "the percentages, as MHz and MB"}`;
      const declared = declaredAs(cluster, plan, inventory);
      const place = { ...(declared && { cluster: declared.name }), ...resourcePlace(cluster) };
      const meant = written === undefined ? "slot size that is written" : `${written} that are written`;
      return [{ ...place, message: `${clusterName(cluster)}: ${received}, not the ${meant}` }];
    }),
};

/** As far as is known: an unknown setting is no reason to warn. */
function hasExplicitSlots({ haEnabled, admissionControl, explicitSlotSize }: PlanCluster): boolean {
  const isOn = haEnabled.known && haEnabled.value && explicitSlotSize.known && explicitSlotSize.value;
  return isOn && admissionControl.known && admissionControl.value === "slotPolicy";
}

function slotInWords(cpu: Maybe<number>, memory: Maybe<number>): string | undefined {
  return cpu.known && memory.known ? `${cpu.value} MHz and ${memory.value} MB` : undefined;
}
