import { formatPciId, parsePciId, PciId, quoted } from "../model";
import { AllowedDevice, DynamicDevice } from "../vsphere";

/** A device block as the user writes it. */
export interface DeviceBlock {
  readonly allowed: readonly string[];
  readonly label: string | null;
}

/** The dynamic device that a block asks for. Its ids were validated. */
export function requestOf({ allowed, label }: DeviceBlock): DynamicDevice {
  return { allowed: allowed.map(allowedDevice), label: label ?? "" };
}

/** The block that asks for a dynamic device, in the usual spelling. */
export function spell({ allowed, label }: DynamicDevice): DeviceBlock {
  return { allowed: allowed.map((device) => formatPciId(pciId(device))), label: label === "" ? null : label };
}

/** Whether both ask for the same devices; in which order they ask, and list ids, says nothing. */
export function sameRequests(a: readonly DynamicDevice[], b: readonly DynamicDevice[]): boolean {
  return sortedKeys(a) === sortedKeys(b);
}

function sortedKeys(devices: readonly DynamicDevice[]): string {
  const keys = devices.map(({ allowed, label }) =>
    JSON.stringify([label, [...new Set(allowed.map((device) => formatPciId(pciId(device))))].sort()]),
  );
  return JSON.stringify(keys.sort());
}

function allowedDevice(text: string): AllowedDevice {
  const id = parsePciId(text);
  if (!id) throw new Error(`${quoted(text)} was not validated`);
  const { vendor, device, subVendor, subDevice, revision } = id;
  return {
    vendorId: vendor,
    deviceId: device,
    ...(subVendor === undefined ? {} : { subVendorId: subVendor }),
    ...(subDevice === undefined ? {} : { subDeviceId: subDevice }),
    ...(revision === undefined ? {} : { revisionId: revision }),
  };
}

function pciId({ vendorId, deviceId, subVendorId, subDeviceId, revisionId }: AllowedDevice): PciId {
  return {
    vendor: vendorId,
    device: deviceId,
    ...(subVendorId === undefined ? {} : { subVendor: subVendorId }),
    ...(subDeviceId === undefined ? {} : { subDevice: subDeviceId }),
    ...(revisionId === undefined ? {} : { revision: revisionId }),
  };
}
