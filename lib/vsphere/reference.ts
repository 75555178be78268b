import { node, XmlNode } from "./xml";

/** A managed object of vCenter's: `HostSystem` and `host-21`. The id is what the vSphere provider calls a managed object id. */
export interface Reference {
  readonly type: string;
  readonly id: string;
}

export function referenceNode(name: string, { type, id }: Reference): XmlNode {
  return node(name, id, { type });
}
