import { PLAN_ACTIONS } from "../model";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

export const unknownRequests: Rule = {
  id: "unknown-requests",
  severity: "error",
  makesUnknown: true,
  explains: "unknown",
  title: "which devices a VM asks for is not known",
  explanation:
    "The VM is set up for GPUs, or its template can't be found out, and nothing says which devices it asks for. Its cluster's verdicts " +
    "are then unknown.",
  fix: "clone it from a passthru_template, or declare its template with its devices in the inventory",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place, resolved } = placed;
      if (resolved.requests.known || !matters(placed)) return [];
      const message = `which devices ${nameOf(vm.address)} asks for is not known: ${resolved.requests.why}`;
      return [{ ...place, message, ...fixOf(placed) }];
    }),
};

/** Another template helps against neither a vGPU nor a fixed device. */
function fixOf({ vm: { carriers } }: PlacedVm): { readonly fix?: string } {
  const { vgpu, found, static: fixed } = carriers;
  if (vgpu !== undefined) return { fix: "ask for whole devices, or keep the VM in a stack that is not checked" };
  if (found === undefined && fixed?.known !== false) return {};
  return { fix: 'write the device\'s address in pci_device_id, such as "0000:af:00.0", or declare its host and it in the inventory' };
}

/** Of a VM that the plan leaves alone nothing needs to be known; one outside every cluster has a rule of its own. */
function matters({ vm, clusterPlace }: PlacedVm): boolean {
  return PLAN_ACTIONS[vm.action].isEvent && clusterPlace.kind !== "undeclared";
}
