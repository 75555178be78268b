import { asksForDevices } from "./facts/asks";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const staysOff: Rule = {
  id: "stays-off",
  severity: "note",
  title: "a VM is off, and the plan does not start it",
  explanation:
    "The vSphere provider starts a VM when it creates or reconfigures it, and not otherwise. One that a failed reboot left off is in the " +
    "state like any other: no plan will start it. It takes no part in the verdicts. A warning where it asks for devices.",
  fix: "power it on by hand, or change a value of its configuration: the provider then starts it",
  check: (facts) =>
    remarksOf(facts, "stays-off").map(({ judged, remark: { vm } }) => {
      const placed = facts.vmAt(vm);
      const asks = placed !== undefined && asksForDevices(placed);
      const message = `${facts.nameOf(vm)} is off, and nothing in the plan starts it`;
      return { ...facts.placeOf(judged, vm), message, ...(asks && { severity: "warning" as const }) };
    }),
};
