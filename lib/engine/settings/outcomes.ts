import { Cluster, ClusterChange, ClusterSetting, Inventory, Plan } from "../../model";
import { clusterOutcomes } from "./cluster-outcomes";
import { hostOutcomes } from "./host-outcomes";
import { hostIn } from "./hosts";
import { NOTHING, Outcomes, unlessNothing } from "./outcome";
import { NameOf, overrideOutcomes } from "./override-outcomes";
import { poolOutcomes } from "./pool-outcomes";
import { ruleOutcomes } from "./rule-outcomes";
import { Where, means } from "./which-cluster";

/** What one change of the plan (O9) does to a cluster of the inventory, in every way in which what is not known may be. */
export function outcomesOf(change: ClusterChange, cluster: Cluster, plan: Plan, inventory: Inventory, nameOf: NameOf): Outcomes {
  const { stack, site } = change;
  const where = { plan, inventory, stack, ...(site && { site }) };
  return orNot(change, unlessNothing(cluster, found(change, cluster, where, nameOf)));
}

function found(change: ClusterChange, cluster: Cluster, where: Where, nameOf: NameOf): Outcomes {
  const { sets } = change;
  switch (sets.kind) {
    case "cluster":
      return clusterOutcomes(change, sets, cluster, where);
    case "host":
      return hostOutcomes(change, sets, cluster, where);
    case "pool":
      return poolOutcomes(change, sets, cluster, where);
    case "rule":
      return ruleOutcomes(change, sets, cluster, where);
    case "override":
      return overrideOutcomes(change, sets, cluster, where, nameOf);
    case "group":
      return groupOutcomes(sets, cluster, where, nameOf);
    case "not followed":
      return notFollowed(sets, cluster, where);
  }
}

/** Where it is not known whether there is such a resource, it may change nothing. */
function orNot({ unknownCount }: ClusterChange, outcomes: Outcomes): Outcomes {
  if (unknownCount === undefined || outcomes.kind !== "known") return outcomes;
  const nothing = (cluster: Cluster): Cluster => cluster;
  return { ...outcomes, outcomes: [...outcomes.outcomes, { atPowerOn: nothing, atEnd: nothing }] };
}

/** The inventory's rules name VMs and hosts, not groups: of one that names a member it is not known what becomes of it. */
function groupOutcomes(sets: ClusterSetting & { readonly kind: "group" }, cluster: Cluster, where: Where, nameOf: NameOf): Outcomes {
  if (means(sets.cluster, cluster, where) === false) return NOTHING;
  const { members } = sets;
  const rules = cluster.hostRules.filter(({ mandatory }) => mandatory);
  const isAbout = ({ vms, hosts }: (typeof rules)[number]): boolean => {
    if (!members.known) return true;
    const names = members.value.hosts.flatMap((ref) => {
      const host = hostIn([ref], cluster);
      return host === undefined || "why" in host ? [] : [host.name];
    });
    return members.value.vms.some((vm) => vms.includes(nameOf(vm))) || names.some((name) => hosts.includes(name));
  };
  const rule = rules.find(isAbout);
  return rule ? { kind: "unknown", why: `it may be a group that the rule "${rule.name}" is about` } : NOTHING;
}

function notFollowed(sets: ClusterSetting & { readonly kind: "not followed" }, cluster: Cluster, where: Where): Outcomes {
  const isAbout = sets.clusters.some((ref) => means(ref, cluster, where) !== false);
  const isAboutHost = sets.hosts.some((ref) => hostIn([ref], cluster) !== undefined);
  return isAbout || isAboutHost ? { kind: "unknown", why: sets.why } : NOTHING;
}
