import { asksForDynamicDevices } from "./facts/asks";
import { resourcePlace } from "./facts/facts";
import { namesOf } from "./facts/fold";
import { Rule } from "./rule";

export const drsOverrideDisables: Rule = {
  id: "drs-override-disables",
  severity: "warning",
  title: "an override takes a VM with dynamic devices away from DRS",
  explanation:
    "With DRS off or manual for a VM, its next power-on is on the host where it is registered, whether that has free devices or not. A " +
    "vsphere_drs_vm_override turns DRS off where it does not say drs_enabled, and sets manual where it does not say drs_automation_level.",
  fix: "set drs_enabled = true and drs_automation_level to partiallyAutomated or fullyAutomated",
  check: (facts) => {
    const dynamic = new Map(facts.vms.filter(asksForDynamicDevices).map((placed) => [placed.vm.address, placed]));
    return facts.plan.rules.flatMap((rule) => {
      const { kind, address, vms, drsLevel } = rule;
      if (kind !== "drs-override" || !vms.known || !drsLevel?.known) return [];
      if (drsLevel.value !== "off" && drsLevel.value !== "manual") return [];
      const taken = vms.value.flatMap((vm) => dynamic.get(vm) ?? []);
      const [first, ...others] = taken;
      if (first === undefined) return [];
      const does = drsLevel.value === "off" ? "turns DRS off" : "makes DRS manual";
      const start = others.length === 0 ? "it powers on where it is" : "they power on where they are";
      const message = `${address} ${does} for ${namesOf(facts, taken)}: ${start} registered, without looking for free devices`;
      return [{ ...(first.cluster && { cluster: first.cluster.name }), ...resourcePlace(rule), message }];
    });
  },
};
