import { known, Maybe, PciAddress, unknown } from "../../model";
import { toText, ValueMap, whyUnknown } from "../expression/value";
import { Attributes } from "./attributes";
import { all, readAddress } from "./requests";

const SRIOV = "sriov";
/** Of those with `adapter_type = "sriov"`, and of the others. */
const MOST_OF_A_KIND = 10;

/** The physical functions of the VM's SR-IOV interfaces, sorted, each once; undefined where it has none. */
export function sriovFunctions(vm: Attributes): Maybe<readonly PciAddress[]> | undefined {
  const blocks = vm.blocks("network_interface");
  // Interfaces that are not known are ordinary ones: nearly all are, and nothing else of them is looked at.
  if (!blocks.known) return undefined;
  const functions = blocks.value.filter(isSriov).map((block): Maybe<PciAddress> => {
    const value = block.get("physical_function") ?? null;
    const why = value === null ? "an SR-IOV interface without physical_function" : whyUnknown(value);
    return why === undefined ? readAddress(vm, "network_interface", value) : unknown(why);
  });
  if (functions.length === 0) return undefined;
  const found = all(functions);
  return found.known ? known([...new Set(found.value)].sort()) : found;
}

/** What the provider refuses of a VM's interfaces when it plans, in the words of a sentence about the VM. */
export function refusedInterfaces(vm: Attributes): readonly string[] {
  const blocks = vm.blocks("network_interface");
  if (!blocks.known || blocks.value.some((block) => whyUnknown(block.get("adapter_type") ?? null) !== undefined)) return [];
  const kinds = blocks.value.map(isSriov);
  const sriov = kinds.filter((is) => is).length;
  if (sriov === 0) return [];
  return [
    ...(kinds.lastIndexOf(false) > kinds.indexOf(true)
      ? ["has an ordinary network_interface after an SR-IOV one; put SR-IOV ones last"]
      : []),
    ...(sriov > MOST_OF_A_KIND ? [`has ${sriov} SR-IOV interfaces, of which a VM has ${MOST_OF_A_KIND} at most`] : []),
  ];
}

function isSriov(block: ValueMap): boolean {
  return toText(block.get("adapter_type") ?? null) === SRIOV;
}
