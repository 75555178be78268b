import { ServerName } from "../../model";
import { Block } from "../configuration";
import { Instance } from "../expression/value";
import { DataScope } from "./evaluate-data";

/** An instance with what is written of it, be it in a stack or in a plan: what meaning is read from. */
export interface Described extends Instance {
  /** Where it is written; the body holds its attributes, except those that are not known. */
  readonly block: Block;
  /** Its resource as messages name it: the address without the instance's key. */
  readonly resourceAddress: string;
  /** The scope that its own data stands in. */
  readonly inner: DataScope;
  /** The vCenter that its provider talks to, as far as that is determined. */
  readonly server: ServerName | undefined;
  /** Whether the attribute is given a value, known or not. */
  isSet(attribute: string): boolean;
}

export function isDescribed(instance: Instance | undefined): instance is Described {
  return instance !== undefined && "isSet" in instance;
}
