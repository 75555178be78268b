import { Device, parsePciAddress, PciAddress, PciId, quoted } from "../model";
import { DeviceText, HostText } from "../schema";
import { Context } from "./context";
import { DEVICE } from "./defaults";
import { given } from "./given";
import { madeUpAddress } from "./made-up-address";
import { pciId } from "./requests";

/** More than that no host has, and their addresses could not be made up. */
const MAX_OF_A_HOST = 10_000;

/**
 * The devices of a block of `hosts` equal hosts, in the order of their addresses;
 * counted ones get addresses that nothing on the host has.
 */
export function devicesOf(host: HostText, hosts: number, context: Context): readonly Device[] {
  const texts = host.devices ?? [];
  const amount = texts.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const tooMany =
    amount > MAX_OF_A_HOST ? `more than ${MAX_OF_A_HOST} devices on one host` : context.budget.spend("devices", amount * hosts);
  if (tooMany !== undefined) {
    context.mistake(host, "devices", tooMany);
    return [];
  }
  const taken = new Set<PciAddress>();
  const devices: Device[] = [];
  for (const text of texts) {
    if (text.address === undefined) continue;
    const address = parsePciAddress(text.address)!;
    if (taken.has(address)) context.mistake(text, "address", `device ${quoted(address)} is declared twice on host ${quoted(host.name)}`);
    if (text.count !== undefined) context.mistake(text, "count", "a device has an address or a count, not both");
    taken.add(address);
    devices.push(deviceAt(address, true, text, context));
  }
  const unused = unusedAddresses(taken);
  for (const text of texts) {
    if (text.address !== undefined) continue;
    if (text.count === undefined && !context.wasInvalid(text, "count") && !context.wasInvalid(text, "address")) {
      context.mistake(text, undefined, 'a device needs an "address", or a "count" of devices alike');
    }
    const [first, ...others] = Array.from({ length: text.count ?? 1 }, () => unused.next().value);
    const device = deviceAt(first!, false, text, context);
    devices.push(device, ...others.map((address) => ({ ...device, address })));
  }
  return devices.sort((a, b) => (a.address < b.address ? -1 : 1));
}

function deviceAt(address: PciAddress, addressDeclared: boolean, text: DeviceText, context: Context): Device {
  const passthrough = text.passthrough ?? DEVICE.passthrough;
  if (text.vgpu_mode !== undefined && passthrough !== "vgpu") {
    context.mistake(text, "vgpu_mode", `vgpu_mode is for a device that is shared: expected passthrough = "vgpu", found "${passthrough}"`);
  }
  return given({
    address,
    addressDeclared,
    id: idOf(text, context),
    label: text.label || undefined,
    passthrough,
    healthy: text.healthy ?? DEVICE.healthy,
    reserved: text.reserved,
    bar1Gb: text.bar1_gb,
    virtualFunctions: text.virtual_functions,
    vgpuMode: text.vgpu_mode,
    source: context.source(text),
  });
}

function idOf(text: DeviceText, context: Context): PciId {
  const id = pciId(text.id, text, "id", context) ?? { vendor: 0, device: 0 };
  const said = id.subVendor !== undefined || id.subDevice !== undefined;
  if (said && text.subsystem !== undefined) context.mistake(text, "subsystem", "the id says the subsystem already");
  if (id.revision !== undefined && text.revision !== undefined) context.mistake(text, "revision", "the id says the revision already");
  const [subVendor, subDevice] = text.subsystem?.split(":").map(hexadecimal) ?? [];
  return {
    ...id,
    ...(subVendor === undefined || subDevice === undefined ? {} : { subVendor, subDevice }),
    ...(text.revision === undefined ? {} : { revision: hexadecimal(text.revision) }),
  };
}

function hexadecimal(text: string): number {
  return parseInt(text.replace(/^0x/i, ""), 16);
}

function* unusedAddresses(taken: ReadonlySet<PciAddress>): Generator<PciAddress, never> {
  for (let number = 0; ; number++) {
    const address = madeUpAddress(number);
    if (!taken.has(address)) yield address;
  }
}
