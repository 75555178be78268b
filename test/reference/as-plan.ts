import { Cluster, DeviceChange, Files, HostRef, Maybe, Plan, PlanAction, PlanVm } from "../../lib/model";
import { change, configured, planOf } from "../stack/plans";
import { filesOf, inventoryOf, requestOf } from "./as-text";
import { value } from "./problem";

const POOL = "resgroup-c";

/** The same case as what `terraform show -json` says, and an inventory. Without pools, rules, datastores and networks. */
export function asPlanFiles(plan: Plan, cluster: Cluster): Files {
  return filesOf({
    "plan.json": planJson(plan, cluster),
    "inventory.json": inventoryOf({ ...cluster, resourcePoolId: POOL }),
  });
}

function planJson({ vms, deviceChanges }: Plan, cluster: Cluster): object {
  const templated = vms.filter(({ carriers, action }) => carriers.template && action !== "delete");
  const prioritised = vms.filter(({ restartPriority, action }) => restartPriority && action !== "delete");
  const changes = [
    ...vms.map((vm) => vmChange(vm, cluster)),
    ...templated.map((vm) =>
      change(
        `passthru_template.${vm.label}`,
        ["create"],
        null,
        { name: vm.label, device: value(vm.carriers.template!).map(requestOf) },
        { after_unknown: { uuid: true } },
      ),
    ),
    ...prioritised.map((vm) =>
      change(`vsphere_ha_vm_override.${vm.label}`, ["create"], null, { ha_vm_restart_priority: value(vm.restartPriority!) }),
    ),
    ...deviceChanges.map((each) => change(each.address, ["create"], null, settings(each, cluster))),
  ];
  const resources = [
    ...vms
      .filter(({ action }) => action !== "delete")
      .map((vm) =>
        configured(
          vm.address,
          {
            ...(vm.carriers.template ? { clone: [{ template_uuid: [`passthru_template.${vm.label}.uuid`] }] } : {}),
            ...(vm.host ? { host_system_id: hostId(vm.host, cluster) } : {}),
          },
          { depends_on: vm.dependsOn },
        ),
      ),
    ...templated.map((vm) => configured(`passthru_template.${vm.label}`, {})),
    ...prioritised.map((vm) => configured(`vsphere_ha_vm_override.${vm.label}`, { virtual_machine_id: [`${vm.address}.id`] })),
    ...deviceChanges.map((each) => configured(each.address, settings(each, cluster), { depends_on: each.dependsOn })),
  ];
  const state = vms
    .filter(({ action }) => action !== "create")
    .map(({ address, label, dependsOn }) => ({
      address,
      mode: "managed",
      type: "vsphere_virtual_machine",
      name: label,
      provider_name: "registry.terraform.io/vmware/vsphere",
      values: {},
      depends_on: dependsOn,
    }));
  return planOf(changes, resources, { prior_state: { format_version: "1.0", values: { root_module: { resources: state } } } });
}

const ACTIONS: Readonly<Record<Exclude<PlanAction, "from-stack">, readonly string[]>> = {
  none: ["no-op"],
  create: ["create"],
  "power-on": ["update"],
  "hot-add": ["update"],
  reboot: ["update"],
  delete: ["delete"],
  "replace-destroy-first": ["delete", "create"],
  "replace-create-first": ["create", "delete"],
};

function vmChange(vm: PlanVm, cluster: Cluster): object {
  if (vm.action === "from-stack") throw new Error("a plan says what it does");
  const values = {
    name: value(vm.name),
    resource_pool_id: POOL,
    num_cpus: value(vm.cpus),
    memory: value(vm.memoryMb),
    memory_reservation: value(vm.memoryReservationMb),
    memory_reservation_locked_to_max: value(vm.memoryLockedToMax),
    cpu_reservation: value(vm.cpuReservationMhz),
    firmware: value(vm.firmware),
    memory_limit: vm.memoryLimitMb ? value(vm.memoryLimitMb) : -1,
    ...(vm.hardwareVersion ? { hardware_version: value(vm.hardwareVersion) } : {}),
    ...(vm.carriers.static ? { pci_device_id: value(vm.carriers.static) } : {}),
    ...(vm.host ? { host_system_id: hostId(vm.host, cluster) } : {}),
    ...(vm.carriers.template ? { clone: [{}] } : {}),
  };
  const unknown = vm.carriers.template && vm.action !== "delete" ? { after_unknown: { clone: [{ template_uuid: true }] } } : {};
  // What makes an update a reboot: other CPUs than before.
  const before = vm.action === "create" ? null : vm.action === "reboot" ? { ...values, num_cpus: values.num_cpus + 1 } : values;
  return change(vm.address, ACTIONS[vm.action], before, vm.action === "delete" ? null : values, unknown);
}

function settings({ host, pciAddress, applyNow, enabled, hardwareLabel }: DeviceChange, cluster: Cluster): Record<string, unknown> {
  return {
    host_system_id: hostId(host, cluster),
    pci_id: value(pciAddress),
    apply_now: value(applyNow),
    ...(enabled ? { enabled: value(enabled) } : {}),
    ...(hardwareLabel ? { hardware_label: value(hardwareLabel) ?? "" } : {}),
  };
}

function hostId(maybe: Maybe<HostRef>, { hosts }: Cluster): string {
  const ref = value(maybe);
  return ref.by === "id" ? ref.id : hosts.find(({ name }) => name === ref.name)!.id!;
}
