import { known, listing, Maybe, PciAddress, unknown } from "../../model";
import { toText, ValueMap, whyUnknown } from "../expression/value";
import { Attributes } from "./attributes";
import { all, readAddress } from "./requests";

const SRIOV = "sriov";
/** Of those with `adapter_type = "sriov"`, and of the others. */
const MOST_OF_A_KIND = 10;
const BANDWIDTH = ["bandwidth_limit", "bandwidth_reservation", "bandwidth_share_level", "bandwidth_share_count"];

/** The physical functions of the VM's SR-IOV interfaces, sorted, one for each interface; undefined where it has none. */
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
  return found.known ? known([...found.value].sort()) : found;
}

/** What the provider refuses of a VM's interfaces when it plans, in the words of a sentence about the VM. */
export function refusedInterfaces(vm: Attributes): readonly string[] {
  const blocks = vm.blocks("network_interface");
  if (!blocks.known || blocks.value.some((block) => whyUnknown(block.get("adapter_type") ?? null) !== undefined)) return [];
  const kinds = blocks.value.map(isSriov);
  const sriov = kinds.filter((is) => is).length;
  const ordinary = kinds.length - sriov;
  const bandwidth = BANDWIDTH.filter((name) => blocks.value.some((block) => isSriov(block) && (block.get(name) ?? null) !== null));
  return [
    ...(sriov > 0 && kinds.lastIndexOf(false) > kinds.indexOf(true)
      ? ["has an ordinary network_interface after an SR-IOV one; put SR-IOV ones last"]
      : []),
    ...(sriov > MOST_OF_A_KIND ? [`has ${sriov} SR-IOV interfaces, of which a VM has ${MOST_OF_A_KIND} at most`] : []),
    ...(ordinary > MOST_OF_A_KIND ? [`has ${ordinary} ordinary interfaces, of which a VM has ${MOST_OF_A_KIND} at most`] : []),
    ...(blocks.value.some((block) => isSriov(block) && lacksFunction(block))
      ? ["has an SR-IOV interface without physical_function; set it to the address of a network card of its host"]
      : []),
    ...(bandwidth.length > 0 ? [`sets ${listing(bandwidth)} of an SR-IOV interface, which has none; leave it out`] : []),
  ];
}

function lacksFunction(block: ValueMap): boolean {
  const value = block.get("physical_function") ?? null;
  return value === null || toText(value) === "";
}

function isSriov(block: ValueMap): boolean {
  return toText(block.get("adapter_type") ?? null) === SRIOV;
}
