import { HostRef, known, Maybe, PlanCluster, unknown } from "../../model";
import { Attributes } from "./attributes";
import { readDrsLevel } from "./drs-level";
import { isMap, toText, whyUnknown } from "../expression/value";
import { hostRef } from "./places";
import { all } from "./requests";
import { RulePlace } from "./rules";
import { orAbsent, siteOf } from "./site";
import { origin } from "./virtual-machine";

const POLICIES = ["resourcePercentage", "slotPolicy", "failoverHosts", "disabled"] as const;
const PRIORITIES = ["lowest", "low", "medium", "high", "highest"] as const;

const HOSTS = { least: 0, unit: "hosts" };
const PERCENT = { least: 1, unit: "percent" };
const MHZ = { least: 1, unit: "MHz" };
const MB = { least: 1, unit: "MB" };

/** Reads one `vsphere_compute_cluster`. Defaults are those of the vSphere provider, which a plan has filled in where it says anything. */
export function readCluster(cluster: Attributes, { address, stack, unknownCount, metadata, action, before }: ClusterPlace): PlanCluster {
  const control = "ha_admission_control";
  const says = (name: string): boolean => action === "from-stack" || cluster.value(name) !== undefined;
  const hosts = members(cluster, before);
  const monitoring = cluster.choice("ha_host_monitoring", ["enabled", "disabled"]);
  const name = cluster.text("name") ?? unknown("name is not set");
  return {
    address,
    stack,
    // Where the number of clusters is not known, none of them is one that the inventory declares.
    name: unknownCount === undefined ? name : unknown(unknownCount),
    drsLevel: readDrsLevel(cluster),
    haEnabled: cluster.bool("ha_enabled") ?? known(false),
    hostFailuresToTolerate: cluster.whole(`${control}_host_failure_tolerance`, HOSTS) ?? known(1),
    admissionControl: cluster.choice(`${control}_policy`, POLICIES) ?? known("resourcePercentage"),
    defaultRestartPriority: cluster.choice("ha_vm_restart_priority", PRIORITIES) ?? known("medium"),
    automaticPercentage: cluster.bool(`${control}_resource_percentage_auto_compute`) ?? known(true),
    cpuPercent: cluster.whole(`${control}_resource_percentage_cpu`, PERCENT) ?? known(100),
    memoryPercent: cluster.whole(`${control}_resource_percentage_memory`, PERCENT) ?? known(100),
    explicitSlotSize: cluster.bool(`${control}_slot_policy_use_explicit_size`) ?? known(false),
    writtenSlotCpuMhz: cluster.whole(`${control}_slot_policy_explicit_cpu`, MHZ) ?? known(32),
    writtenSlotMemoryMb: cluster.whole(`${control}_slot_policy_explicit_memory`, MB) ?? known(100),
    ...orAbsent(siteOf(cluster.instance)),
    says: { drs: says("drs_enabled"), ha: says("ha_enabled") },
    monitorsHosts: monitoring?.known === false ? monitoring : known(monitoring?.value !== "disabled"),
    vmOverrides: cluster.bool("drs_enable_vm_overrides") ?? known(true),
    ...(hosts && { hosts }),
    failoverHosts: hostRefs(cluster, `${control}_failover_host_system_ids`) ?? known([]),
    notJudged: newlyNotJudged(cluster, before),
    ...origin(metadata),
  };
}

/** An empty list says nothing, since hosts can say themselves what they are in, unless it had some before. */
function members(cluster: Attributes, before: Attributes | undefined): Maybe<readonly HostRef[]> | undefined {
  const managed = cluster.bool("host_managed");
  if (managed?.known && managed.value) return undefined;
  const hosts = hostRefs(cluster, "host_system_ids");
  const isEmpty = hosts === undefined || (hosts.known && hosts.value.length === 0);
  if (!isEmpty) return hosts;
  const had = before && hostRefs(before, "host_system_ids");
  return had?.known && had.value.length > 0 ? known([]) : undefined;
}

function hostRefs(cluster: Attributes, name: string): Maybe<readonly HostRef[]> | undefined {
  const ids = cluster.list(name);
  if (ids === undefined || !ids.known) return ids;
  return all(ids.value.map((id) => hostRef(id, cluster.instance)));
}

/** Advanced options of HA that don't decide how many VMs start, or where. */
const HARMLESS_OPTIONS =
  /^(?:das\.(?:isolation.*|useDefaultIsolationAddress|ignoreRedundantNetWarning|ignoreInsufficientHbDatastore|heartbeatDsPerHost|allowNetwork.*|config\..*|iostatsInterval|failureDetection.*)|fdm\..*)$/i;

/** What was so before is as it was when the inventory was written. */
function newlyNotJudged(cluster: Attributes, before: Attributes | undefined): readonly string[] {
  const all = notJudgedOf(cluster);
  if (before === undefined || all.length === 0) return all;
  const isSame = (name: string): boolean =>
    JSON.stringify(before.instance.block.body[name]) === JSON.stringify(cluster.instance.block.body[name]);
  return notJudgedOf(cluster, (name) => !isSame(name));
}

/** What may power hosts off, or change what is counted, without the plan doing it. */
function notJudgedOf(cluster: Attributes, isSet: (name: string) => boolean = () => true): readonly string[] {
  const on = (enabled: string, level: string, automatic: string): boolean => {
    if (!isSet(enabled) && !isSet(level)) return false;
    const [isOn, how] = [cluster.bool(enabled) ?? known(false), cluster.text(level)];
    return !(isOn.known && !isOn.value) && (how === undefined ? false : !how.known || how.value.toLowerCase() === automatic);
  };
  return [
    ...(on("dpm_enabled", "dpm_automation_level", "automated") ? ["automated DPM, which powers hosts off"] : []),
    ...(on("proactive_ha_enabled", "proactive_ha_automation_level", "automated") ? ["automated proactive HA, which empties hosts"] : []),
    ...(isSet("drs_advanced_options") ? options(cluster, "drs_advanced_options", /^$/) : []),
    ...(isSet("ha_advanced_options") ? options(cluster, "ha_advanced_options", HARMLESS_OPTIONS) : []),
  ];
}

function options(cluster: Attributes, name: string, harmless: RegExp): readonly string[] {
  const value = cluster.value(name) ?? null;
  if (whyUnknown(value) !== undefined) return [name];
  const keys = isMap(value) ? [...value].flatMap(([key, set]) => (toText(set) === "" || harmless.test(key) ? [] : [key])) : [];
  return keys.sort().map((key) => `${key} in ${name}`);
}

interface ClusterPlace extends RulePlace {
  readonly action: string;
  /** As a plan has it before. */
  readonly before?: Attributes;
}
