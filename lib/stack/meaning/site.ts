import { ServerName, Site } from "../../model";
import { Instance, Value } from "../expression/value";
import { isDescribed } from "../resolve/described";
import { identified, nameOf } from "./attributes";

/** Where a resource or data source is: the vCenter of its provider, and the datacenter that it names. */
export function siteOf(instance: Instance): Site {
  const datacenter = datacenterOf(instance.attribute(instance.type === "vsphere_host" ? "datacenter" : "datacenter_id"));
  return { ...vcenterOf(instance), ...(datacenter !== undefined && { datacenter }) };
}

/** The vCenter alone. */
export function vcenterOf(instance: Instance): Pick<Site, "vcenter"> {
  const vcenter: ServerName | undefined = isDescribed(instance) ? instance.server : undefined;
  return vcenter === undefined ? {} : { vcenter };
}

/** Undefined where nothing is said: then it is not left out of an object. */
export function orAbsent(site: Site): { readonly site?: Site } {
  return Object.keys(site).length === 0 ? {} : { site };
}

function datacenterOf(id: Value): string | undefined {
  const datacenter = identified(id, ["vsphere_datacenter"], ["id", "moid"]);
  const name = datacenter && nameOf(datacenter);
  return name?.known ? name.value : undefined;
}

/**
 * An inventory path, `/dc-2/host/team/gpu`, as its datacenter and what is inside; none where it is not written from there. `root` is
 * the datacenter's folder of what is named.
 */
export function splitPath(
  path: string,
  root: "host" | "vm" = "host",
): { readonly datacenter?: string; readonly inside: readonly string[] } {
  const parts = path.split("/").filter((part) => part !== "");
  const at = parts.indexOf(root);
  return at < 1 || at === parts.length - 1 ? { inside: parts } : { datacenter: parts.slice(0, at).join("/"), inside: parts.slice(at + 1) };
}
