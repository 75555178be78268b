import { Block } from "../configuration";
import { ResourceConfiguration } from "./module-configuration";
import { PlannedInstance } from "./planned-instance";

/** A resource or data source of one module instance, with its instances by key. */
export interface PlannedResource {
  /** The type, with `data.` before it for a data source. */
  readonly type: string;
  readonly configuration: ResourceConfiguration | undefined;
  readonly instances: Map<string | number | undefined, PlannedInstance>;
}

/** A resource as dependencies know it: in all instances of its module. */
export interface PlannedNode {
  readonly type: string;
  /** Without any key: `module.a.vsphere_host.b`. */
  readonly address: string;
  readonly block: Block;
}
