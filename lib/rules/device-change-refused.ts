import { placeOfChange } from "./facts/device-changes";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const deviceChangeRefused: Rule = {
  id: "device-change-refused",
  severity: "error",
  title: "passthrough is disabled for a device that a powered-on VM holds",
  explanation:
    "vSphere refuses to take a device away from a VM that runs with it, so the change fails. The verdict goes on as if it were done.",
  fix: "power the VM off or delete it first, or leave the device enabled",
  check: (facts) =>
    remarksOf(facts, "disable-refused").map(({ judged, remark: { change, device, host, vm } }) => ({
      ...placeOfChange(facts, judged, change),
      message: `passthrough of ${device} on ${facts.hostName(host)} can't be disabled: ${facts.nameOf(vm)} runs with it`,
    })),
};
