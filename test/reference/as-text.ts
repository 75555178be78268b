import { Cluster, DeviceRequest, DynamicRequest, formatPciId, HostRef, InputError, known, Maybe, Plan, PlanVm } from "../../lib/model";
import type { Files } from "../../lib/model";
import { value } from "./problem";

/** The same case in the outside formats: a synthesized stack and an inventory, as files in memory. Plans of `from-stack` VMs only. */
export function asFiles(plan: Plan, cluster: Cluster): Files {
  return filesOf({ "cdk.tf.json": stackOf(plan, cluster), "inventory.json": inventoryOf(cluster) });
}

export function filesOf(objects: Readonly<Record<string, object>>): Files {
  const texts = new Map(Object.entries(objects).map(([name, object]) => [name, JSON.stringify(object, null, 1)]));
  return {
    kind: (path) => (texts.has(path) ? "file" : "none"),
    read: (path) => {
      const text = texts.get(path);
      if (text === undefined) throw InputError.at({ file: path }, "no such file");
      return new TextEncoder().encode(text);
    },
    list: () => [],
  };
}

function stackOf({ vms, deviceChanges, rules }: Plan, cluster: Cluster): object {
  const nameOf = (address: string): string => address.slice(address.indexOf(".") + 1);
  const byName = <T extends { readonly address: string }>(list: readonly T[], of: (item: T) => object): object =>
    Object.fromEntries(list.map((item) => [nameOf(item.address), of(item)]));
  const withTemplate = vms.filter(({ carriers }) => carriers.template !== undefined);
  const prioritised = vms.filter(({ restartPriority }) => restartPriority !== undefined);
  return {
    data: {
      vsphere_compute_cluster: { c: { name: cluster.name, datacenter_id: "dc" } },
      vsphere_datastore: named(vms.flatMap(({ datastores }) => datastores)),
      vsphere_network: named(vms.flatMap(({ networks }) => networks)),
      vsphere_host: Object.fromEntries(cluster.hosts.map(({ name }) => [name, { name, datacenter_id: "dc" }])),
    },
    resource: {
      vsphere_virtual_machine: byName(vms, vmOf),
      passthru_template: byName(withTemplate, (vm) => ({
        name: `${vm.label}-template`,
        source_template_uuid: "4211",
        device: value(vm.carriers.template!).map(requestOf),
      })),
      passthru_host_device: byName(deviceChanges, (change) => ({
        host_system_id: hostOf(change.host),
        pci_id: value(change.pciAddress),
        apply_now: value(change.applyNow),
        ...given("enabled", change.enabled),
        ...(change.hardwareLabel ? { hardware_label: value(change.hardwareLabel) ?? "" } : {}),
        depends_on: change.dependsOn,
      })),
      ...rulesAsResources(rules),
      vsphere_ha_vm_override: byName(prioritised, (vm) => ({
        compute_cluster_id: "${data.vsphere_compute_cluster.c.id}",
        virtual_machine_id: `\${${vm.address}.id}`,
        ...given("ha_vm_restart_priority", vm.restartPriority),
      })),
      vsphere_resource_pool: Object.fromEntries(
        cluster.resourcePools.map(({ name, parent, expandable, cpuExpandable = expandable, ...bounds }) => [
          name,
          {
            name,
            // As the inventory declares it: the stack changes nothing of it (O9).
            cpu_expandable: cpuExpandable,
            cpu_limit: bounds.cpuLimitMhz,
            cpu_reservation: bounds.cpuReservationMhz,
            memory_expandable: expandable,
            memory_limit: bounds.memoryLimitMb,
            memory_reservation: bounds.memoryReservationMb,
            parent_resource_pool_id:
              parent === undefined ? "${data.vsphere_compute_cluster.c.resource_pool_id}" : `\${vsphere_resource_pool.${parent}.id}`,
          },
        ]),
      ),
    },
  };
}

function named(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, { name, datacenter_id: "dc" }]));
}

