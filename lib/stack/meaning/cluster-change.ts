import { ClusterChange, ClusterRef, ClusterSetting, known, Maybe, PlanRule, Site, unknown } from "../../model";
import { Placed } from "../placed";
import { Attributes } from "./attributes";
import { readCluster } from "./cluster";
import { readHost } from "./host";
import { notFollowed } from "./not-followed";
import { readOverride } from "./override";
import { clusterById, poolPlace } from "./places";
import { readPool } from "./pool";
import { groupNames, readMembers, readRule, RuleContext } from "./rules";
import { orAbsent, siteOf, vcenterOf } from "./site";
import { EventPlace, origin } from "./virtual-machine";

/** What the readers of all changes share. */
export interface ChangeContext extends RuleContext {
  /** Names of the groups that rules of the stacks are about, which follow them. */
  readonly followed: ReadonlySet<string>;
}

/** Names of the groups that rules name. */
export function followedGroups(rules: readonly Placed[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ attributes }) => groupNames(attributes)));
}

/** Reads what one resource makes of a cluster, be it set or taken away. Empty where that is nothing. */
export function readClusterChange(place: EventPlace, context: ChangeContext): readonly ClusterChange[] {
  const { address, stack, unknownCount, dependsOn, metadata } = place;
  const action = place.action as ClusterChange["action"];
  const change = { address, stack, action, ...(unknownCount !== undefined && { unknownCount }), dependsOn, ...origin(metadata) };
  const site = siteIn(place);
  return settings(place, context).map((sets) => ({ ...change, ...orAbsent(site), sets }));
}

function settings(place: EventPlace, context: ChangeContext): readonly ClusterSetting[] {
  const { attributes, before, action } = place;
  const newer = notFollowed(place);
  switch (attributes.instance.type) {
    case "vsphere_compute_cluster": {
      const { unknownCount: _, ...counted } = place;
      const cluster = readCluster(attributes, counted);
      const now = before?.text("name") ?? cluster.name;
      return [{ kind: "cluster", ref: now.known ? known({ by: "name", name: now.value }) : now, cluster }, ...newer];
    }
    case "vsphere_host":
      return [readHost(attributes, action !== "from-stack"), ...newer];
    case "vsphere_resource_pool":
    case "vsphere_vapp_container":
      return [readPool(attributes, before), ...newer];
    case "vsphere_drs_vm_override":
    case "vsphere_ha_vm_override":
      return [readOverride(attributes, context), ...newer];
    case "vsphere_compute_cluster_vm_affinity_rule":
    case "vsphere_compute_cluster_vm_anti_affinity_rule":
    case "vsphere_compute_cluster_vm_host_rule":
      return [{ kind: "rule", cluster: ownCluster(place), rule: ruleOf(place, context) }, ...newer];
    case "vsphere_compute_cluster_vm_group":
    case "vsphere_compute_cluster_host_group":
      return isFollowed(place, context)
        ? newer
        : [{ kind: "group", cluster: ownCluster(place), members: readMembers(before ?? attributes, context) }, ...newer];
    default:
      return newer;
  }
}

/** Where the cluster is that it names, or that it is: what an id does not tell, the resource's own provider does. */
function siteIn({ attributes }: Placed): Site {
  return { ...vcenterOf(attributes.instance), ...siteNamed(attributes) };
}

function siteNamed(attributes: Attributes): Site {
  switch (attributes.instance.type) {
    case "vsphere_compute_cluster":
      return siteOf(attributes.instance);
    case "vsphere_host":
      return clusterById(attributes.value("cluster") ?? null).site;
    case "vsphere_resource_pool":
    case "vsphere_vapp_container":
      return poolPlace(attributes.value("parent_resource_pool_id")).site;
    default:
      return clusterById(attributes.value("compute_cluster_id") ?? null).site;
  }
}

function ownCluster({ attributes }: Placed): Maybe<ClusterRef> {
  return clusterById(attributes.value("compute_cluster_id") ?? null).cluster;
}

function ruleOf(place: EventPlace, context: RuleContext): PlanRule {
  const { unknownCount: _, ...counted } = place;
  return readRule(place.attributes, counted, context);
}

/** A group that is created is in no rule yet but in those of the stacks. */
function isFollowed({ attributes, action }: Placed, { followed }: ChangeContext): boolean {
  const name = attributes.text("name") ?? unknown("name is not set");
  return action === "create" || action === "none" || (action !== "delete" && name.known && followed.has(name.value));
}
