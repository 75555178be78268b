import { Host, HostRule, quoted, VmRule } from "../model";
import { ClusterText } from "../schema";
import { Context } from "./context";
import { RULE } from "./defaults";
import { knownHosts } from "./hosts";

/** VM-Host rules in force. VMs that are not declared may be the stack's. */
export function hostRulesOf(cluster: ClusterText, hosts: ReadonlyMap<string, Host>, context: Context): readonly HostRule[] {
  return (cluster.host_rules ?? []).map((text) => ({
    name: text.name,
    vms: text.vms.flatMap((name, index) => context.names(name, text.vms, index)),
    hosts: knownHosts(text.hosts, `host_rule ${quoted(text.name)}`, cluster, hosts, context),
    mandatory: text.mandatory ?? RULE.mandatory,
    source: context.source(text),
  }));
}

export function vmRulesOf(cluster: ClusterText, context: Context): readonly VmRule[] {
  // vCenter has one list of rules: their names differ.
  context.refuseTwice([...(cluster.host_rules ?? []), ...(cluster.vm_rules ?? [])], "rule", `cluster ${quoted(cluster.name)}`);
  return (cluster.vm_rules ?? []).map((text) => ({
    name: text.name,
    vms: text.vms.flatMap((name, index) => context.names(name, text.vms, index)),
    type: text.type,
    mandatory: text.mandatory ?? RULE.mandatory,
    source: context.source(text),
  }));
}