/** Each rule with groups of its own. */
function rulesAsResources(rules: Plan["rules"]): object {
  const of = (kinds: readonly string[], resource: (rule: Plan["rules"][number], name: string) => object): object =>
    Object.fromEntries(
      rules
        .filter(({ kind }) => kinds.includes(kind))
        .map((rule) => [rule.address.split(".")[1]!, resource(rule, rule.address.split(".")[1]!)]),
    );
  const vmIds = (rule: Plan["rules"][number]): readonly string[] => value(rule.vms).map((address) => `\${${address}.id}`);
  const common = (rule: Plan["rules"][number], name: string): object => ({
    name,
    compute_cluster_id: "${data.vsphere_compute_cluster.c.id}",
    mandatory: value(rule.mandatory),
    enabled: value(rule.enabled),
  });
  const hostKinds = ["vm-host-affinity", "vm-host-anti-affinity"];
  const apart = (rule: Plan["rules"][number], name: string): object => ({ ...common(rule, name), virtual_machine_ids: vmIds(rule) });
  return {
    vsphere_compute_cluster_vm_affinity_rule: of(["vm-affinity"], apart),
    vsphere_compute_cluster_vm_anti_affinity_rule: of(["vm-anti-affinity"], apart),
    vsphere_compute_cluster_vm_group: of(hostKinds, (rule, name) => ({ name: `${name}-vms`, virtual_machine_ids: vmIds(rule) })),
    vsphere_compute_cluster_host_group: of(hostKinds, (rule, name) => ({
      name: `${name}-hosts`,
      host_system_ids: value(rule.hosts!).map((host) => hostOf(known(host))),
    })),
    vsphere_compute_cluster_vm_host_rule: of(hostKinds, (rule, name) => ({
      ...common(rule, name),
      vm_group_name: `\${vsphere_compute_cluster_vm_group.${name}.name}`,
      [rule.kind === "vm-host-affinity" ? "affinity_host_group_name" : "anti_affinity_host_group_name"]:
        `\${vsphere_compute_cluster_host_group.${name}.name}`,
    })),
  };
}

function vmOf(vm: PlanVm): object {
  const pool = vm.resourcePool
    ? `vsphere_resource_pool.${value(vm.resourcePool).path.at(-1)!}.id`
    : "data.vsphere_compute_cluster.c.resource_pool_id";
  return {
    name: value(vm.name),
    resource_pool_id: `\${${pool}}`,
    num_cpus: value(vm.cpus),
    memory: value(vm.memoryMb),
    memory_reservation: value(vm.memoryReservationMb),
    memory_reservation_locked_to_max: value(vm.memoryLockedToMax),
    cpu_reservation: value(vm.cpuReservationMhz),
    firmware: value(vm.firmware),
    ...given("memory_limit", vm.memoryLimitMb),
    ...given("hardware_version", vm.hardwareVersion),
    ...given("pci_device_id", vm.carriers.static),
    ...(vm.host ? { host_system_id: hostOf(vm.host) } : {}),
    ...(vm.carriers.template ? { clone: { template_uuid: `\${passthru_template.${vm.label}.uuid}` }, guest_id: "ubuntu64Guest" } : {}),
    ...(vm.createBeforeDestroy ? { lifecycle: { create_before_destroy: true } } : {}),
    disk: vm.datastores.map((name) => ({ label: name, datastore_id: `\${data.vsphere_datastore.${name}.id}` })),
    network_interface: vm.networks.map((name) => ({ network_id: `\${data.vsphere_network.${name}.id}` })),
    depends_on: vm.dependsOn,
  };
}

function given<T>(name: string, maybe: Maybe<T> | undefined): Readonly<Record<string, T>> {
  return maybe ? { [name]: value(maybe) } : {};
}

function hostOf(ref: Maybe<HostRef>): string {
  const host = value(ref);
  return host.by === "name" ? `\${data.vsphere_host.${host.name}.id}` : host.id;
}

