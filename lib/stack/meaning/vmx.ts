import { DynamicRequest, Maybe, unknown } from "../../model";
import { toText, Value, ValueMap, whyUnknown } from "../expression/value";
import { Attributes } from "./attributes";
import { all, makeRequest } from "./requests";

const DEVICE_KEY = /^pciPassthru(\d+)\.(allowedDevices|customLabel)$/i;
const VGPU_KEY = /^pciPassthru\d+\.vgpu$/i;

/** Requests written in `extra_config` in VMX notation: `pciPassthruN.allowedDevices` and `.customLabel`. Undefined where there are none. */
export function vmxRequests(vm: Attributes, extraConfig: Maybe<ValueMap>): Maybe<readonly DynamicRequest[]> | undefined {
  if (!extraConfig.known) return extraConfig;
  const devices = new Map<string, { allowed: Value; label: Value }>();
  for (const [key, value] of extraConfig.value) {
    const match = DEVICE_KEY.exec(key);
    if (!match) continue;
    const device = devices.get(match[1]!) ?? { allowed: null, label: null };
    if (match[2]!.toLowerCase() === "alloweddevices") device.allowed = value;
    else device.label = value;
    devices.set(match[1]!, device);
  }
  if (devices.size === 0) return undefined;
  const byNumber = [...devices].sort(([a], [b]) => Number(a) - Number(b));
  return all(byNumber.map(([, { allowed, label }]) => request(vm, allowed, label)));
}

/** Several allowed devices are separated by commas. */
function request(vm: Attributes, allowed: Value, label: Value): Maybe<DynamicRequest> {
  const why = whyUnknown(allowed);
  if (why !== undefined) return unknown(why);
  const ids = (toText(allowed) ?? "").split(",").filter((id) => id.trim() !== "");
  return makeRequest(vm, "extra_config", ids, label);
}

/** `pciPassthruN.id` names one device: the fixed kind, which `extra_config` does not make either. */
export function fixedDeviceKeys(extraConfig: Maybe<ValueMap>): readonly string[] {
  return extraConfig.known ? [...extraConfig.value.keys()].filter((key) => /^pciPassthru\d+\.id$/i.test(key)) : [];
}

/** `pciPassthruN.vgpu` asks for a vGPU by its profile; an empty profile is none. Sorted. */
export function vgpuKeys(extraConfig: Maybe<ValueMap>): readonly string[] {
  if (!extraConfig.known) return [];
  const asked = [...extraConfig.value].filter(([key, value]) => VGPU_KEY.test(key) && value !== null && toText(value) !== "");
  return asked.map(([key]) => key).sort();
}

/** The keys that size a VM's address space for GPUs show what it is meant for. */
export function isSizedForGpus(extraConfig: Maybe<ValueMap>): boolean {
  return extraConfig.known && [...extraConfig.value.keys()].some((key) => /^pciPassthru\..*MMIO/i.test(key));
}
