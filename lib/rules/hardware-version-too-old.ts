import { asksForDynamicDevices, hasStarted } from "./facts/asks";
import { Rule } from "./rule";

const OLDEST = 17;

export const hardwareVersionTooOld: Rule = {
  id: "hardware-version-too-old",
  severity: "error",
  refuses: ["hardware-version"],
  title: "a VM with dynamic devices has a hardware version older than 17",
  explanation: "Dynamic DirectPath I/O came with hardware version 17 (ESXi 7.0). An older VM is refused at power-on.",
  fix: "set hardware_version to 17 or newer, or prepare the template with it",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place, resolved } = placed;
      const own = vm.hardwareVersion;
      const version = own === undefined ? resolved.template?.hardwareVersion : own.known ? own.value : undefined;
      if (version === undefined || version >= OLDEST || !asksForDynamicDevices(placed) || hasStarted(placed)) return [];
      const from = own === undefined ? ", its template's" : "";
      const message = `${nameOf(vm.address)} has hardware version ${version}${from}; dynamic devices need ${OLDEST} or newer`;
      return [{ ...place, message }];
    }),
};
