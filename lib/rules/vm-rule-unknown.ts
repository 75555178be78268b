import { Cluster, HostRule, listing, Maybe, Plan, PlanRule, quoted, VmRule } from "../model";
import { resourcePlace } from "./facts/facts";
import { Hit, Rule } from "./rule";

const PLACING = new Set<PlanRule["kind"]>(["vm-affinity", "vm-anti-affinity", "vm-host-affinity", "vm-host-anti-affinity"]);

export const vmRuleUnknown: Rule = {
  id: "vm-rule-unknown",
  severity: "warning",
  title: "what a rule is about is not known",
  explanation:
    "A mandatory rule between VMs and hosts, or among VMs, decides where VMs can restart. Where the stack does not determine its VMs or " +
    "hosts, failover can't be judged with certainty. A note where a rule of the inventory names VMs that nothing declares: it binds none.",
  fix: "let the files determine it, with VMs of the stacks and names that are declared",
  check: ({ plan, clusters }) => {
    const inStacks = namesInStacks(plan);
    return [...plan.rules.flatMap(unknownPart), ...clusters.flatMap(({ cluster }) => (inStacks ? namesNobody(cluster, inStacks) : []))];
  },
};

function unknownPart(rule: PlanRule): readonly Hit[] {
  const { kind, address, enabled, mandatory, vms, hosts } = rule;
  if (!PLACING.has(kind) || saysNo(enabled) || saysNo(mandatory)) return [];
  const parts: readonly (readonly [string, Maybe<unknown> | undefined])[] = [
    [`which VMs ${address} is about`, vms],
    [`which hosts ${address} is about`, hosts],
    [`whether ${address} is mandatory`, mandatory],
    [`whether ${address} is enabled`, enabled],
  ];
  return parts.flatMap(([what, part]) =>
    part === undefined || part.known ? [] : [{ ...resourcePlace(rule), message: `${what} is not known: ${part.why}` }],
  );
}

function saysNo(flag: Maybe<boolean>): boolean {
  return flag.known && !flag.value;
}

/** Names and addresses of the stacks' VMs; undefined where one has a name that is not known: it may be any. */
function namesInStacks({ vms }: Plan): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { name, address } of vms) {
    if (!name.known) return undefined;
    names.add(address).add(name.value);
  }
  return names;
}

function namesNobody(cluster: Cluster, inStacks: ReadonlySet<string>): readonly Hit[] {
  const rules: readonly (HostRule | VmRule)[] = [...cluster.hostRules, ...cluster.vmRules];
  if (rules.length === 0) return [];
  const planned = cluster.planned.flatMap(({ name, count }) => [name, `planned.${name}`, ...numbered(name, count)]);
  const inInventory = new Set([...planned, ...cluster.vms.map(({ name }) => name)]);
  return rules.flatMap(({ name, vms, source }) => {
    const missing = vms.filter((vm) => !inStacks.has(vm) && !inInventory.has(vm));
    if (missing.length === 0) return [];
    const are = missing.length === 1 ? "is" : "are";
    const message = `the rule ${quoted(name)} names ${listing(missing.map(quoted))}, which ${are} neither declared nor in the stacks`;
    return [{ cluster: cluster.name, severity: "note", source, message }];
  });
}

function numbered(name: string, count: number): readonly string[] {
  return count === 1 ? [] : Array.from({ length: count }, (_, index) => `planned.${name}[${index}]`);
}
