import { Cluster, DynamicRequest, formatPciId, Maybe, PlanVm } from "../../lib/model";
import { Instance } from "./instance";

/** The same as files: a synthesized stack as cdktf writes it (sorted, indented, with its metadata), and an inventory. */
export function asText({ plan, inventory }: Instance): { readonly "cdk.tf.json": string; readonly "inventory.json": string } {
  return {
    "cdk.tf.json": `${JSON.stringify(stackOf(plan.vms, inventory.clusters), null, 2)}\n`,
    "inventory.json": `${JSON.stringify({ clusters: inventory.clusters.map(clusterOf) }, null, 2)}\n`,
  };
}

function stackOf(vms: readonly PlanVm[], clusters: readonly Cluster[]): object {
  const templates = new Map<string, readonly DynamicRequest[]>();
  for (const vm of vms) if (requestsOf(vm).length > 0) templates.set(templateName(requestsOf(vm)), requestsOf(vm));
  return {
    "//": { metadata: { backend: "local", stackName: "s", version: "0.21.0" } },
    data: {
      vsphere_compute_cluster: byName(
        clusters,
        ({ name }) => name,
        ({ name }) => ({ datacenter_id: "datacenter-1", name }),
      ),
      vsphere_virtual_machine: { ubuntu: { ...metadata("ubuntu"), datacenter_id: "datacenter-1", name: "ubuntu" } },
    },
    provider: { vsphere: [{ vsphere_server: "vc.lab" }] },
    resource: {
      passthru_template: byName(
        [...templates],
        ([name]) => name,
        ([name, requests]) => ({
          device: requests.map(requestOf),
          name,
          source_template_uuid: "${data.vsphere_virtual_machine.ubuntu.id}",
        }),
      ),
      vsphere_virtual_machine: byName(vms, ({ label }) => label, vmOf),
    },
  };
}

function byName<T>(list: readonly T[], nameOf: (item: T) => string, of: (item: T) => object): object {
  return Object.fromEntries(list.map((item) => [nameOf(item), { ...metadata(nameOf(item)), ...of(item) }]));
}

function metadata(name: string): object {
  return { "//": { metadata: { path: `s/${name}`, uniqueId: name } } };
}

function vmOf(vm: PlanVm): object {
  const requests = requestsOf(vm);
  const cluster = valueOf(vm.cluster);
  if (cluster.by !== "name") throw new Error("a generated VM names its cluster");
  const template = requests.length > 0 ? `passthru_template.${templateName(requests)}.uuid` : "data.vsphere_virtual_machine.ubuntu.id";
  return {
    clone: { template_uuid: `\${${template}}` },
    cpu_reservation: valueOf(vm.cpuReservationMhz),
    datastore_id: "datastore-1",
    disk: [{ label: "disk0", size: 40 }],
    firmware: valueOf(vm.firmware),
    guest_id: "ubuntu64Guest",
    memory: valueOf(vm.memoryMb),
    memory_reservation: valueOf(vm.memoryReservationMb),
    memory_reservation_locked_to_max: valueOf(vm.memoryLockedToMax),
    name: valueOf(vm.name),
    network_interface: [{ network_id: "network-1" }],
    num_cpus: valueOf(vm.cpus),
    resource_pool_id: `\${data.vsphere_compute_cluster.${cluster.name}.resource_pool_id}`,
  };
}

function requestsOf({ carriers }: PlanVm): readonly DynamicRequest[] {
  return carriers.template ? valueOf(carriers.template) : [];
}

/** `t-10de-20f1-Training-x4`: one template for all VMs that ask for the same. */
function templateName(requests: readonly DynamicRequest[]): string {
  const [{ allowed, label } = { allowed: [], label: undefined }] = requests;
  const ids = allowed.length > 0 ? allowed.map(formatPciId) : ["any"];
  return [...ids, label ?? "", `x${requests.length}`].filter(Boolean).join("-").replaceAll(":", "-").replace(/^/, "t-");
}

function requestOf({ allowed, label }: DynamicRequest): object {
  return { allowed: allowed.map(formatPciId), ...(label === undefined ? {} : { label }) };
}

function valueOf<T>(maybe: Maybe<T>): T {
  if (!maybe.known) throw new Error(`a generated value is known: ${maybe.why}`);
  return maybe.value;
}

function clusterOf({ name, drs, ha, hosts, vms, vmRules }: Cluster): object {
  return {
    name,
    drs: { enabled: drs.enabled, automation_level: drs.automationLevel },
    ...(ha ? { ha: { host_failures_to_tolerate: ha.hostFailuresToTolerate, admission_control: ha.admissionControl } } : {}),
    hosts: hosts.map((host) => ({
      name: host.name,
      id: host.id,
      esxi: host.esxi,
      cpu_mhz: host.cpuMhz,
      memory_mb: host.memoryMb,
      devices: host.devices.map(({ address, id, label }) => ({ address, id: formatPciId(id), label })),
    })),
    vms: vms.map((vm) => ({
      name: vm.name,
      host: vm.host,
      cpus: vm.cpus,
      memory_mb: vm.memoryMb,
      memory_reservation_mb: vm.memoryReservationMb,
      cpu_reservation_mhz: vm.cpuReservationMhz,
      overhead_mb: vm.overheadMb,
      devices: vm.devices,
      requests: vm.requests?.map(requestOf),
    })),
    vm_rules: vmRules.map((rule) => ({ name: rule.name, vms: rule.vms, type: rule.type, mandatory: rule.mandatory })),
  };
}
