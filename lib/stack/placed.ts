import { DeviceChange, PlanAction } from "../model";
import { Block } from "./configuration";
import { isJudgedProvider, isKnownType } from "./effects";
import { Attributes } from "./meaning/attributes";
import { Metadata } from "./meaning/metadata";
import { VmUpdate } from "./planned/vm-update";

export const VM = "vsphere_virtual_machine";
export const DEVICE = "passthru_host_device";
export const CLUSTER = "vsphere_compute_cluster";
export const SNAPSHOT = "vsphere_virtual_machine_snapshot";

/** What dependencies are between: a resource as a whole. */
export interface Depending {
  readonly type: string;
  readonly address: string;
  readonly block: Block;
}

/** An instance with its place in the batch. */
export interface Placed {
  readonly attributes: Attributes;
  readonly resource: Depending;
  readonly address: string;
  readonly stack: string;
  /** Why it is not known how many there are: it stands for all of its resource. */
  readonly unknownCount?: string;
  readonly metadata: Metadata;
  readonly action: PlanAction | DeviceChange["action"];
  /** The instance as it is before the plan, where the plan tells. */
  readonly before?: Attributes;
  /** Of a VM that a plan updates. */
  readonly update?: VmUpdate;
  /** It is a VM that is off before the plan. */
  readonly isOff?: boolean;
  /** It is suspended, which counts as off. */
  readonly isSuspended?: boolean;
}

/** Types by which a plan changes what the inventory says of a cluster. */
const OF_CLUSTERS: ReadonlySet<string> = new Set([
  CLUSTER,
  "vsphere_host",
  "vsphere_resource_pool",
  "vsphere_vapp_container",
  "vsphere_drs_vm_override",
  "vsphere_ha_vm_override",
  "vsphere_compute_cluster_vm_affinity_rule",
  "vsphere_compute_cluster_vm_anti_affinity_rule",
  "vsphere_compute_cluster_vm_host_rule",
  "vsphere_compute_cluster_vm_group",
  "vsphere_compute_cluster_host_group",
  "vsphere_configuration_profile",
  "vsphere_dpm_host_override",
  "vsphere_supervisor",
  "vsphere_supervisor_v2",
]);

export function isOfCluster(type: string): boolean {
  return OF_CLUSTERS.has(type);
}

/** Of a provider that is judged, and newer than what is known of it. */
export function isNewer(type: string): boolean {
  return isJudgedProvider(type) && !isKnownType(type);
}

/** What happens in an apply, in the order that dependencies give. */
export function isEvent(type: string): boolean {
  return type === VM || type === DEVICE || isOfCluster(type) || isNewer(type);
}
