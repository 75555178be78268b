import { DeviceChange, known, Maybe, unknown } from "../../model";
import { Attributes } from "./attributes";
import { hostRef } from "./places";
import { readAddress } from "./requests";
import { origin, VmPlace } from "./virtual-machine";

/** Reads one `passthru_host_device`. */
export function readDeviceChange(device: Attributes, { address, stack, unknownCount, dependsOn, metadata }: VmPlace): DeviceChange {
  const host = device.value("host_system_id");
  const pciId = device.value("pci_id");
  const enabled = device.bool("enabled");
  const label = device.text("hardware_label");
  // Where the number of changes is not known, none of them is.
  const orUnknown = <T>(value: Maybe<T>): Maybe<T> => (unknownCount === undefined ? value : unknown(unknownCount));
  return {
    address,
    stack,
    action: "from-stack",
    host: orUnknown(host === undefined ? unknown("host_system_id is not set") : hostRef(host)),
    pciAddress: orUnknown(pciId === undefined ? unknown("pci_id is not set") : readAddress(device, "pci_id", pciId)),
    ...(enabled !== undefined && { enabled }),
    ...(label !== undefined && { hardwareLabel: label.known ? known(label.value === "" ? undefined : label.value) : label }),
    applyNow: device.bool("apply_now") ?? known(true),
    dependsOn,
    ...origin(metadata),
  };
}
