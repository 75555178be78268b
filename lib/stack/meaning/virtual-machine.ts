import { known, Maybe, PlanVm, Source, unknown } from "../../model";
import { Block } from "../configuration";
import { isList, isMap } from "../data";
import { toText, Value, ValueMap, whyUnknown } from "../expression/value";
import { Placed } from "../placed";
import { readMove } from "../planned/move";
import { isTemplate } from "../resolve/evaluate-data";
import { Attributes } from "./attributes";
import { readCarriers } from "./carriers";
import { Clones } from "./clones";
import { Metadata } from "./metadata";
import { datastoreNames, hasUnnamedDatastore, hostRef, networkNames, poolPlace, siteOfVm } from "./places";
import { orAbsent } from "./site";
import { vmOrigin } from "./vm-origin";

/** What the batch says of a VM or a device change beside its own attributes. */
export interface EventPlace extends Placed {
  readonly dependsOn: readonly string[];
  /** Something that depends on it is replaced create-first, which Terraform then does with it, too. */
  readonly isForcedFirst?: boolean;
}

const MB = { least: 0, unit: "MB" };
const MHZ = { least: 0, unit: "MHz" };

/** By an address, which a stack's name may begin. */
const isInModule = (address: string): boolean => /^(?:[^/]*\/)?module\./.test(address);

/** Reads one `vsphere_virtual_machine`. Defaults are those of the vSphere provider. */
export function readVm(vm: Attributes, place: EventPlace, clones: Clones): PlanVm {
  const { address, stack, unknownCount, dependsOn, metadata, before, update, isOff, isSuspended } = place;
  const name = vm.text("name") ?? unknown("name is not set");
  const extraConfig = vm.map("extra_config") ?? known(new Map<string, Value>());
  const host = vm.value("host_system_id");
  const memoryLimit = vm.whole("memory_limit", { least: -1, unit: "MB" });
  const cpuLimit = vm.whole("cpu_limit", { least: -1, unit: "MHz" });
  const guestId = vm.text("guest_id");
  const hardwareVersion = vm.whole("hardware_version", { least: 1, unit: "" }) ?? clones.hardwareVersion(vm);
  const cpuHotAdd = vm.bool("cpu_hot_add_enabled");
  const memoryHotAdd = vm.bool("memory_hot_add_enabled");
  const block = vm.instance.block;
  const presentHost = before?.instance.attribute("host_system_id") ?? null;
  const move = readMove(place);
  const triggers = referencesIn(block, "replace_triggered_by");
  return {
    address,
    label: name.known && name.value !== "" ? name.value : isInModule(address) ? address : block.name,
    name,
    stack,
    action: place.action as PlanVm["action"],
    ...(before && runningName(name, before)),
    ...(isOff === true && { isOff }),
    ...(isSuspended === true && { isSuspended }),
    ...(update?.powersOn === true && { reconfigures: true as const }),
    ...(presentHost !== null && { presentHost: hostRef(presentHost, vm.instance) }),
    ...(move && { move }),
    ...(update && update.softened.length > 0 && { softened: update.softened }),
    ...(update && update.cycledBy.length > 0 && { cycledBy: update.cycledBy }),
    ...(update && update.changes.length > 0 && { changes: update.changes }),
    ...knownAs(vm, before),
    ...(unknownCount !== undefined && { unknownCount }),
    ...placeIn(vm),
    ...(host !== undefined && { host: hostRef(host, vm.instance) }),
    cpus: vm.whole("num_cpus", { least: 1, unit: "" }) ?? known(1),
    memoryMb: vm.whole("memory", { least: 1, unit: "MB" }) ?? known(1024),
    memoryReservationMb: vm.whole("memory_reservation", MB) ?? known(0),
    memoryLockedToMax: vm.bool("memory_reservation_locked_to_max") ?? known(false),
    ...(isLimit(memoryLimit) && { memoryLimitMb: memoryLimit }),
    cpuReservationMhz: vm.whole("cpu_reservation", MHZ) ?? known(0),
    ...(isLimit(cpuLimit) && { cpuLimitMhz: cpuLimit }),
    latencySensitivity: vm.text("latency_sensitivity") ?? known("normal"),
    ...(hardwareVersion !== undefined && { [clones.hasTemplateHardware(vm) ? "hardwareOfTemplate" : "hardwareVersion"]: hardwareVersion }),
    firmware: vm.text("firmware") ?? known("bios"),
    madeFrom: vmOrigin(vm),
    ...(guestId !== undefined && { guestId }),
    datastores: datastoreNames(datastoreIds(vm)),
    networks: networkNames(fieldOfBlocks(vm, "network_interface", "network_id")),
    ...storageOpen(vm),
    extraConfig: knownTexts(extraConfig),
    carriers: readCarriers(vm, metadata.accelerators, extraConfig, clones),
    ...(cpuHotAdd !== undefined && { cpuHotAdd }),
    ...(memoryHotAdd !== undefined && { memoryHotAdd }),
    createBeforeDestroy: place.isForcedFirst === true || createsFirst(block),
    ...(triggers.length > 0 && { replaceTriggeredBy: triggers }),
    ignoreChanges: ignoredChanges(block),
    dependsOn,
    ...origin(metadata),
  };
}

