import { GroupMembers, HostRef, known, Maybe, PlanRule, RestartPriority, unknown } from "../../model";
import { Instance, Value, whyUnknown } from "../expression/value";
import { Attributes, identified, nameOf, textOf } from "./attributes";
import { readDrsLevel } from "./drs-level";
import { Metadata } from "./metadata";
import { hostRef } from "./places";
import { all } from "./requests";
import { origin } from "./virtual-machine";

/** Types of resources that become a PlanRule. */
const KINDS: ReadonlyMap<string, PlanRule["kind"]> = new Map([
  ["vsphere_compute_cluster_vm_affinity_rule", "vm-affinity"],
  ["vsphere_compute_cluster_vm_anti_affinity_rule", "vm-anti-affinity"],
  ["vsphere_compute_cluster_vm_host_rule", "vm-host-affinity"],
  ["vsphere_compute_cluster_vm_dependency_rule", "vm-dependency"],
  ["vsphere_drs_vm_override", "drs-override"],
  ["vsphere_ha_vm_override", "ha-override"],
]);

export function isRule(type: string): boolean {
  return KINDS.has(type);
}

const GROUPS = ["vsphere_compute_cluster_vm_group", "vsphere_compute_cluster_host_group"];

export function isGroup(type: string): boolean {
  return GROUPS.includes(type);
}

/** What a rule needs to know of the batch. */
export interface RuleContext {
  /** The address of a VM of the batch. */
  vmAddress(instance: Instance): string | undefined;
  /** Every VM group and host group of all stacks. */
  readonly groups: readonly Attributes[];
}

export interface RulePlace {
  readonly address: string;
  readonly stack: string;
  readonly unknownCount?: string;
  readonly metadata: Metadata;
}

/** Reads one rule or override. */
export function readRule(rule: Attributes, { address, stack, unknownCount, metadata }: RulePlace, context: RuleContext): PlanRule {
  const kind = kindOf(rule);
  const vms = ruleVms(rule, kind, context);
  const hosts = kind === "vm-host-affinity" || kind === "vm-host-anti-affinity" ? ruleHosts(rule, kind, context) : undefined;
  const name = isOverride(kind) ? undefined : (rule.text("name") ?? unknown("name is not set"));
  return {
    kind,
    address,
    stack,
    mandatory: rule.bool("mandatory") ?? known(false),
    enabled: rule.bool("enabled") ?? known(true),
    vms: unknownCount === undefined ? vms : unknown(unknownCount),
    ...(hosts !== undefined && { hosts }),
    ...(name && { name }),
    ...(kind === "drs-override" && { drsLevel: readDrsLevel(rule) }),
    ...origin(metadata),
  };
}

function isOverride(kind: PlanRule["kind"]): boolean {
  return kind === "drs-override" || kind === "ha-override";
}

function kindOf(rule: Attributes): PlanRule["kind"] {
  const kind = KINDS.get(rule.instance.type)!;
  return kind === "vm-host-affinity" && rule.value("affinity_host_group_name") === undefined ? "vm-host-anti-affinity" : kind;
}

function ruleVms(rule: Attributes, kind: PlanRule["kind"], context: RuleContext): Maybe<readonly string[]> {
  switch (kind) {
    case "drs-override":
    case "ha-override":
      return all([vmOf(rule.value("virtual_machine_id") ?? null, context)]);
    case "vm-affinity":
    case "vm-anti-affinity":
      return vmsOf(rule, context);
    case "vm-dependency": {
      const groups = all([groupVms(rule, "vm_group_name", context), groupVms(rule, "dependency_vm_group_name", context)]);
      return groups.known ? known(sorted(groups.value.flat())) : groups;
    }
    case "vm-host-affinity":
    case "vm-host-anti-affinity":
      return groupVms(rule, "vm_group_name", context);
  }
}

