import { sriovFunctions } from "./facts/asks";
import { isGpu, physicalFunction } from "./facts/physical-function";
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
        if (found === undefined || found.device?.virtualFunctions !== undefined || isGpu(found)) return [];
        const says = found.device ? "for which the inventory declares no virtual_functions" : "which the inventory does not declare";
        const subject = `${nameOf(placed.vm.address)} has an SR-IOV interface on ${address} of ${hostName(found.host.name)}`;
        return [{ ...placed.place, message: `${subject}, ${says}: whether it has a function left is not judged` }];
      }),
    ),
};
