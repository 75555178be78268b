import { Cluster, ClusterChange, ClusterSetting, HostRule, PlanRule, VmRule } from "../../model";
import { hostIn } from "./hosts";
import { Effect, NOTHING, Outcomes, always } from "./outcome";
import { Where, means } from "./which-cluster";

type Setting = ClusterSetting & { readonly kind: "rule" };

/**
 * What a rule of the plan does to VMs that exist already: they power on under it, if it is there by then, as new ones don't (O3). One
 * of its name in the inventory is its old self. At failover the engine takes the rules of the plan from the plan.
 */
export function ruleOutcomes(change: ClusterChange, sets: Setting, cluster: Cluster, where: Where): Outcomes {
  const { rule } = sets;
  if (means(sets.cluster, cluster, where) === false) return NOTHING;
  const name = rule.name?.known ? rule.name.value : undefined;
  const drop = name === undefined ? (same: Cluster): Cluster => same : without(name);
  const old = [...cluster.vmRules, ...cluster.hostRules].filter((each) => each.name === name);
  const whom = { of: "named", vms: new Set([...(rule.vms.known ? rule.vms.value : []), ...old.flatMap(({ vms }) => vms)]) } as const;
  const isOff = (rule.enabled.known && !rule.enabled.value) || (rule.mandatory.known && !rule.mandatory.value);
  if (change.action === "delete" || isOff) return { kind: "known", outcomes: [always(drop)], whom };
  const { enabled, mandatory, vms, hosts } = rule;
  for (const value of [enabled, mandatory, vms, hosts]) {
    if (value && !value.known) return { kind: "unknown", why: value.why, whom: { of: "existing" } };
  }
  const add = adding(rule, cluster);
  if (typeof add === "object") return { kind: "unknown", why: add.why, whom: { of: "existing" } };
  return { kind: "known", outcomes: [{ atPowerOn: (before) => add(drop(before)), atEnd: drop }], whom };
}

function without(name: string): Effect {
  return (cluster) => {
    const isOther = (rule: { readonly name: string }): boolean => rule.name !== name;
    if (cluster.vmRules.every(isOther) && cluster.hostRules.every(isOther)) return cluster;
    return { ...cluster, vmRules: cluster.vmRules.filter(isOther), hostRules: cluster.hostRules.filter(isOther) };
  };
}

function adding({ kind, address, vms, hosts, source }: PlanRule, cluster: Cluster): Effect | { readonly why: string } {
  const common = { name: address, vms: vms.known ? vms.value : [], mandatory: true, source };
  if (kind === "vm-affinity" || kind === "vm-anti-affinity") {
    const rule: VmRule = { ...common, type: kind === "vm-affinity" ? "together" : "separate" };
    return (before) => ({ ...before, vmRules: [...before.vmRules, rule] });
  }
  const named = new Set<string>();
  for (const ref of hosts?.known ? hosts.value : []) {
    const host = hostIn([ref], cluster);
    if (host !== undefined && "why" in host) return host;
    if (host) named.add(host.name);
  }
  return (before) => {
    const allowed = before.hosts.map(({ name }) => name).filter((name) => named.has(name) === (kind === "vm-host-affinity"));
    const rule: HostRule = { ...common, hosts: allowed };
    return { ...before, hostRules: [...before.hostRules, rule] };
  };
}
