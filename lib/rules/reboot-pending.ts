import { placeOfChange } from "./facts/device-changes";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const rebootPending: Rule = {
  id: "reboot-pending",
  severity: "warning",
  refuses: ["no-matching-device", "no-free-device"],
  title: "passthrough is enabled, but needs a reboot of the host",
  explanation:
    "A device becomes capacity only once its passthrough is active. Without a host that can rebind devices at run time, or with " +
    "apply_now = false, that takes a reboot, which no plan does.",
  fix: "reboot the host before the VMs start, or declare rebind_without_reboot where the host can do it",
  check: (facts) =>
    remarksOf(facts, "reboot-pending").map(({ judged, remark }) => ({
      ...placeOfChange(facts, judged, remark.change),
      message: `${remark.device} on ${facts.hostName(remark.host)} is enabled, but is no capacity before the host reboots`,
    })),
};
