import { placeOfClusterChange } from "./facts/cluster-changes";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const hostChangeRefused: Rule = {
  id: "host-change-refused",
  severity: "error",
  title: "the plan takes a host away while a VM with passthrough devices runs there",
  explanation:
    "To leave its cluster, or to enter maintenance mode, a host has to be emptied, and a running VM with passthrough devices can't be " +
    "moved: the provider waits for it, and then fails. The verdict goes on as if it were done; failover is judged for both.",
  fix: "power the VM off, or delete it, in an apply before",
  check: (facts) =>
    remarksOf(facts, "host-kept").map(({ judged, remark: { change, host, vm } }) => ({
      ...placeOfClusterChange(facts, judged, change),
      message: `${change} takes ${facts.hostName(host)} away, where ${facts.nameOf(vm)} runs with devices: that is refused`,
    })),
};
