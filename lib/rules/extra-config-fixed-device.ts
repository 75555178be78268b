import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const extraConfigFixedDevice: Rule = {
  id: "extra-config-fixed-device",
  severity: "warning",
  title: "a VM names a fixed device in extra_config",
  explanation: "vCenter ignores extra_config keys that have a field of their own, so that the VM would start without the device.",
  fix: "use pci_device_id for a fixed device",
  check: (facts) => notesOf(facts, "extra-config-fixed-device"),
};
