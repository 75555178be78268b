import { resourcePlace } from "./facts/facts";
import { Rule } from "./rule";

export const dependencyRuleIgnored: Rule = {
  id: "dependency-rule-ignored",
  severity: "note",
  title: "a restart dependency between VMs is not judged",
  explanation:
    "A vsphere_compute_cluster_vm_dependency_rule lets HA restart some VMs after others. Failover is judged without it: a VM that waits " +
    "for one that stays off is not counted as off.",
  fix: "use restart priorities (ha_vm_restart_priority), which are judged, where the order of restarts matters",
  check: ({ plan }) =>
    plan.rules
      .filter(({ kind, enabled }) => kind === "vm-dependency" && !(enabled.known && !enabled.value))
      .map((rule) => ({ ...resourcePlace(rule), message: `${rule.address} is not judged: which VMs wait for others at a restart` })),
};