function placeIn(vm: Attributes): Pick<PlanVm, "cluster" | "site" | "resourcePool"> {
  const pool = poolPlace(vm.value("resource_pool_id"));
  const { site: _, ...place } = pool;
  const site = siteOfVm(vm.instance, pool);
  if (site !== undefined) return { ...place, ...orAbsent(site) };
  return { ...place, cluster: known({ by: "two-vcenters" }) };
}

/** The name it runs under, where the plan gives it another one. */
function runningName(name: Maybe<string>, before: Attributes): Pick<PlanVm, "runningName"> {
  const old = before.text("name");
  return old === undefined || (old.known && name.known && old.value === name.value) ? {} : { runningName: old };
}

/** A plan knows what exists by more than its name. The folder is the one that it is in now. */
function knownAs(vm: Attributes, before: Attributes | undefined): Pick<PlanVm, "uuid" | "id" | "folder" | "folderOpen"> {
  const known = (text: Maybe<string> | undefined): string | undefined => (text?.known && text.value !== "" ? text.value : undefined);
  const [uuid, id] = [known(before?.text("uuid")), known(before?.text("moid"))];
  const written = (before ?? vm).text("folder");
  const folder = known(written);
  return {
    ...(uuid !== undefined && { uuid }),
    ...(id !== undefined && { id }),
    ...(folder !== undefined && { folder }),
    ...(written?.known === false && { folderOpen: true as const }),
  };
}

/** Where a resource comes from, for what is made of it. */
export function origin({ constructPath, source }: Metadata): { readonly constructPath?: string; readonly source: Source } {
  return { ...(constructPath !== undefined && { constructPath }), source };
}

function isLimit(limit: Maybe<number> | undefined): limit is Maybe<number> {
  return limit !== undefined && !(limit.known && limit.value === -1);
}

function datastoreIds(vm: Attributes): readonly Value[] {
  return [vm.value("datastore_id") ?? null, ...fieldOfBlocks(vm, "disk", "datastore_id")];
}

/**
 * A datastore cluster and a storage policy name no datastore, and an id does not that nothing of the stack explains. A plan may have the
 * datastore that was picked beside them.
 */
function storageOpen(vm: Attributes): Pick<PlanVm, "storageOpen"> {
  const isSet = (name: string): boolean => (vm.value(name) ?? null) !== null;
  const ids = datastoreIds(vm);
  if (hasUnnamedDatastore(ids)) return { storageOpen: "datastore_id" };
  if (datastoreNames(ids).length > 0) return {};
  const by = (["datastore_cluster_id", "storage_policy_id"] as const).find(isSet);
  return by === undefined ? {} : { storageOpen: by };
}

function fieldOfBlocks(vm: Attributes, name: string, field: string): readonly Value[] {
  const blocks = vm.blocks(name);
  return blocks.known ? blocks.value.map((block) => block.get(field) ?? null) : [];
}

/**
 * Keys and values as texts. Only keys of passthrough matter to a judgement: another one whose value is not known
 * (user data, most often) is left out, rather than making all of them unknown.
 */
function knownTexts(extraConfig: Maybe<ValueMap>): Maybe<Readonly<Record<string, string>>> {
  if (!extraConfig.known) return extraConfig;
  const entries: [string, string][] = [];
  for (const [key, value] of extraConfig.value) {
    const why = whyUnknown(value);
    if (why !== undefined && /^pciPassthru/i.test(key)) return unknown(why);
    const text = toText(value);
    if (text !== undefined) entries.push([key, text]);
  }
  return known(Object.fromEntries(entries));
}

/** Whether a resource says by itself that its replacement comes first. */
export function createsFirst(block: Block): boolean {
  return lifecycle(block, "create_before_destroy").some((value) => value === true || value === "true");
}

/** Terraform takes only literals and references here. The block is an object, or a list of one. */
function lifecycle({ body }: Block, key: string): readonly unknown[] {
  const data = body["lifecycle"];
  if (data === undefined) return [];
  return (isList(data) ? data : [data]).flatMap((each) => (isMap(each) ? [each[key] ?? null] : []));
}

/** As they are written; parsers of HCL write `${clone}`. */
function referencesIn(block: Block, key: string): readonly string[] {
  const names = lifecycle(block, key)
    .flat()
    .filter((name) => typeof name === "string");
  return names.map((name) => (isTemplate(name) ? name.replace(/^\$\{(.*)\}$/s, "$1") : name));
}

/** Attribute names, or `all`. An index into an attribute counts as the attribute. */
function ignoredChanges(block: Block): readonly string[] {
  const plain = referencesIn(block, "ignore_changes").map((name) => name.replace(/[.[].*$/s, ""));
  return plain.includes("all") ? ["all"] : [...new Set(plain)].sort();
}
