import { isMade } from "./facts/asks";
import { Rule } from "./rule";

export const guestIdUnset: Rule = {
  id: "guest-id-unset",
  severity: "error",
  title: "a clone has no guest_id",
  explanation:
    "The vSphere provider compares the guest_id of a clone with its template's, and takes one that is not set for the empty one: the plan " +
    "or the apply fails, and after it a destroy does, too, until guest_id is set. An item of a content library is not compared, so that a " +
    "clone of a uuid that may be an item's is a warning.",
  fix: "set guest_id to that of the template's data source: guest_id = data.vsphere_virtual_machine.NAME.guest_id",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { madeFrom, guestId, address } = placed.vm;
      if (!isMade(placed) || !madeFrom?.known || (guestId !== undefined && !(guestId.known && guestId.value === ""))) return [];
      if (madeFrom.value !== "template" && madeFrom.value !== "template-or-item") return [];
      const certain = madeFrom.value === "template";
      const refuses = certain ? "refuses it" : "refuses it unless it is made from an item of a content library";
      const message = `${nameOf(address)} is a clone without guest_id: the vSphere provider ${refuses} (invalid guest ID "")`;
      return [{ ...placed.place, message, ...(certain ? {} : { severity: "warning" as const }) }];
    }),
};
