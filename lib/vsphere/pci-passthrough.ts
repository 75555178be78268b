import { MalformedAnswer, StillRunning, VsphereFault } from "./errors";
import { ManagedObject, retrieve, retrieveOne } from "./properties";
import { Reference } from "./reference";
import { Session } from "./session";
import { boolean, integer, optionalText, referenceOf, text, textOf } from "./values";
import { passthroughDevices } from "./vm-devices";
import { node, XmlElement } from "./xml";

/** A PCI device of a host, with what the host says of its passthrough. */
export interface HostPciDevice {
  /** PCI address as the host spells it, `0000:af:00.0`. */
  readonly address: string;
  /** 16 bits each. */
  readonly vendorId: number;
  readonly deviceId: number;
  readonly subVendorId: number;
  readonly subDeviceId: number;
  readonly name: string;
  readonly capable: boolean;
  /** As configured. */
  readonly enabled: boolean;
  /** As in force: enabled, and rebooted where that was needed. */
  readonly active: boolean;
  /** Empty where it has none. */
  readonly label: string;
}

export interface PciHost {
  readonly reference: Reference;
  readonly name: string;
  readonly devices: readonly HostPciDevice[];
  /** Names of VMs that run with a device of this host's, by its address. */
  readonly holders: ReadonlyMap<string, string>;
}

/** What to write of one device: passthrough and label go together, so both are always told. */
export interface PciPassthroughConfig {
  readonly address: string;
  readonly enabled: boolean;
  /** Undefined sends none, which is all that a host older than ESXi 7.0 U2 understands. */
  readonly label: string | undefined;
  /** Undefined: at once where the host can, else with its next reboot. */
  readonly applyNow: boolean | undefined;
}

/**
 * A host's PCI devices, and who holds them.
 *
 * Privileges: System.View and System.Read on the host and its VMs (vSphere Web Services API, HostSystem, HostPciPassthruSystem).
 *
 * @param id managed object id, `host-21`
 * @throws VsphereFault ManagedObjectNotFound where there is no such host
 */
export async function readPciHost(session: Session, id: string, signal: AbortSignal): Promise<PciHost> {
  const reference: Reference = { type: "HostSystem", id };
  const retrieval = {
    from: reference,
    properties: {
      HostSystem: ["name", "hardware.pciDevice", SYSTEM],
      VirtualMachine: ["name", "runtime.powerState", "config.hardware.device"],
    },
    along: "vm",
  };
  const objects = await retrieve(session, retrieval, signal);
  const host = objects.find((object) => object.reference.id === id);
  if (!host) throw new VsphereFault(`vCenter tells nothing of HostSystem ${id}; may the user see it?`, "NoPermission");
  const systemReference = host.get(SYSTEM);
  if (!systemReference) throw new MalformedAnswer(`host ${id} has no ${SYSTEM}; is it connected?`);
  const system = await retrieveOne(session, referenceOf(systemReference), ["pciPassthruInfo"], signal);
  const hardware = new Map(items(host.get("hardware.pciDevice")).map((device) => [text(device, "id"), device]));
  const name = host.get("name");
  const devices = items(system.get("pciPassthruInfo")).map((info) => hostDevice(info, hardware));
  if (new Set(devices.map(({ address }) => address)).size < devices.length) {
    throw new MalformedAnswer(`host ${id} has two devices at one address`);
  }
  return {
    reference,
    name: name ? textOf(name) : id,
    devices,
    holders: new Map(objects.filter((object) => object.reference.type === "VirtualMachine").flatMap(heldBy)),
  };
}

/**
 * Writes passthrough and labels of some of a host's devices; others stay as they are.
 *
 * Privilege: Host.Config.PciPassthru on the host (vSphere Web Services API, HostPciPassthruSystem.UpdatePassthruConfig).
 *
 * @throws VsphereFault HostConfigFault where the host can't
 */
export async function updatePciPassthrough(
  session: Session,
  hostId: string,
  configs: readonly PciPassthroughConfig[],
  signal: AbortSignal,
): Promise<void> {
  const host = await retrieveOne(session, { type: "HostSystem", id: hostId }, [SYSTEM], signal);
  const system = host.get(SYSTEM);
  if (!system) throw new MalformedAnswer(`host ${hostId} has no ${SYSTEM}; is it connected?`);
  const parameters = configs.map(({ address, enabled, applyNow, label }) =>
    node(
      "config",
      [
        node("id", address),
        node("passthruEnabled", String(enabled)),
        applyNow === undefined ? undefined : node("applyNow", String(applyNow)),
        label === undefined ? undefined : node("hardwareLabel", label),
      ],
      // There is an SR-IOV variety of it, too.
      { "xsi:type": "HostPciPassthruConfig" },
    ),
  );
  try {
    // Repeatable: it says what is to be, not what to change.
    await session.call(() => ({ on: referenceOf(system), method: "UpdatePassthruConfig", parameters, repeatable: true }), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new StillRunning(
      `a change of passthrough on HostSystem ${hostId} was sent and not answered`,
      "the next plan shows whether it was made",
    );
  }
}

const SYSTEM = "configManager.pciPassthruSystem";

/** The elements of a property that is a list. */
function items(list: XmlElement | undefined): readonly XmlElement[] {
  return list?.children ?? [];
}

function hostDevice(info: XmlElement, hardware: ReadonlyMap<string, XmlElement>): HostPciDevice {
  const address = text(info, "id");
  const device = hardware.get(address);
  return {
    address,
    vendorId: device ? pciId(device, "vendorId") : 0,
    deviceId: device ? pciId(device, "deviceId") : 0,
    subVendorId: device ? pciId(device, "subVendorId") : 0,
    subDeviceId: device ? pciId(device, "subDeviceId") : 0,
    name: (device && optionalText(device, "deviceName")) ?? "",
    capable: boolean(info, "passthruCapable"),
    enabled: boolean(info, "passthruEnabled"),
    active: boolean(info, "passthruActive"),
    label: optionalText(info, "hardwareLabel") ?? "",
  };
}

/** HostPciDevice has them as signed 16-bit numbers. */
function pciId(device: XmlElement, name: string): number {
  return integer(device, name) & 0xffff;
}

/** A VM that the user may not look at, or that is just going away, is passed over: the host itself keeps its device in use. */
function heldBy({ find }: ManagedObject): readonly (readonly [string, string])[] {
  const [power, name] = [find("runtime.powerState"), find("name")];
  if (!power || textOf(power) === "poweredOff") return [];
  return passthroughDevices(find("config.hardware.device")).flatMap(({ address }) =>
    address === undefined ? [] : [[address, name ? textOf(name) : ""] as const],
  );
}