export function requestOf(request: DeviceRequest): object {
  if (request.kind === "static") throw new Error("a template carries dynamic devices");
  return { allowed: request.allowed.map(formatPciId), ...(request.label === undefined ? {} : { label: request.label }) };
}

export function inventoryOf({ name, resourcePoolId, drs, ha, hosts, vms, planned, resourcePools, hostRules, vmRules }: Cluster): object {
  const requests = (list: readonly DynamicRequest[]): readonly object[] => list.map(requestOf);
  return {
    clusters: [
      {
        name,
        resource_pool_id: resourcePoolId,
        drs: { enabled: drs.enabled, automation_level: drs.automationLevel },
        ...(ha
          ? {
              ha: {
                host_failures_to_tolerate: ha.hostFailuresToTolerate,
                admission_control: ha.admissionControl,
                default_restart_priority: ha.defaultRestartPriority,
                cpu_percent: ha.cpuPercent,
                memory_percent: ha.memoryPercent,
                slot_cpu_mhz: ha.slotCpuMhz,
                slot_memory_mb: ha.slotMemoryMb,
              },
            }
          : {}),
        hosts: hosts.map((host) => ({
          name: host.name,
          id: host.id,
          esxi: host.esxi,
          cpu_mhz: host.cpuMhz,
          memory_mb: host.memoryMb,
          state: host.state,
          failover: host.failover,
          rebind_without_reboot: host.rebindWithoutReboot,
          fault_domain: host.faultDomain,
          datastores: host.datastores,
          networks: host.networks,
          hardware_versions: host.hardwareVersions,
          devices: host.devices.map(({ address, id, label, passthrough, healthy, reserved }) => ({
            address,
            id: formatPciId({ vendor: id.vendor, device: id.device }),
            ...subIds(id),
            label,
            passthrough,
            healthy,
            reserved,
          })),
        })),
        vms: vms.map((vm) => ({
          name: vm.name,
          host: vm.host,
          memory_mb: vm.memoryMb,
          memory_reservation_mb: vm.memoryReservationMb,
          cpu_reservation_mhz: vm.cpuReservationMhz,
          overhead_mb: vm.overheadMb,
          cpus: vm.cpus,
          hardware_version: vm.hardwareVersion,
          resource_pool: vm.resourcePool,
          static: vm.static,
          restart_priority: vm.restartPriority,
          devices: vm.devices,
          requests: vm.requests && requests(vm.requests),
          drs: vm.drs && { enabled: vm.drs.enabled, automation_level: vm.drs.automationLevel },
        })),
        planned: planned.map((shape) => ({
          name: shape.name,
          count: shape.count,
          memory_mb: shape.memoryMb,
          memory_reservation_mb: shape.memoryReservationMb,
          cpu_reservation_mhz: shape.cpuReservationMhz,
          overhead_mb: shape.overheadMb,
          hardware_version: shape.hardwareVersion,
          resource_pool: shape.resourcePool,
          restart_priority: shape.restartPriority,
          devices: requests(shape.requests),
        })),
        resource_pools: resourcePools.map((pool) => ({
          name: pool.name,
          parent: pool.parent,
          expandable: pool.expandable,
          memory_limit_mb: pool.memoryLimitMb,
          memory_reservation_mb: pool.memoryReservationMb,
          cpu_limit_mhz: pool.cpuLimitMhz,
          cpu_reservation_mhz: pool.cpuReservationMhz,
        })),
        host_rules: hostRules.map((rule) => ({ name: rule.name, vms: rule.vms, hosts: rule.hosts, mandatory: rule.mandatory })),
        vm_rules: vmRules.map((rule) => ({ name: rule.name, vms: rule.vms, type: rule.type, mandatory: rule.mandatory })),
      },
    ],
  };
}

function subIds({ subVendor, subDevice }: Cluster["hosts"][number]["devices"][number]["id"]): object {
  const hex = (part: number): string => part.toString(16).padStart(4, "0");
  return subVendor === undefined || subDevice === undefined ? {} : { subsystem: `${hex(subVendor)}:${hex(subDevice)}` };
}
