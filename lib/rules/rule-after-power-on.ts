import { PlanRule } from "../model";
import { asksForDevices, startsFirst } from "./facts/asks";
import { resourcePlace } from "./facts/facts";
import { namesOf } from "./facts/fold";
import { Rule } from "./rule";

/** Rules that shape where a VM runs. HA overrides and restart dependencies count at failover, when they are in force. */
const PLACING = new Set<PlanRule["kind"]>(["vm-affinity", "vm-anti-affinity", "vm-host-affinity", "vm-host-anti-affinity", "drs-override"]);

export const ruleAfterPowerOn: Rule = {
  id: "rule-after-power-on",
  severity: "warning",
  title: "a rule of the same plan comes too late for a VM's first power-on",
  explanation:
    "Groups, rules and overrides need the VM's id, so that Terraform makes them after the VM was powered on. They can't shape where it " +
    "starts, and a VM with passthrough devices can't be moved later to satisfy them.",
  fix: "place the VMs with hardware labels instead, or power them off and on once the rule is there",
  check: (facts) => {
    const starting = facts.vms.filter((placed) => startsFirst(placed) && asksForDevices(placed));
    return facts.plan.rules.flatMap((rule) => {
      const { kind, address, enabled, vms } = rule;
      if (!PLACING.has(kind) || !vms.known || !enabled.known || !enabled.value) return [];
      const ruled = new Set(vms.value);
      const late = starting.filter(({ vm }) => ruled.has(vm.address));
      const [first] = late;
      if (first === undefined) return [];
      const start = late.length === 1 ? "it starts" : "they start";
      const message = `${address} comes after the first power-on of ${namesOf(facts, late)}: it does not shape where ${start}`;
      return [{ ...(first.cluster && { cluster: first.cluster.name }), ...resourcePlace(rule), message }];
    });
  },
};
