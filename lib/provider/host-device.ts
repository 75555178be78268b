import { parsePciAddress, quoted } from "../model";
import { HOST_DEVICE } from "../schema";
import { HostPciDevice, PciHost, VsphereFault } from "../vsphere";
import { Client } from "./client";
import { failure, refusal, sentence } from "./failures";
import { deviceOf, findDevice, NoSuchDevice } from "./find-device";
import { Aim, Changed, ChangeFailed } from "./host-changes";
import { Call, Config, Diagnostic, OperationError, Outcome, Planned, Resource, State, UNKNOWN } from "./plugin";
import { rebootWarning } from "./reboot-warning";

type Schema = typeof HOST_DEVICE;
type Wanted = Pick<State<Schema>, "host_system_id" | "pci_id" | "enabled" | "hardware_label" | "apply_now">;
type Found = Pick<State<Schema>, "found_enabled" | "found_label">;

/** `passthru_host_device`: passthrough and hardware label of one PCI device of a host. */
export const hostDevice: Resource<Schema, Client> = {
  schema: HOST_DEVICE,
  validate,

  /** A device that is not there, or can't be passed through, is said before anything is applied. */
  async plan({ prior, config }, { client, signal }) {
    const { host_system_id: hostId, pci_id: address, enabled } = config;
    if (prior || !client || hostId === UNKNOWN || address === UNKNOWN) return {};
    try {
      const host = await client.readHost(hostId, signal);
      checkCapable(host, deviceOf(host, address), enabled === true);
      return {};
    } catch (error) {
      throw explain(error, `${address} of ${hostId} can't be managed`, signal);
    }
  },

  /** Adopts the device as it is found, and changes only what differs. */
  async create(planned, call) {
    await own(planned, true, call);
    try {
      const changed = await change(planned, call);
      const { enabled, label } = changed.before;
      return outcome(planned, { found_enabled: enabled, found_label: label }, changed);
    } catch (error) {
      throw explain(error, `${planned.pci_id} of ${planned.host_system_id} was not set up`, call.signal, ({ before, ...now }) =>
        // Without a change there is nothing for Terraform to keep.
        sameSetting(before, now.after)
          ? undefined
          : stateOf(planned, { found_enabled: before.enabled, found_label: before.label }, now.host, now.after),
      );
    }
  },

  async read(prior, { client, signal }) {
    try {
      const host = await client.readHost(prior.host_system_id, signal);
      const device = findDevice(host, prior.pci_id);
      return device && { state: stateOf(prior, prior, host, device) };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw explain(error, `${prior.pci_id} of ${prior.host_system_id} can't be read`, signal);
    }
  },

  async update(prior, planned, call) {
    await own(planned, false, call);
    try {
      return outcome(planned, prior, await change(planned, call));
    } catch (error) {
      throw explain(error, `${planned.pci_id} of ${planned.host_system_id} was not changed`, call.signal, ({ host, after }) =>
        stateOf(prior, prior, host, after),
      );
    }
  },

  /** Restores what was found; what this resource left alone stays as it is. */
  async delete(prior, call) {
    const { host_system_id: hostId, pci_id: address } = prior;
    const enabled = prior.enabled === null ? null : prior.found_enabled;
    const hardware_label = prior.hardware_label === null ? null : prior.found_label;
    try {
      const restore = (): Promise<Changed> => change({ ...prior, enabled, hardware_label }, call);
      const changed = await call.client.givingUp(hostId, canonical(address), restore, call.signal);
      return changed ? rebootWarning(changed.host, changed.after) : notRestored(prior);
    } catch (error) {
      if (isGone(error) || error instanceof NoSuchDevice) return [];
      throw explain(error, `${address} of ${hostId} was not restored`, call.signal, ({ host, after }) =>
        stateOf(prior, prior, host, after),
      );
    }
  },

  /** By `host/address`: `host-21/0000:af:00.0`. A destroy will restore what is there now. */
  async import(id, { client, signal }) {
    const [, hostId, address] = /^([^/\s]+)\/([^/\s]+)$/.exec(id) ?? [];
    if (hostId === undefined || address === undefined || parsePciAddress(address) === undefined) {
      throw refusal(`${quoted(id)} names no device`, "Expected the host's managed object id and the PCI address: host-21/0000:af:00.0");
    }
    try {
      const host = await client.readHost(hostId, signal);
      const device = deviceOf(host, address);
      const wanted: Wanted = {
        host_system_id: hostId,
        pci_id: address,
        enabled: device.enabled,
        hardware_label: device.label,
        apply_now: null,
      };
      return stateOf(wanted, { found_enabled: device.enabled, found_label: device.label }, host, device);
    } catch (error) {
      throw explain(error, `${address} of ${hostId} can't be imported`, signal);
    }
  },
};

