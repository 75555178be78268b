import { Cluster } from "./inventory";
import { quoted } from "./quoted";

/** A vCenter server as a stack names it. */
export interface ServerName {
  readonly text: string;
  /** Only that its name has this in it is known. */
  readonly isPart: boolean;
}

/** Where something is, as far as its stack says. What is left out may be anything. */
export interface Site {
  readonly vcenter?: ServerName;
  readonly datacenter?: string;
}

/** Whether an inventory's cluster can be at a site. */
export type Agreement =
  /** `assumed`: how the stack names a vCenter that is taken for the inventory's, though the names differ. */
  | { readonly agrees: true; readonly assumed?: string }
  /** What the inventory says instead: `in the datacenter "dc-1"`. */
  | { readonly agrees: false; readonly declared: string };

/**
 * Holds a site against what the inventory says of a cluster. What one of them leaves open is no contradiction. `others` are the
 * further servers of the same configuration: two of those are two, however they are named.
 */
export function agreement(site: Site, cluster: Pick<Cluster, "vcenter" | "datacenter" | "origin">, others: readonly string[]): Agreement {
  const { datacenter } = cluster;
  const vcenter = vcenterOf(cluster);
  if (site.datacenter !== undefined && datacenter !== undefined && !isSameDatacenter(site.datacenter, datacenter)) {
    return { agrees: false, declared: `in the datacenter ${quoted(datacenter)}` };
  }
  if (site.vcenter === undefined || vcenter === undefined) return { agrees: true };
  const { text, isPart } = site.vcenter;
  const same = isPart ? mayBePart(text, vcenter) : isSameServer(text, vcenter);
  const isAnother = same !== true && others.some((other) => isSameServer(other, vcenter) === true && isSameServer(other, text) !== true);
  if (same === false || isAnother) return { agrees: false, declared: `in the vCenter ${quoted(vcenter)}` };
  return same === undefined ? { agrees: true, assumed: text } : { agrees: true };
}

/** The server that an inventory says: of what was pulled, where it was pulled from. */
export function vcenterOf({ vcenter, origin }: Pick<Cluster, "vcenter" | "origin">): string | undefined {
  return vcenter ?? origin?.server;
}

/** Whether two servers, or two datacenters, that a stack names can't be one. */
export function areApart(a: Site, b: Site): boolean {
  if (a.datacenter !== undefined && b.datacenter !== undefined && !isSameDatacenter(a.datacenter, b.datacenter)) return true;
  return a.vcenter !== undefined && b.vcenter !== undefined && isSameServer(a.vcenter.text, b.vcenter.text) === false;
}

/** One may say in which folder it is. */
function isSameDatacenter(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => path.split("/").filter((part) => part !== ""));
  const length = Math.min(first!.length, second!.length);
  return first!.slice(-length).join("/") === second!.slice(-length).join("/");
}

/**
 * Whether two names of a server are of one: case, port and final dot don't matter. Undefined where that is not known: a name and an
 * address, or a short name and a full one.
 */
export function isSameServer(a: string, b: string): boolean | undefined {
  const [first, second] = [hostOfServer(a), hostOfServer(b)];
  if (first === second) return true;
  if (first === "" || second === "") return undefined;
  if (isAddress(first) || isAddress(second))
    return isAddress(first) && isAddress(second) && isV6(first) === isV6(second) ? false : undefined;
  return first.startsWith(`${second}.`) || second.startsWith(`${first}.`) ? undefined : false;
}

/** An expression gave the server's name, and this is what it was made of. */
function mayBePart(part: string, server: string): boolean | undefined {
  return hostOfServer(server).includes(hostOfServer(part)) ? true : isSameServer(part, server);
}

function hostOfServer(server: string): string {
  const text = server
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/s, "");
  const bracketed = /^\[([^\]]*)\]/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  return (text.split(":").length > 2 ? text : text.replace(/:\d*$/, "")).replace(/\.$/, "");
}

function isAddress(host: string): boolean {
  return isV6(host) || /^[\d.]+$/.test(host);
}

function isV6(host: string): boolean {
  return host.includes(":");
}
