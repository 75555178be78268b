import { children, integer, optionalChild, optionalInteger, optionalText, text } from "./values";
import { node, XmlElement, XmlNode } from "./xml";

/** What a VM asks of a host's devices; each number has 16 bits, the revision 8. */
export interface AllowedDevice {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly subVendorId?: number;
  readonly subDeviceId?: number;
  readonly revisionId?: number;
}

/** A dynamic device (Dynamic DirectPath I/O). */
export interface DynamicDevice {
  /** Any of them fits; none allows every device. */
  readonly allowed: readonly AllowedDevice[];
  /** Empty: any label and none. */
  readonly label: string;
}

export interface VmPassthroughDevice {
  /** Of the host's device that it has: a static one's own, a dynamic one's while it is powered on. */
  readonly address: string | undefined;
  /** Undefined for a static device, a vGPU, and whatever else passes something of the host's through. */
  readonly dynamic: DynamicDevice | undefined;
}

/** The PCI passthrough devices among a VM's `config.hardware.device`, whatever their kind. */
export function passthroughDevices(devices: XmlElement | undefined): readonly VmPassthroughDevice[] {
  const found = (devices?.children ?? []).filter(({ type }) => type === "VirtualPCIPassthrough");
  return found.map((device) => {
    const backing = optionalChild(device, "backing");
    if (backing?.type === "VirtualPCIPassthroughDynamicBackingInfo") {
      const allowed = children(backing, "allowedDevice").map(allowedDevice);
      const label = optionalText(backing, "customLabel") ?? "";
      return { address: nonEmpty(optionalText(backing, "assignedId")), dynamic: { allowed, label } };
    }
    const isStatic = backing?.type === "VirtualPCIPassthroughDeviceBackingInfo";
    return { address: isStatic ? text(backing, "id") : undefined, dynamic: undefined };
  });
}

/** The change that adds a dynamic device to a VM. `key` tells new devices of one change from each other: negative, each its own. */
export function additionOf({ allowed, label }: DynamicDevice, key: number): XmlNode {
  const backing = [
    node("deviceName", ""),
    ...allowed.map((device) =>
      node("allowedDevice", [
        node("vendorId", String(device.vendorId)),
        node("deviceId", String(device.deviceId)),
        optionalNumber("subVendorId", device.subVendorId),
        optionalNumber("subDeviceId", device.subDeviceId),
        optionalNumber("revisionId", device.revisionId),
      ]),
    ),
    label === "" ? undefined : node("customLabel", label),
  ];
  return node("deviceChange", [
    node("operation", "add"),
    node("device", [node("key", String(key)), node("backing", backing, { "xsi:type": "VirtualPCIPassthroughDynamicBackingInfo" })], {
      "xsi:type": "VirtualPCIPassthrough",
    }),
  ]);
}

function optionalNumber(name: string, value: number | undefined): XmlNode | undefined {
  return value === undefined ? undefined : node(name, String(value));
}

function allowedDevice(element: XmlElement): AllowedDevice {
  const [subVendorId, subDeviceId, revisionId] = ["subVendorId", "subDeviceId", "revisionId"].map((name) =>
    bits(optionalInteger(element, name)),
  );
  return {
    vendorId: integer(element, "vendorId") & 0xffff,
    deviceId: integer(element, "deviceId") & 0xffff,
    ...(subVendorId === undefined ? {} : { subVendorId }),
    ...(subDeviceId === undefined ? {} : { subDeviceId }),
    ...(revisionId === undefined ? {} : { revisionId }),
  };
}

function bits(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value & 0xffff;
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
