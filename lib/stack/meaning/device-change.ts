import { DEVICE_CHANGE_ACTIONS, DeviceChange, known, Maybe, unknown } from "../../model";
import { Attributes } from "./attributes";
import { hostRef } from "./places";
import { readAddress } from "./requests";
import { EventPlace, origin } from "./virtual-machine";

/** Reads one `passthru_host_device`. */
export function readDeviceChange(device: Attributes, place: EventPlace): DeviceChange {
  const { address, stack, unknownCount, dependsOn, metadata } = place;
  const action = place.action as DeviceChange["action"];
  // A destroy restores what the resource found.
  const [setting, name] = DEVICE_CHANGE_ACTIONS[action].givesBack
    ? (["found_enabled", "found_label"] as const)
    : (["enabled", "hardware_label"] as const);
  const host = device.value("host_system_id");
  const pciId = device.value("pci_id");
  const enabled = device.bool(setting);
  const label = device.text(name);
  // Where the number of changes is not known, none of them is.
  const orUnknown = <T>(value: Maybe<T>): Maybe<T> => (unknownCount === undefined ? value : unknown(unknownCount));
  return {
    address,
    stack,
    action,
    host: orUnknown(host === undefined ? unknown("host_system_id is not set") : hostRef(host, device.instance)),
    pciAddress: orUnknown(pciId === undefined ? unknown("pci_id is not set") : readAddress(device, "pci_id", pciId)),
    ...(enabled !== undefined && { enabled }),
    ...(label !== undefined && { hardwareLabel: label.known ? known(label.value === "" ? undefined : label.value) : label }),
    applyNow: device.bool("apply_now") ?? known(true),
    dependsOn,
    ...origin(metadata),
  };
}
