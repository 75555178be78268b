import { ClusterRef, ClusterSetting, HostRef, known, Maybe } from "../../model";
import { isList as isDataList, isMap as isDataMap, Data } from "../data";
import { argumentsWith, effectOf, isBlock, isKnownType } from "../effects";
import { Computed, isList, isMap, toText, Value, whyUnknown } from "../expression/value";
import { changedArguments } from "../planned/changed-arguments";
import { Placed } from "../placed";
import { isDescribed } from "../resolve/described";
import { Attributes, nameOf } from "./attributes";
import { clusterById, hostRef, poolPlace } from "./places";
import { orAbsent, vcenterOf } from "./site";

const META: ReadonlySet<string> = new Set(["//", "count", "for_each", "depends_on", "lifecycle", "provider", "connection", "provisioner"]);
/** Types whose resources are, or are in, a cluster: an argument that is not known changes that. */
const THEMSELVES = ["vsphere_compute_cluster", "vsphere_host", "vsphere_resource_pool", "vsphere_vapp_container"];

/** What a resource sets of a cluster, a host or a pool that nobody has decided about (semantics O9). */
export function notFollowed(place: Placed): readonly (ClusterSetting & { readonly kind: "not followed" })[] {
  const { attributes, action } = place;
  const { type } = attributes.instance;
  if (action === "none") return [];
  if (type === "vsphere_dpm_host_override" && !isAutomated(attributes)) return [];
  const names = isKnownType(type) ? notKnown(place) : argumentsOf(attributes);
  const judged = type === "vsphere_compute_cluster" ? [] : argumentsWith(type, "not judged").filter((name) => isGiven(attributes, name));
  const all = [...names, ...judged];
  if (all.length === 0) return [];
  const mentions = mentioned(THEMSELVES.includes(type) ? argumentsOf(attributes) : all, attributes);
  const own: readonly Maybe<ClusterRef>[] = type === "vsphere_compute_cluster" ? [ownName(attributes)] : [];
  const clusters = [...own, ...mentions.clusters];
  if (clusters.length + mentions.hosts.length === 0) return [];
  const why = isKnownType(type) ? `what ${all.join(", ")} changes is not known` : `what a ${type} changes is not known`;
  return [{ kind: "not followed", clusters, hosts: mentions.hosts, why }];
}

/** Arguments of it, or of its nested blocks, that the table of effects does not have; in a plan's update, those that change. */
export function notKnown({ attributes, action, before }: Placed): readonly string[] {
  const { type } = attributes.instance;
  const isNew = (path: string): boolean => effectOf(type, path) === undefined;
  if (action !== "update" || before === undefined) return inside("", attributes.instance.block.body, type).filter(isNew);
  const change = { before: before.instance.block.body, after: attributes.instance.block.body, unknown: false };
  return changedArguments(change, (path) => isBlock(type, path)).flatMap(({ path }) => (isNew(path) ? [path] : []));
}

function inside(prefix: string, body: Readonly<Record<string, Data>>, type: string): readonly string[] {
  return Object.keys(body).flatMap((name): readonly string[] => {
    const data = body[name]!;
    const path = prefix + name;
    if ((prefix === "" && META.has(name)) || isEmpty(data)) return [];
    if (name === "dynamic") return [];
    if (!isBlock(type, path)) return [path];
    const blocks = isDataList(data) ? data : [data];
    return [...new Set(blocks.flatMap((block) => (isDataMap(block) ? inside(`${path}.`, block, type) : [])))];
  });
}

function isEmpty(data: Data): boolean {
  return data === null || data === "" || (isDataList(data) && data.length === 0);
}

function argumentsOf({ instance }: Attributes): readonly string[] {
  return Object.keys(instance.block.body).filter((name) => !META.has(name) && name !== "dynamic");
}

function isGiven(attributes: Attributes, name: string): boolean {
  return attributes.value(name) !== undefined;
}

function isAutomated(attributes: Attributes): boolean {
  const [enabled, level] = [attributes.bool("dpm_enabled") ?? known(false), attributes.text("dpm_automation_level") ?? known("manual")];
  return !(enabled.known && !enabled.value) && !(level.known && level.value !== "automated");
}

function ownName({ instance }: Attributes): Maybe<ClusterRef> {
  const name = nameOf(instance);
  return name.known ? known({ by: "name", name: name.value }) : name;
}

interface Mentions {
  readonly clusters: readonly Maybe<ClusterRef>[];
  readonly hosts: readonly HostRef[];
}

/** The clusters and hosts that the arguments lead to; a pool stands for its cluster. */
export function mentioned(names: readonly string[], attributes: Attributes): Mentions {
  const clusters: Maybe<ClusterRef>[] = [];
  const hosts: HostRef[] = [];
  const look = (value: Value): void => {
    if (value instanceof Computed) return ofInstance(value);
    if (isList(value)) return value.forEach(look);
    if (isMap(value)) return [...value.values()].forEach(look);
    const id = whyUnknown(value) === undefined ? (toText(value) ?? "") : "";
    if (/^(?:domain-c|resgroup-)\w+$/.test(id)) clusters.push(known({ by: "id", id }));
    if (/^host-\w+$/.test(id)) hosts.push({ by: "id", id, ...orAbsent(vcenterOf(attributes.instance)) });
  };
  const ofInstance = (value: Computed): void => {
    const type = value.instance.type.replace(/^data\./, "");
    if (type === "vsphere_compute_cluster") clusters.push(value.attribute === "id" ? clusterById(value).cluster : poolPlace(value).cluster);
    if (type === "vsphere_resource_pool" || type === "vsphere_vapp_container") clusters.push(poolPlace(value).cluster);
    const host = type === "vsphere_host" ? hostRef(value, attributes.instance) : undefined;
    if (host?.known) hosts.push(host.value);
  };
  for (const name of names) if (isDescribed(attributes.instance)) look(attributes.value(name) ?? null);
  return { clusters, hosts };
}
