import { listing } from "../model";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

/**
 * Keys that ask for a device. `present` alone asks for none, `id` names a fixed one, of which the reader of the stack speaks, and `vgpu`
 * a vGPU, which no template helps to and unknown-requests tells.
 */
const DEVICE_KEY = /^pciPassthru\d+\.(?!present$|id$|vgpu$)/i;

export const extraConfigDevice: Rule = {
  id: "extra-config-device",
  severity: "warning",
  title: "a VM asks for devices in extra_config",
  explanation:
    "The vSphere Web Services API silently ignores extra_config keys that conflict with what has a field of its own, and passthrough " +
    "devices have one. The keys are judged as requests, but vCenter is documented not to act on them.",
  fix: "clone it from a passthru_template, whose devices the clone has",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const keys = deviceKeys(placed);
      if (keys.length === 0) return [];
      const { vm, place } = placed;
      const subject = `${nameOf(vm.address)} asks for devices in extra_config (${listing(keys)})`;
      return [{ ...place, message: `${subject}, which vCenter is documented to ignore` }];
    }),
};

function deviceKeys({ vm }: PlacedVm): readonly string[] {
  const written = vm.extraConfig.known ? Object.keys(vm.extraConfig.value).filter((key) => DEVICE_KEY.test(key)) : [];
  if (written.length > 0) return written.sort();
  const { extraConfig } = vm.carriers;
  return extraConfig?.known && extraConfig.value.length > 0 ? ["pciPassthruN.allowedDevices"] : [];
}
