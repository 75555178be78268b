import { gpuModels } from "./gpu-catalogue";
import { Cluster, Device } from "./inventory";
import { known, Maybe, unknown } from "./maybe";
import { PciAddress } from "./pci";
import { hostOf } from "./places";
import { FoundDevice } from "./plan";
import { counted } from "./prose";

/** The addresses of devices that data sources find, where the inventory leaves no doubt. */
export function addressesOf(found: readonly FoundDevice[], cluster: Cluster | undefined): Maybe<readonly PciAddress[]> {
  const addresses: PciAddress[] = [];
  for (const each of found) {
    const address = addressOf(each, cluster);
    if (!address.known) return address;
    addresses.push(address.value);
  }
  return known(addresses);
}

function addressOf(found: FoundDevice, cluster: Cluster | undefined): Maybe<PciAddress> {
  const { words, host: ref, vendor } = found;
  const host = ref.known && cluster ? hostOf(ref.value, cluster) : undefined;
  if (!host?.known || host.value === undefined) return unknown(`${words} is a device of a host that is not known`);
  if (vendor?.known === false) return vendor;
  const { name, devices } = host.value;
  const ofVendor = devices.filter(({ id }) => vendor === undefined || id.vendor === vendor.value);
  const [device, ...others] = candidates(ofVendor, found);
  if (others.length > 0) {
    return unknown(
      `${words} may be any of ${counted(1 + others.length, "device")} of host ${name}: the provider takes the first that it finds`,
    );
  }
  if (device === undefined)
    return unknown(`${words} is no device that can be told among those that the inventory declares of host ${name}`);
  return device.addressDeclared
    ? known(device.address)
    : unknown(`${words}: the inventory counts the devices of host ${name}, and gives no addresses`);
}

/**
 * Devices that may be found. Names are vCenter's, which no inventory has: where one is asked for, a device whose name in the catalogue
 * has it, too, is one that is found; of the others nothing is known.
 */
function candidates(devices: readonly Device[], { vendor, nameRegex }: FoundDevice): readonly Device[] {
  if (vendor !== undefined || nameRegex === undefined) return devices;
  const isNamed = nameRegex.known && isPlain(nameRegex.value) && devices.some((device) => isCalled(device, nameRegex.value));
  return isNamed ? devices : [];
}

function isPlain(regex: string): boolean {
  return /^[\w -]+$/.test(regex);
}

function isCalled({ id }: Device, text: string): boolean {
  const spaced = (name: string): string => name.replace(/[ _-]+/g, " ");
  return gpuModels(id).some(({ name }) => spaced(name).includes(spaced(text)));
}
