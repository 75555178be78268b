import { asksForDynamicDevices, startsFirst } from "./facts/asks";
import { namesOf, placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const drsManual: Rule = {
  id: "drs-manual",
  severity: "warning",
  title: "a VM with dynamic devices starts on a host that was picked before its devices were looked at",
  explanation:
    "With DRS off or manual, vCenter puts a new VM on any compatible host, whether that has a free device or not, and powers it on " +
    "there. Off and manual are what Terraform's vsphere_compute_cluster defaults to.",
  fix: "set the cluster's DRS to partiallyAutomated or fullyAutomated, or set host_system_id",
  check: (facts) =>
    facts.clusters.flatMap(({ cluster, vms }) => {
      const { enabled, automationLevel } = cluster.drs;
      if (enabled && automationLevel !== "manual") return [];
      const unpinned = vms.filter((placed) => startsFirst(placed) && placed.vm.host === undefined && asksForDynamicDevices(placed));
      if (unpinned.length === 0) return [];
      const level = enabled ? "manual" : "off";
      const subject = `DRS of ${cluster.name} is ${level}: vCenter picks the host of ${namesOf(facts, unpinned)}`;
      return [{ ...placeOfAll(unpinned.map(({ place }) => place)), message: `${subject} without looking for free devices` }];
    }),
};