function validate({ host_system_id: hostId, pci_id: address, hardware_label: label }: Config<Schema>): readonly Diagnostic[] {
  const mistakes: Diagnostic[] = [];
  const refuse = (path: string, summary: string, detail: string): void =>
    void mistakes.push({ severity: "error", summary, detail, path: [path] });
  if (hostId === "") {
    refuse("host_system_id", "host_system_id is empty", "Expected the host's managed object id, as vsphere_host's id gives it: host-21");
  }
  if (typeof address === "string" && parsePciAddress(address) === undefined) {
    refuse("pci_id", `${quoted(address)} is no PCI address`, "Expected domain, bus, slot and function in hexadecimal digits: 0000:af:00.0");
  }
  if (typeof label === "string" && label !== label.trim()) {
    const detail = "It counts when VMs ask for the label, and is easily overlooked. Leave it out.";
    refuse("hardware_label", `the label ${quoted(label)} begins or ends with white space`, detail);
  }
  return mistakes;
}

/** One owner a device: two would undo each other's work at every apply. */
async function own(wanted: Wanted, isNew: boolean, { client, signal }: Call<Client>): Promise<void> {
  const { host_system_id: hostId, pci_id: address } = wanted;
  const owner = await client.own(hostId, canonical(address), isNew, signal).catch((error: unknown) => {
    throw failure(error, `${address} of ${hostId} can't be taken`, signal);
  });
  if (owner === "own") return;
  const others = owner === "resource" ? "two resources" : "another provider block or another terraform, too";
  const detail = "Each would undo the other's work. Keep one passthru_host_device for each device.";
  throw refusal(`${address} of ${hostId} is managed by ${others}`, detail, ["pci_id"]);
}

function notRestored({ host_system_id: hostId, pci_id: address }: Wanted): readonly Diagnostic[] {
  const detail = "Another resource of this apply manages it now, so that it stays as that one wants it. A moved block renames a resource.";
  return [{ severity: "warning", summary: `${address} of ${hostId} was not restored`, detail }];
}

function change(wanted: Wanted, { client, signal }: Call<Client>): Promise<Changed> {
  const aim = (device: HostPciDevice, host: PciHost): Aim => {
    const enabled = wanted.enabled ?? device.enabled;
    checkCapable(host, device, enabled);
    checkFree(host, device, enabled);
    return { enabled, label: wanted.hardware_label ?? device.label, applyNow: wanted.apply_now ?? undefined };
  };
  return client.changesOf(wanted.host_system_id).change(wanted.pci_id, aim, signal);
}

function checkCapable(host: PciHost, device: HostPciDevice, enabled: boolean): void {
  if (!enabled || device.capable || device.enabled) return;
  const said = `${host.name} says that its device ${device.address} (${device.name}) can't be passed through.`;
  throw refusal(`${device.address} of ${host.name} can't be passed through`, `${said} Choose another, or leave enabled out.`, ["pci_id"]);
}

function checkFree(host: PciHost, device: HostPciDevice, enabled: boolean): void {
  const holder = host.holders.get(device.address);
  if (enabled || holder === undefined || !(device.enabled || device.active)) return;
  const detail = `Without passthrough the running VM would lose it. Nothing was changed: power ${holder} off first.`;
  throw refusal(`${device.address} of ${host.name} is held by VM ${holder}`, detail);
}

function outcome(planned: Planned<Schema>, found: Found, { host, after }: Changed): Outcome<Schema> {
  return { state: stateOf(planned, found, host, after), diagnostics: rebootWarning(host, after) };
}

/** What the user left open stays open in the state, whatever the device has there. */
function stateOf(wanted: Wanted, found: Found, host: PciHost, device: HostPciDevice): State<Schema> {
  return {
    host_system_id: wanted.host_system_id,
    pci_id: wanted.pci_id,
    enabled: wanted.enabled === null ? null : device.enabled,
    hardware_label: wanted.hardware_label === null ? null : device.label,
    apply_now: wanted.apply_now,
    ...deviceFacts(host, device),
    found_enabled: found.found_enabled,
    found_label: found.found_label,
  };
}

/** What a host tells of a device, in the words of the schema. */
export function deviceFacts(host: PciHost, device: HostPciDevice) {
  return {
    active: device.active,
    reboot_pending: device.enabled !== device.active,
    vendor_id: hex4(device.vendorId),
    device_id: hex4(device.deviceId),
    name: device.name,
    vm: host.holders.get(device.address) ?? "",
  };
}

export function hex4(id: number): string {
  return id.toString(16).padStart(4, "0");
}

function sameSetting(before: HostPciDevice, after: HostPciDevice): boolean {
  return before.enabled === after.enabled && before.label === after.label && before.active === after.active;
}

function canonical(address: string): string {
  return parsePciAddress(address) ?? address;
}

function isGone(error: unknown): boolean {
  return error instanceof VsphereFault && error.type === "ManagedObjectNotFound";
}

function explain(
  error: unknown,
  summary: string,
  signal: AbortSignal,
  reached: (changed: Changed) => State<Schema> | undefined = () => undefined,
): unknown {
  if (error instanceof NoSuchDevice) return refusal(summary, sentence(error.message), ["pci_id"]);
  if (!(error instanceof ChangeFailed)) return failure(error, summary, signal);
  const { reason, changed } = error;
  if (reason === undefined) {
    const now = changed
      ? `It is ${changed.after.enabled ? "on" : "off"} and labelled ${quoted(changed.after.label)}`
      : "It can't be read back";
    return new OperationError(
      [{ severity: "error", summary, detail: `The host accepted the change and did not make it. ${now}.` }],
      changed && reached(changed),
    );
  }
  return failure(reason, summary, signal, changed && reached(changed));
}