function ruleHosts(rule: Attributes, kind: PlanRule["kind"], { groups }: RuleContext): Maybe<readonly HostRef[]> {
  const name = rule.text(kind === "vm-host-affinity" ? "affinity_host_group_name" : "anti_affinity_host_group_name");
  const group = findGroup(GROUPS[1]!, name, groups);
  if (!group.known) return group;
  const ids = group.value.list("host_system_ids") ?? known([]);
  return ids.known ? all(ids.value.map((id) => hostRef(id, group.value.instance))) : ids;
}

const GROUP_NAMES = ["vm_group_name", "dependency_vm_group_name", "affinity_host_group_name", "anti_affinity_host_group_name"];

/** The groups that a rule names. */
export function groupNames(rule: Attributes): readonly string[] {
  return GROUP_NAMES.flatMap((attribute) => {
    const name = rule.text(attribute);
    return name?.known ? [name.value] : [];
  });
}

/** Who is in a VM group or a host group. */
export function readMembers(group: Attributes, context: RuleContext): Maybe<GroupMembers> {
  const hosts = group.list("host_system_ids") ?? known([]);
  const [vms, refs] = [vmsOf(group, context), hosts.known ? all(hosts.value.map((id) => hostRef(id, group.instance))) : hosts];
  if (!vms.known) return vms;
  return refs.known ? known({ vms: vms.value, hosts: refs.value }) : refs;
}

function groupVms(rule: Attributes, attribute: string, context: RuleContext): Maybe<readonly string[]> {
  const group = findGroup(GROUPS[0]!, rule.text(attribute), context.groups);
  return group.known ? vmsOf(group.value, context) : group;
}

/** Rules name their groups: the stacks' group of that name, where exactly one can be it. */
function findGroup(type: string, name: Maybe<string> | undefined, groups: readonly Attributes[]): Maybe<Attributes> {
  if (!name?.known) return name ?? unknown("no group is named");
  const named = groups.filter((group) => group.instance.type === type && possiblyNamed(group, name.value));
  const [first, ...more] = named;
  if (first === undefined) return unknown(`the group "${name.value}" is not in the stacks`);
  return more.length === 0 ? known(first) : unknown(`the group "${name.value}" is not the only one that may have this name`);
}

function possiblyNamed(group: Attributes, wanted: string): boolean {
  const name = group.text("name");
  return name === undefined || !name.known || name.value === wanted;
}

function vmsOf(attributes: Attributes, context: RuleContext): Maybe<readonly string[]> {
  const ids = attributes.list("virtual_machine_ids") ?? known([]);
  if (!ids.known) return ids;
  const vms = all(ids.value.map((value) => vmOf(value, context)));
  return vms.known ? known(sorted(vms.value)) : vms;
}

/** A VM of the batch by its address, another one by its name. */
export function vmOf(value: Value, context: RuleContext): Maybe<string> {
  const vm = identified(value, ["vsphere_virtual_machine"], ["id", "uuid"]);
  if (vm !== undefined) {
    const address = context.vmAddress(vm);
    return address === undefined ? nameOf(vm) : known(address);
  }
  return unknown(whyUnknown(value) ?? "a VM that the stacks do not explain");
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

const PRIORITIES: ReadonlySet<string> = new Set(["lowest", "low", "medium", "high", "highest", "disabled"]);
const CLUSTER_PRIORITY = "clusterRestartPriority";

/** What a `vsphere_ha_vm_override` says; undefined where it leaves the priority to the cluster. */
export function restartPriority(override: Attributes): Maybe<RestartPriority> | undefined {
  const text = override.text("ha_vm_restart_priority");
  if (text === undefined || !text.known) return text;
  if (text.value === CLUSTER_PRIORITY) return undefined;
  if (PRIORITIES.has(text.value)) return known(text.value as RestartPriority);
  override.mistake("ha_vm_restart_priority", `must be ${[CLUSTER_PRIORITY, ...PRIORITIES].join(", ")}`);
  return unknown("ha_vm_restart_priority");
}

/** Whether the override is for a VM outside the stacks, by its literal id. */
export function isForOtherVm(override: Attributes): boolean {
  const value = override.value("virtual_machine_id");
  return textOf(value ?? null)?.known === true;
}
