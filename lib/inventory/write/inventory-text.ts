import { Cluster, HaSettings, InputError, Inventory, InventoryOrigin, ownNameOf, ResourcePool } from "../../model";
import { ClusterText, VmText } from "../../schema";
import { HA, POOL, RULE } from "../defaults";
import { withoutRange } from "../range";
import { filled, given, unless } from "../given";
import { hostText } from "./host-text";
import { drsText, existingVmText, plannedText, runningVmText, templateText } from "./vm-text";
import { Note, Notes, Written } from "./written";

/** What a file says of an inventory: the way back of what the reader does, with the notes to the parts of the text. */
export function inventoryText({ clusters }: Inventory, notes: Notes): Written {
  const written = new Map<object, Readonly<Record<string, string>>>();
  const note: Note = (part, text) => {
    const found = notes.get(part);
    if (found) written.set(text, found);
    return text;
  };
  const origin = originOf(clusters);
  const source = origin && note(origin, { ...origin });
  return { inventory: { ...(source && { source }), clusters: clusters.map((cluster) => clusterText(cluster, note)) }, notes: written };
}

function originOf(clusters: readonly Cluster[]): InventoryOrigin | undefined {
  const origins = new Set(clusters.map(({ origin }) => JSON.stringify(origin && [origin.kind, origin.at, origin.server, origin.complete])));
  if (origins.size > 1) {
    throw new InputError([
      { file: "inventory", message: "clusters of several sources can't stand in one file: write one file for each source" },
    ]);
  }
  return clusters[0]?.origin;
}

function clusterText(cluster: Cluster, note: Note): ClusterText {
  return note(
    cluster,
    given({
      name: ownNameOf(cluster),
      datacenter: cluster.datacenter,
      vcenter: cluster.vcenter,
      id: cluster.id,
      resource_pool_id: cluster.resourcePoolId,
      accept: filled(cluster.accept) as ClusterText["accept"],
      drs: cluster.drs.declared ? note(cluster.drs, drsText(cluster.drs)) : undefined,
      ha: cluster.ha && note(cluster.ha, haText(cluster.ha)),
      hosts: filled(cluster.hosts.map((host) => hostText(host, note))),
      vms: filled(vmsText(cluster, note)),
      planned: filled(cluster.planned.map((shape) => plannedText(shape, note))),
      templates: filled(cluster.templates.map((template) => templateText(template, note))),
      resource_pools: filled(cluster.resourcePools.map((pool) => note(pool, poolText(pool)))),
      host_rules: filled(
        cluster.hostRules.map((rule) => {
          const { name, vms, hosts, mandatory } = rule;
          return note(rule, given({ name, vms: spelled(vms), hosts: spelled(hosts), mandatory: unless(RULE.mandatory, mandatory) }));
        }),
      ),
      vm_rules: filled(
        cluster.vmRules.map((rule) => {
          const { name, vms, type, mandatory } = rule;
          return note(rule, given({ name, vms: spelled(vms), type, mandatory: unless(RULE.mandatory, mandatory) }));
        }),
      ),
    }),
  );
}

function vmsText({ hosts, vms, poweredOff = [] }: Cluster, note: Note): VmText[] {
  const devicesOf = new Map(hosts.map(({ name, devices }) => [name, new Map(devices.map((device) => [device.address, device]))]));
  const running = vms.map((vm) => runningVmText(vm, devicesOf.get(vm.host) ?? new Map(), note));
  return [...running, ...poweredOff.map((vm) => note(vm, { ...existingVmText(vm, false, note), power: "off" as const }))];
}

function haText(ha: HaSettings): NonNullable<ClusterText["ha"]> {
  return given({
    host_failures_to_tolerate: ha.hostFailuresToTolerate,
    admission_control: ha.admissionControl,
    cpu_percent: ha.cpuPercent,
    memory_percent: ha.memoryPercent,
    slot_cpu_mhz: ha.slotCpuMhz,
    slot_memory_mb: ha.slotMemoryMb,
    default_restart_priority: unless(HA.defaultRestartPriority, ha.defaultRestartPriority),
  });
}

function poolText(pool: ResourcePool): NonNullable<ClusterText["resource_pools"]>[number] {
  return given({
    name: pool.name,
    id: pool.id,
    parent: pool.parent,
    cpu_reservation_mhz: pool.cpuReservationMhz,
    cpu_limit_mhz: pool.cpuLimitMhz,
    memory_reservation_mb: pool.memoryReservationMb,
    memory_limit_mb: pool.memoryLimitMb,
    expandable: unless(POOL.expandable, pool.expandable),
  });
}

function spelled(names: readonly string[]): string[] {
  return names.map(withoutRange);
}
