import { DynamicRequest, FoundDevice, known, Maybe, PciAddress, RequestCarriers, unknown } from "../../model";
import { Data } from "../data";
import { Computed, Instance, isList, isMap, toNumber, Value, ValueMap, whyUnknown } from "../expression/value";
import { evaluateData } from "../resolve/evaluate-data";
import { Attributes, identified, textOf } from "./attributes";
import { Clones } from "./clones";
import { sriovFunctions } from "./network-interfaces";
import { hostRef } from "./places";
import { all, readAddress, readRequest } from "./requests";
import { ovfName } from "./vm-origin";
import { isSizedForGpus, vgpuKeys, vmxRequests } from "./vmx";

/** Finds everything that says which devices a VM asks for (contract, section 3). `accelerators` is its construct's metadata. */
export function readCarriers(
  vm: Attributes,
  accelerators: Data | undefined,
  extraConfig: Maybe<ValueMap>,
  clones: Clones,
): RequestCarriers {
  const extra = vmxRequests(vm, extraConfig);
  const metadata = accelerators === undefined ? undefined : readAccelerators(vm, accelerators);
  const { addresses, found } = staticDevices(vm);
  const [vgpu] = vgpuKeys(extraConfig);
  const ovf = ovfName(vm);
  const sriov = sriovFunctions(vm);
  return {
    ...clones.carriers(vm),
    ...(extra !== undefined && { extraConfig: extra }),
    ...(addresses !== undefined && { static: addresses }),
    ...(found.length > 0 && { found }),
    ...(metadata !== undefined && { metadata }),
    ...(vgpu !== undefined && { vgpu }),
    ...(ovf !== undefined && { ovf }),
    ...(sriov !== undefined && { sriov }),
    gpuIntent: isSizedForGpus(extraConfig) || (metadata !== undefined && !(metadata.known && metadata.value.length === 0)),
  };
}

interface StaticDevices {
  readonly addresses: Maybe<readonly PciAddress[]> | undefined;
  readonly found: readonly FoundDevice[];
}

function staticDevices(vm: Attributes): StaticDevices {
  const list = vm.list("pci_device_id");
  if (list === undefined || !list.known) return { addresses: list, found: [] };
  const finders = list.value.flatMap((value) => {
    const finder = whyUnknown(value) === undefined ? undefined : identified(value, ["vsphere_host_pci_device"], ["id"]);
    return finder === undefined ? [] : [{ value, finder }];
  });
  const written = list.value.filter((value) => !finders.some((each) => each.value === value));
  const addresses = all(written.map((value) => readAddress(vm, "pci_device_id", value)));
  return {
    addresses: written.length === 0 ? undefined : addresses.known ? known([...new Set(addresses.value)]) : addresses,
    found: finders.map(({ finder }) => readFinder(finder)),
  };
}

/** What a `vsphere_host_pci_device` looks for. Classes are not in an inventory: they leave nothing out. */
function readFinder(finder: Instance): FoundDevice {
  const vendor = writtenText(finder, "vendor_id");
  const nameRegex = writtenText(finder, "name_regex");
  return {
    words: `\${${finder.address}.id}`,
    host: hostRef(finder.attribute("host_id"), finder),
    ...(vendor && { vendor: vendor.known ? hexadecimal(vendor.value, finder) : vendor }),
    ...(nameRegex && { nameRegex }),
  };
}

function writtenText(instance: Instance, name: string): Maybe<string> | undefined {
  const value = instance.attribute(name);
  return value instanceof Computed && value.instance === instance ? undefined : textOf(value);
}

function hexadecimal(text: string, { address }: Instance): Maybe<number> {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(text.trim())?.[1];
  return digits === undefined ? unknown(`\${${address}.vendor_id}`) : known(Number.parseInt(digits, 16));
}

/** `{ allowed, label, count }` for each kind of device. */
function readAccelerators(vm: Attributes, data: Data): Maybe<readonly DynamicRequest[]> {
  const value = evaluateData(data, vm.instance.inner);
  const why = whyUnknown(value);
  if (why !== undefined) return unknown(why);
  if (!isList(value)) return malformed(vm, "are no list");
  const groups = all(value.map((each) => readAccelerator(vm, each)));
  return groups.known ? known(groups.value.flat()) : groups;
}

const MAX_COUNT = 1000;

function readAccelerator(vm: Attributes, value: Value): Maybe<readonly DynamicRequest[]> {
  const why = whyUnknown(value);
  if (why !== undefined) return unknown(why);
  if (!isMap(value)) return malformed(vm, "are no list of { allowed, label, count }");
  const count = value.get("count") ?? 1;
  const whyCount = whyUnknown(count);
  if (whyCount !== undefined) return unknown(whyCount);
  const number = toNumber(count);
  if (number === undefined || !Number.isInteger(number) || number < 1 || number > MAX_COUNT) {
    return malformed(vm, `have a count that is no whole number from 1 to ${MAX_COUNT}`);
  }
  const request = readRequest(vm, "//", value);
  return request.known ? known(Array.from({ length: number }, () => request.value)) : request;
}

function malformed(vm: Attributes, what: string): Maybe<never> {
  vm.mistake("//", `has passthru.accelerators that ${what}`);
  return unknown("//.passthru.accelerators");
}
