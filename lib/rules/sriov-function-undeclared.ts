import { hostOf, PciAddress } from "../model";
import { sriovFunctions } from "./facts/asks";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

export const sriovFunctionUndeclared: Rule = {
  id: "sriov-function-undeclared",
  severity: "warning",
  title: "how many VMs an SR-IOV function serves is not declared",
  explanation:
    "Each SR-IOV interface takes one virtual function of its physical function, which has so many and no more. Where the inventory does not " +
    "say how many, whether one is left for the VM is not judged.",
  fix: "declare the physical function as a device of the host, with its virtual_functions",
  check: ({ vms, nameOf, hostName }) =>
    vms.flatMap((placed) =>
      sriovFunctions(placed).flatMap((address) => {
        const found = physicalFunction(placed, address);
        if (found === undefined || found.isCounted) return [];
        const says = found.isDeclared ? "for which the inventory declares no virtual_functions" : "which the inventory does not declare";
        const subject = `${nameOf(placed.vm.address)} has an SR-IOV interface on ${address} of ${hostName(found.host)}`;
        return [{ ...placed.place, message: `${subject}, ${says}: whether it has a function left is not judged` }];
      }),
    ),
};

/** What the inventory says of a function of the VM's host; undefined where the host is not known, or has findings of its own. */
function physicalFunction(
  { vm, cluster }: PlacedVm,
  address: PciAddress,
): { readonly host: string; readonly isDeclared: boolean; readonly isCounted: boolean } | undefined {
  const host = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  if (!host?.known || host.value === undefined) return undefined;
  const device = host.value.devices.find((each) => each.address === address);
  return { host: host.value.name, isDeclared: device !== undefined, isCounted: device?.virtualFunctions !== undefined };
}
