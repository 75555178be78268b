import { quoted } from "../model";
import { namesOf, placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const clusterAssumed: Rule = {
  id: "cluster-assumed",
  severity: "note",
  title: "a VM is taken to be in the only cluster of the inventory",
  explanation: "Its resource_pool_id can't be resolved to a cluster. The inventory declares one cluster alone, so it is judged there.",
  fix: "let resource_pool_id lead to the cluster by name, or declare the cluster's resource_pool_id",
  check: (facts) => {
    const assumed = facts.vms.filter(({ clusterPlace }) => clusterPlace.kind === "declared" && clusterPlace.assumed !== undefined);
    const [first] = assumed;
    if (first?.clusterPlace.kind !== "declared") return [];
    const { cluster, assumed: why = "" } = first.clusterPlace;
    const message = `${namesOf(facts, assumed)} taken to be in ${quoted(cluster.name)}, the only cluster of the inventory: ${why}`;
    return [{ ...placeOfAll(assumed.map(({ place }) => place)), message }];
  },
};
