import { assumedOverheadMb, Cluster, HaSettings, InventoryOrigin, once, PlannedShape, quoted, Template } from "../model";
import { ClusterText, InventoryText, PlannedText } from "../schema";
import { Context } from "./context";
import { DRS, HA } from "./defaults";
import { hostsOf } from "./hosts";
import { poolsOf } from "./pools";
import { requestsOf } from "./requests";
import { hostRulesOf, vmRulesOf } from "./rules";
import { runningVmsOf } from "./vms";

/** A valid file's clusters with every range, count and default spelled out; what contradicts itself is reported to the context. */
export function clustersOf(inventory: InventoryText, context: Context): readonly Cluster[] {
  return inventory.clusters.map((text) => clusterOf(text, inventory.source, context));
}

function clusterOf(text: ClusterText, origin: InventoryOrigin | undefined, context: Context): Cluster {
  const hosts = hostsOf(text, context);
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const ha = haOf(text);
  return {
    name: text.name,
    ...(text.datacenter === undefined ? {} : { datacenter: text.datacenter }),
    ...(text.vcenter === undefined ? {} : { vcenter: text.vcenter }),
    ...(text.id === undefined ? {} : { id: text.id }),
    ...(text.resource_pool_id === undefined ? {} : { resourcePoolId: text.resource_pool_id }),
    ...(origin && { origin: { ...origin } }),
    drs: {
      enabled: text.drs?.enabled ?? DRS.enabled,
      automationLevel: text.drs?.automation_level ?? DRS.automationLevel,
      declared: text.drs !== undefined,
    },
    ...(ha && { ha }),
    accept: text.accept ?? [],
    hosts,
    vms: runningVmsOf(text, byName, context),
    planned: plannedOf(text, context),
    templates: templatesOf(text, context),
    resourcePools: poolsOf(text, context),
    hostRules: hostRulesOf(text, byName, context),
    vmRules: vmRulesOf(text, context),
    source: context.source(text),
  };
}

/** A block that does not say otherwise is on, with vCenter's defaults. */
function haOf({ ha }: ClusterText): HaSettings | undefined {
  if (!ha || ha.enabled === false) return undefined;
  return {
    hostFailuresToTolerate: ha.host_failures_to_tolerate ?? HA.hostFailuresToTolerate,
    admissionControl: ha.admission_control ?? HA.admissionControl,
    ...(ha.cpu_percent === undefined ? {} : { cpuPercent: ha.cpu_percent }),
    ...(ha.memory_percent === undefined ? {} : { memoryPercent: ha.memory_percent }),
    ...(ha.slot_cpu_mhz === undefined ? {} : { slotCpuMhz: ha.slot_cpu_mhz }),
    ...(ha.slot_memory_mb === undefined ? {} : { slotMemoryMb: ha.slot_memory_mb }),
    defaultRestartPriority: ha.default_restart_priority ?? HA.defaultRestartPriority,
  };
}

function plannedOf(cluster: ClusterText, context: Context): readonly PlannedShape[] {
  const shapeOf = once((text: PlannedText) => plannedShapeOf(text, context));
  const named = context.namedVms(cluster.planned ?? [], "planned VM", `cluster ${quoted(cluster.name)}`);
  return named.map(({ element, name }) => ({ ...shapeOf(element), name }));
}

function plannedShapeOf(text: PlannedText, context: Context): PlannedShape {
  const requests = requestsOf(text.devices ?? [], context);
  return {
    name: text.name,
    count: text.count ?? 1,
    memoryMb: text.memory_mb,
    memoryReservationMb: text.memory_reservation_mb ?? (requests.length > 0 ? text.memory_mb : 0),
    cpuReservationMhz: text.cpu_reservation_mhz ?? 0,
    overheadMb: text.overhead_mb ?? assumedOverheadMb(text.memory_mb, requests.length > 0),
    ...(text.cpus === undefined ? {} : { cpus: text.cpus }),
    ...(text.hardware_version === undefined ? {} : { hardwareVersion: text.hardware_version }),
    ...(text.resource_pool === undefined ? {} : { resourcePool: text.resource_pool }),
    ...(text.restart_priority === undefined ? {} : { restartPriority: text.restart_priority }),
    requests,
    source: context.source(text),
  };
}

function templatesOf(cluster: ClusterText, context: Context): readonly Template[] {
  const texts = cluster.templates ?? [];
  context.refuseTwice(texts, "template", `cluster ${quoted(cluster.name)}`);
  return texts.map((text) => ({
    name: text.name,
    ...(text.uuid === undefined ? {} : { uuid: text.uuid }),
    ...(text.hardware_version === undefined ? {} : { hardwareVersion: text.hardware_version }),
    requests: requestsOf(text.devices ?? [], context),
    source: context.source(text),
  }));
}
