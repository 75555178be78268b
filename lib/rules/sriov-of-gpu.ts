import { gpuName } from "../model";
import { sriovFunctions } from "./facts/asks";
import { isGpu, physicalFunction } from "./facts/physical-function";
import { Rule } from "./rule";

export const sriovOfGpu: Rule = {
  id: "sriov-of-gpu",
  severity: "error",
  title: "an SR-IOV interface names a GPU",
  explanation:
    "An SR-IOV interface names a network card with SR-IOV in physical_function. The vSphere provider looks for it among the host's physical network " +
    "cards and refuses the plan where it is none. A GPU is asked for with pci_device_id or by the template.",
  fix: "set physical_function to the address of a network card of the host",
  check: ({ vms, nameOf, hostName }) =>
    vms.flatMap((placed) =>
      sriovFunctions(placed).flatMap((address) => {
        const found = physicalFunction(placed, address);
        if (found === undefined || !isGpu(found)) return [];
        const gpu = `${gpuName(found.device!.id)} ${address} of ${hostName(found.host.name)}`;
        return [{ ...placed.place, message: `${nameOf(placed.vm.address)} has an SR-IOV interface on ${gpu}, which is no network card` }];
      }),
    ),
};
