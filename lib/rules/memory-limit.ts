import { inGb } from "../model";
import { asksForDevices, hasStarted } from "./facts/asks";
import { Rule } from "./rule";

/** The arguments that decide it. */
const DECIDING = ["memory_limit", "pci_device_id"];

export const memoryLimit: Rule = {
  id: "memory-limit",
  severity: "error",
  refuses: ["memory-limit"],
  title: "a VM with passthrough devices has a memory limit",
  explanation: "All memory of a VM with passthrough devices is pinned. With a memory limit its power-on is refused.",
  fix: "remove memory_limit",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      const { memoryLimitMb } = vm;
      if (!memoryLimitMb?.known || memoryLimitMb.value < 0 || !asksForDevices(placed) || hasStarted(placed, DECIDING)) return [];
      const subject = `${nameOf(vm.address)} has a memory limit of ${inGb(memoryLimitMb.value)}`;
      return [{ ...place, message: `${subject}; with passthrough devices it can have none` }];
    }),
};
