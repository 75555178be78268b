import { HostPciDevice, PciHost } from "../vsphere";
import { Diagnostic } from "./plugin";

/** Said where a setting waits for a reboot of its host; nothing here reboots one. */
export function rebootWarning({ name }: PciHost, { address, enabled, active }: HostPciDevice): readonly Diagnostic[] {
  if (enabled === active) return [];
  const state = enabled ? "is switched on and not in force yet: no VM can have the device" : "is switched off and still in force";
  const detail = `Passthrough of ${address} ${state}. Put ${name} into maintenance mode and reboot it; the next plan sees that it was.`;
  return [{ severity: "warning", summary: `${name} has to be rebooted for ${address}`, detail }];
}
