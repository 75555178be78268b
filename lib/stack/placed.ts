import { DeviceChange, PlanAction } from "../model";
import { Block } from "./configuration";
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
}

/** What happens in an apply, in the order that dependencies give. */
export function isEvent(type: string): boolean {
  return type === VM || type === DEVICE;
}
