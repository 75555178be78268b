import { Plan } from "../../model";
import { Hit } from "../rule";

/** Fixes are written in Terraform's terms: these, and VM arguments, have other names where the stack is made by constructs. */
const TERMS: Readonly<Record<string, string>> = {
  depends_on: "node.addDependency",
  "a passthru_template": "an AcceleratedTemplate",
  pci_id: "devices",
};

const ARGUMENTS = [
  "cpu_hot_add_enabled",
  "cpu_reservation",
  "create_before_destroy",
  "datastore_id",
  "extra_config",
  "extra_config_reboot_required",
  "guest_id",
  "ha_vm_restart_priority",
  "hardware_version",
  "host_system_id",
  "latency_sensitivity",
  "memory_hot_add_enabled",
  "memory_limit",
  "memory_reservation",
  "num_cpus",
  "pci_device_id",
  "resource_pool_id",
];

const NAMES = new RegExp(`\\b(${[...Object.keys(TERMS), ...ARGUMENTS].join("|")})\\b( =)?`, "g");

/** A fix in the terms of who reads it: `memory_reservation = 65536` is `memoryReservation: 65536` to an author of constructs. */
export function fixForReader(fix: string, { constructPath, resource }: Hit, { vms }: Plan): string {
  const isByConstructs = resource === undefined ? vms.some((vm) => vm.constructPath !== undefined) : constructPath !== undefined;
  if (!isByConstructs) return fix;
  return fix.replace(NAMES, (_, name: string, equals?: string) => (TERMS[name] ?? camelCase(name)) + (equals === undefined ? "" : ":"));
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
