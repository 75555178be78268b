import { listing, pickRequests } from "../model";
import { knownRequests } from "./facts/asks";
import { Rule } from "./rule";
import { requestInWords, requestsInWords } from "./words/devices-in-words";

export const staticAndDynamic: Rule = {
  id: "static-and-dynamic",
  severity: "error",
  title: "a VM has a pci_device_id together with dynamic devices",
  explanation:
    "The vSphere provider takes every passthrough device of such a VM for a static one and crashes (terraform-provider-vsphere, " +
    "virtual_machine_device_subresource.go).",
  fix: "remove pci_device_id, or clone from a template without devices",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const requests = knownRequests(placed);
      const statics = pickRequests(requests, { dynamic: false, static: true });
      const dynamics = pickRequests(requests, { dynamic: true, static: false });
      if (statics.length === 0 || dynamics.length === 0) return [];
      const subject = `${nameOf(placed.vm.address)} has pci_device_id ${listing(statics.map(requestInWords))}`;
      const message = `${subject} together with ${requestsInWords(dynamics)}: the vSphere provider crashes on the mix`;
      return [{ ...placed.place, message }];
    }),
};
