import { assumedOverheadMb, Cluster, HaSettings, InventoryOrigin, once, PlannedShape, quoted, Template } from "../model";
import { ClusterText, InventoryText, PlannedText } from "../schema";
import { Context } from "./context";
import { DRS, HA } from "./defaults";
import { drsOf } from "./drs";
import { given } from "./given";
import { hostsOf } from "./hosts";
import { poolsOf } from "./pools";
import { requestsOf } from "./requests";
import { hostRulesOf, vmRulesOf } from "./rules";
import { sharedDevicesOf } from "./shared-devices";
import { vmsOf } from "./vms";

/** A valid file's clusters with every range, count and default spelled out; what contradicts itself is reported to the context. */
export function clustersOf(inventory: InventoryText, context: Context): readonly Cluster[] {
  return inventory.clusters.map((text) => clusterOf(text, inventory.source, context));
}

function clusterOf(text: ClusterText, origin: InventoryOrigin | undefined, context: Context): Cluster {
  const hosts = hostsOf(text, context);
  if ((text.hosts ?? []).length === 0 && !context.isPulled && context.isWhole(text, "hosts", text.hosts)) {
    context.mistake(text, "hosts", `cluster ${quoted(text.name)} has no hosts: expected at least one`);
  }
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const { running, poweredOff } = vmsOf(text, byName, context);
  return given({
    name: text.name,
    datacenter: text.datacenter,
    vcenter: text.vcenter,
    id: text.id,
    resourcePoolId: text.resource_pool_id,
    origin: origin && { ...origin },
    drs: text.drs ? { ...drsOf(text.drs), declared: true } : { ...DRS, declared: false },
    ha: haOf(text),
    accept: text.accept ?? [],
    hosts,
    vms: running,
    poweredOff: poweredOff.length > 0 ? poweredOff : undefined,
    planned: plannedOf(text, context),
    templates: templatesOf(text, context),
    resourcePools: poolsOf(text, context),
    hostRules: hostRulesOf(text, byName, context),
    vmRules: vmRulesOf(text, context),
    source: context.source(text),
  });
}

/** A block that does not say otherwise is on, with vCenter's defaults. */
function haOf({ ha }: ClusterText): HaSettings | undefined {
  if (!ha || ha.enabled === false) return undefined;
  return given({
    hostFailuresToTolerate: ha.host_failures_to_tolerate ?? HA.hostFailuresToTolerate,
    admissionControl: ha.admission_control ?? HA.admissionControl,
    cpuPercent: ha.cpu_percent,
    memoryPercent: ha.memory_percent,
    slotCpuMhz: ha.slot_cpu_mhz,
    slotMemoryMb: ha.slot_memory_mb,
    defaultRestartPriority: ha.default_restart_priority ?? HA.defaultRestartPriority,
  });
}

function plannedOf(cluster: ClusterText, context: Context): readonly PlannedShape[] {
  const shapeOf = once((text: PlannedText) => plannedShapeOf(text, context));
  const named = context.namedVms(cluster.planned ?? [], "planned VM", `cluster ${quoted(cluster.name)}`);
  refuseNumbered(named, context);
  return named.map(({ element, name }) => ({ ...shapeOf(element), name }));
}

/** The two of `m` with `count = 2` are called m[0] and m[1], which no other may be. */
function refuseNumbered(named: readonly { readonly element: PlannedText; readonly name: string }[], context: Context): void {
  const counts = new Map(named.map(({ element, name }) => [name, element.count ?? 1]));
  for (const { element, name } of named) {
    const [, other = "", number] = /^(.*)\[(\d+)\]$/.exec(name) ?? [];
    const count = counts.get(other) ?? 1;
    if (count > 1 && Number(number) < count) {
      context.mistake(element, "name", `planned VM ${quoted(name)} is one of the ${count} of ${quoted(other)} already`);
    }
  }
}

function plannedShapeOf(text: PlannedText, context: Context): PlannedShape {
  const requests = requestsOf(text.devices ?? [], context);
  const shared = sharedDevicesOf(text);
  const hasDevices = requests.length > 0 || shared.vgpus !== undefined || shared.deviceGroups !== undefined;
  return given({
    name: text.name,
    count: text.count ?? 1,
    memoryMb: text.memory_mb,
    memoryReservationMb: text.memory_reservation_mb ?? (hasDevices ? text.memory_mb : 0),
    cpuReservationMhz: text.cpu_reservation_mhz ?? 0,
    overheadMb: text.overhead_mb ?? assumedOverheadMb(text.memory_mb, hasDevices),
    cpus: text.cpus,
    hardwareVersion: text.hardware_version,
    resourcePool: text.resource_pool,
    restartPriority: text.restart_priority,
    requests,
    ...shared,
    source: context.source(text),
  });
}

function templatesOf(cluster: ClusterText, context: Context): readonly Template[] {
  const texts = cluster.templates ?? [];
  context.refuseTwice(texts, "template", `cluster ${quoted(cluster.name)}`);
  return texts.map((text) =>
    given({
      name: text.name,
      uuid: text.uuid,
      hardwareVersion: text.hardware_version,
      requests: requestsOf(text.devices ?? [], context),
      ...sharedDevicesOf(text),
      source: context.source(text),
    }),
  );
}
