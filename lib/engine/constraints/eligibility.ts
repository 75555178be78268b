import { Host, HostRule, Refusal } from "../../model";
import { DYNAMIC_HARDWARE_VERSION, deviceMaximum, newestHardwareVersion, supportsHardwareVersion } from "./compatibility";
import { VmSpec } from "./vm-spec";

/** A mandatory VM-Host rule: the VM runs on one of these hosts. */
export type HostRuleInForce = Pick<HostRule, "name" | "hosts">;

/** Why a host can't take a VM whatever is free there (section 3). `restart`: after a failure, when failover hosts are allowed. */
export function hostRefusals(vm: VmSpec, host: Host, rules: readonly HostRuleInForce[], restart: boolean): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (reason: Refusal["reason"], detail: Omit<Refusal, "host" | "reason"> = {}): void => {
    refusals.push({ host: host.name, reason, ...detail });
  };
  if (host.state === "disconnected" || host.state === "standby") refuse(host.state);
  else if (host.state !== "connected") refuse("maintenance");
  if (host.failover && !restart) refuse("failover-host");
  const version = vm.hardwareVersion;
  if (version !== undefined && !supportsHardwareVersion(host, version)) {
    refuse("hardware-version", { requested: version, capacity: newestHardwareVersion(host) });
  }
  const missing = (wanted: readonly string[], there: readonly string[] | undefined): readonly string[] =>
    there ? wanted.filter((name) => !there.includes(name)) : [];
  for (const name of missing(vm.datastores, host.datastores)) refuse("datastore", { name });
  for (const name of missing(vm.networks, host.networks)) refuse("network", { name });
  const maximum = deviceMaximum(version ?? newestHardwareVersion(host), host.esxi);
  if (vm.requests.length > maximum) refuse("device-maximum", { requested: vm.requests.length, capacity: maximum });
  for (const rule of rules) if (!rule.hosts.includes(host.name)) refuse("host-rule", { name: rule.name });
  return refusals;
}

/** What is refused whatever the host, at a first power-on (section 3). */
export function vmRefusals(vm: VmSpec): Refusal[] {
  if (vm.requests.length === 0) return [];
  const refusals: Refusal[] = [];
  const dynamic = vm.requests.some(({ kind }) => kind === "dynamic");
  if (dynamic && vm.hardwareVersion !== undefined && vm.hardwareVersion < DYNAMIC_HARDWARE_VERSION) {
    refusals.push({ reason: "hardware-version", requested: vm.hardwareVersion, capacity: DYNAMIC_HARDWARE_VERSION });
  }
  if (vm.reservationMb !== vm.memoryMb) refusals.push({ reason: "memory-not-reserved", requested: vm.memoryMb, used: vm.reservationMb });
  if (vm.memoryLimited) refusals.push({ reason: "memory-limit" });
  return refusals;
}
