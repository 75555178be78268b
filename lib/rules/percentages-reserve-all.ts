import { Rule } from "./rule";

export const percentagesReserveAll: Rule = {
  id: "percentages-reserve-all",
  severity: "error",
  title: "HA admission control keeps a whole cluster free",
  explanation:
    "Where the automatic percentage is off, the vSphere provider sends the two percentages of CPU and memory that are to be kept free. Each " +
    "is 100 unless it is set, and with 100 % kept free no VM may be powered on.",
  fix: "set ha_admission_control_resource_percentage_cpu and _memory, or leave ha_admission_control_resource_percentage_auto_compute on",
  check: ({ plan }) =>
    (plan.clusters ?? []).flatMap((cluster) => {
      const { name, address, source, constructPath, haEnabled, admissionControl, automaticPercentage } = cluster;
      const isOn = haEnabled.known && haEnabled.value;
      const byPercentage = admissionControl.known && admissionControl.value === "resourcePercentage";
      const isFixed = automaticPercentage.known && !automaticPercentage.value;
      const kept = [
        ...(cluster.cpuPercent.known && cluster.cpuPercent.value >= 100 ? ["CPU"] : []),
        ...(cluster.memoryPercent.known && cluster.memoryPercent.value >= 100 ? ["memory"] : []),
      ];
      if (!isOn || !byPercentage || !isFixed || kept.length === 0) return [];
      const message = `${name.known ? name.value : address} keeps 100 % of ${kept.join(" and of ")} free: no power-on is admitted`;
      return [{ resource: address, source, ...(constructPath === undefined ? {} : { constructPath }), message }];
    }),
};
