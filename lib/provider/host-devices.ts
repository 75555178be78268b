import { matchesId, parsePciId, PciId, quoted } from "../model";
import { HOST_DEVICES } from "../schema";
import { HostPciDevice, PciHost, readPciHost } from "../vsphere";
import { Client } from "./client";
import { failure } from "./failures";
import { deviceFacts, hex4 } from "./host-device";
import { Config, DataSource, Diagnostic, Planned } from "./plugin";

type Schema = typeof HOST_DEVICES;

const STATES: Readonly<Record<string, (host: PciHost, device: HostPciDevice) => boolean>> = {
  active: (_host, { enabled, active }) => enabled && active,
  free: ({ holders }, { address, enabled, active }) => enabled && active && !holders.has(address),
  "pending-reboot": (_host, { enabled, active }) => enabled !== active,
  disabled: (_host, { enabled, active }) => !enabled && !active,
};

/** `data.passthru_host_devices`: what a host can pass through. */
export const hostDevices: DataSource<Schema, Client> = {
  schema: HOST_DEVICES,
  validate,

  async read(config, { client, signal }) {
    const { host_system_id: hostId } = config;
    try {
      // As it is now: what it is asked for may depend on a VM that has just taken a device.
      const host = await readPciHost(client.session, hostId, signal);
      const found = host.devices.filter((device) => device.capable && fits(config, host, device)).sort(byAddress);
      const devices = found.map((device) => ({
        pci_id: device.address,
        subvendor_id: hex4(device.subVendorId),
        subdevice_id: hex4(device.subDeviceId),
        enabled: device.enabled,
        hardware_label: device.label,
        ...deviceFacts(host, device),
      }));
      return { state: { ...config, pci_ids: devices.map(({ pci_id }) => pci_id), devices } };
    } catch (error) {
      throw failure(error, `the devices of ${hostId} can't be read`, signal);
    }
  },
};

function validate({ host_system_id: hostId, ids, state }: Config<Schema>): readonly Diagnostic[] {
  const mistakes: Diagnostic[] = [];
  if (hostId === "") {
    const detail = "Expected the host's managed object id, as vsphere_host's id gives it: host-21";
    mistakes.push({ severity: "error", summary: "host_system_id is empty", detail, path: ["host_system_id"] });
  }
  if (typeof state === "string" && !Object.hasOwn(STATES, state)) {
    const detail = `Expected ${Object.keys(STATES).join(", ")}.`;
    mistakes.push({ severity: "error", summary: `${quoted(state)} is no state of a device`, detail, path: ["state"] });
  }
  (Array.isArray(ids) ? (ids as readonly unknown[]) : []).forEach((id, index) => {
    if (typeof id !== "string" || parsePciId(id) !== undefined) return;
    const detail = "Expected vendor:device[:subvendor:subdevice] in hexadecimal digits: 10de:20f1";
    mistakes.push({ severity: "error", summary: `${quoted(id)} is no PCI id`, detail, path: ["ids", index] });
  });
  return mistakes;
}

function fits({ ids, hardware_label: label, state }: Planned<Schema>, host: PciHost, device: HostPciDevice): boolean {
  if (label !== null && label !== device.label) return false;
  if (state !== null && !STATES[state]?.(host, device)) return false;
  // No host tells a revision: an id that names one fits nothing rather than anything.
  return ids === null || ids.some((id) => matchesId([allowedId(id)], idOf(device)) === true);
}

function allowedId(id: string): PciId {
  const parsed = parsePciId(id);
  if (!parsed) throw new Error(`${quoted(id)} was not validated`);
  return parsed;
}

function idOf({ vendorId, deviceId, subVendorId, subDeviceId }: HostPciDevice): PciId {
  return { vendor: vendorId, device: deviceId, subVendor: subVendorId, subDevice: subDeviceId };
}

function byAddress({ address: a }: HostPciDevice, { address: b }: HostPciDevice): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
