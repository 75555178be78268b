import { listing, pickRequests } from "../model";
import { isMade, knownRequests } from "./facts/asks";
import { Rule } from "./rule";
import { requestInWords } from "./words/devices-in-words";

export const staticWithoutClone: Rule = {
  id: "static-without-clone",
  severity: "error",
  title: "a VM with pci_device_id is made from scratch",
  explanation:
    "Where it makes a VM without clone, the vSphere provider looks for the VM by its id to give it its devices, before there is an id: the " +
    "apply fails. With clone, and in a later update, there is one.",
  fix: "clone it from a template, or add pci_device_id in a second apply",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { madeFrom, address } = placed.vm;
      const statics = pickRequests(knownRequests(placed), { dynamic: false, static: true });
      if (statics.length === 0 || !isMade(placed) || !madeFrom?.known || madeFrom.value !== "nothing") return [];
      const subject = `${nameOf(address)} has pci_device_id ${listing(statics.map(requestInWords))} and is made from scratch`;
      const devices = statics.length === 1 ? "the device" : "the devices";
      return [{ ...placed.place, message: `${subject}: the vSphere provider can't give it ${devices}` }];
    }),
};
