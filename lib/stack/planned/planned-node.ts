import { Block } from "../configuration";

/** A resource as dependencies know it: in all instances of its module. */
export interface PlannedNode {
  readonly type: string;
  /** Without any key: `module.a.vsphere_host.b`. */
  readonly address: string;
  readonly block: Block;
}
