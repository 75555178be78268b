import { placeOfClusterChange } from "./facts/cluster-changes";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const clusterChangeNotOrdered: Rule = {
  id: "cluster-change-not-ordered",
  severity: "warning",
  title: "whether VMs start hangs on when the plan changes their cluster, and nothing orders that",
  explanation:
    "Terraform may change the cluster, host or resource pool before, between or after the power-ons of VMs that don't depend on it, and " +
    "what starts in one of these orders does not in another.",
  fix: "let the VMs depend on it (depends_on), or apply it by itself, before or after them",
  check: (facts) =>
    remarksOf(facts, "not-ordered").map(({ judged, remark: { change } }) => ({
      ...placeOfClusterChange(facts, judged, change),
      message: `${change} changes ${judged.name}, and nothing orders it before or after the VMs that start there`,
    })),
};
