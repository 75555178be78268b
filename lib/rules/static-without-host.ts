import { listing, pickRequests } from "../model";
import { knownRequests, sriovFunctions } from "./facts/asks";
import { Rule } from "./rule";
import { requestInWords } from "./words/devices-in-words";

export const staticWithoutHost: Rule = {
  id: "static-without-host",
  severity: "error",
  title: "a VM names devices of a host, and not the host",
  explanation:
    "A pci_device_id is an address on one host, and so is the physical_function of an SR-IOV interface. Without host_system_id the vSphere " +
    "provider refuses the plan.",
  fix: "set host_system_id to the host that has the device",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      if (placed.vm.host !== undefined || placed.vm.action !== "from-stack") return [];
      const statics = pickRequests(knownRequests(placed), { dynamic: false, static: true });
      const functions = sriovFunctions(placed);
      const named = [
        ...(statics.length > 0 ? [`pci_device_id ${listing(statics.map(requestInWords))}`] : []),
        ...(functions.length > 0 ? [`an SR-IOV interface on ${listing(functions)}`] : []),
      ];
      if (named.length === 0) return [];
      const subject = `${nameOf(placed.vm.address)} has ${listing(named)} and no host_system_id`;
      return [{ ...placed.place, message: `${subject}: the vSphere provider refuses the plan` }];
    }),
};
