import { Connection, ConnectionOptions } from "./connection";
import { Session, SessionOptions } from "./session";

/** A session with vCenter that logs in when it is first needed. Talks to nobody yet. */
export function connect(options: ConnectionOptions & SessionOptions): Session {
  return new Session(new Connection(options), options);
}

export { cleanText } from "./clean-text";
export { isServer } from "./connection";
export type { Session } from "./session";
export { ConnectionError, MalformedAnswer, StillRunning, UnsendableText, VsphereError, VsphereFault } from "./errors";
export { findChild, nameOf, rootResourcePool, vmFolder } from "./inventory";
export type { HostPciDevice, PciHost, PciPassthroughConfig } from "./pci-passthrough";
export { readPciHost, updatePciPassthrough } from "./pci-passthrough";
export type { Reference } from "./reference";
export type { Clone, VirtualMachine } from "./virtual-machines";
export {
  addToVirtualMachine,
  cloneVirtualMachine,
  destroyVirtualMachine,
  findVirtualMachine,
  markAsTemplate,
  readVirtualMachine,
  upgradeVirtualHardware,
} from "./virtual-machines";
export type { AllowedDevice, DynamicDevice, VmPassthroughDevice } from "./vm-devices";
export { lingering, wait } from "./waiting";
