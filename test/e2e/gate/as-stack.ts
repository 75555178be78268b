import { BatchVm, Case, CLUSTER, HARDWARE_VERSION } from "./draw-case";

const PREFIX = "vsphere_virtual_machine.";

/** The batch as a synthesized stack, to be judged and to be applied: each VM a clone of a template that vCenter has. */
export function asStack({ batch, input }: Case): object {
  const templates = input.clusters.flatMap((cluster) => cluster.templates ?? []);
  const overrides = batch.flatMap(override);
  const there = { datacenter_id: "${data.vsphere_datacenter.dc.id}" };
  return {
    terraform: { required_providers: { vsphere: { source: "vmware/vsphere" } } },
    provider: { vsphere: [{}] },
    data: {
      vsphere_datacenter: { dc: { name: "dc-1" } },
      vsphere_datastore: { store: { name: "datastore-1", ...there } },
      vsphere_network: { net: { name: "VM Network", ...there } },
      vsphere_compute_cluster: { [CLUSTER]: { name: CLUSTER, ...there } },
      vsphere_virtual_machine: Object.fromEntries(templates.map(({ name }) => [name, { name, ...there }])),
    },
    resource: {
      vsphere_virtual_machine: Object.fromEntries(batch.map((vm) => [vm.name, resource(vm)])),
      // Terraform refuses a type without a resource.
      ...(overrides.length === 0 ? {} : { vsphere_ha_vm_override: Object.fromEntries(overrides) }),
    },
  };
}

/** What the report calls a VM: the batch's by address, others by name. */
export function nameOf(reported: string): string {
  return reported.startsWith(PREFIX) ? reported.slice(PREFIX.length) : reported;
}

function resource({ name, template, memoryMb, dependsOn }: BatchVm): object {
  return {
    name,
    resource_pool_id: `\${data.vsphere_compute_cluster.${CLUSTER}.resource_pool_id}`,
    datastore_id: "${data.vsphere_datastore.store.id}",
    clone: { template_uuid: `\${data.vsphere_virtual_machine.${template}.id}` },
    guest_id: "ubuntu64Guest",
    firmware: "efi",
    hardware_version: HARDWARE_VERSION,
    num_cpus: 1,
    memory: memoryMb,
    memory_reservation: memoryMb,
    memory_reservation_locked_to_max: true,
    disk: [{ label: "disk0", size: 1 }],
    network_interface: [{ network_id: "${data.vsphere_network.net.id}" }],
    // No guest ever comes up.
    wait_for_guest_net_timeout: 0,
    ...(dependsOn.length === 0 ? {} : { depends_on: dependsOn.map((other) => PREFIX + other) }),
  };
}

function override({ name, restartPriority }: BatchVm): [string, object][] {
  if (restartPriority === undefined) return [];
  const ids = { compute_cluster_id: `\${data.vsphere_compute_cluster.${CLUSTER}.id}`, virtual_machine_id: `\${${PREFIX}${name}.id}` };
  return [[name, { ...ids, ha_vm_restart_priority: restartPriority }]];
}
