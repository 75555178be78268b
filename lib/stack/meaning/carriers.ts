import { DynamicRequest, known, Maybe, PciAddress, RequestCarriers, unknown } from "../../model";
import { Data } from "../data";
import { isList, isMap, toNumber, Value, ValueMap, whyUnknown } from "../expression/value";
import { evaluateData } from "../resolve/evaluate-data";
import { Attributes } from "./attributes";
import { Clones } from "./clones";
import { sriovFunctions } from "./network-interfaces";
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
  const addresses = staticAddresses(vm);
  const [vgpu] = vgpuKeys(extraConfig);
  const ovf = ovfName(vm);
  const sriov = sriovFunctions(vm);
  return {
    ...clones.carriers(vm),
    ...(extra !== undefined && { extraConfig: extra }),
    ...(addresses !== undefined && { static: addresses }),
    ...(metadata !== undefined && { metadata }),
    ...(vgpu !== undefined && { vgpu }),
    ...(ovf !== undefined && { ovf }),
    ...(sriov !== undefined && { sriov }),
    gpuIntent: isSizedForGpus(extraConfig) || (metadata !== undefined && !(metadata.known && metadata.value.length === 0)),
  };
}

function staticAddresses(vm: Attributes): Maybe<readonly PciAddress[]> | undefined {
  const list = vm.list("pci_device_id");
  if (list === undefined || !list.known) return list;
  if (list.value.length === 0) return undefined;
  const found = all(list.value.map((value) => readAddress(vm, "pci_device_id", value)));
  return found.known ? known([...new Set(found.value)]) : found;
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
