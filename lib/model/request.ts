import { PciAddress, PciId } from "./pci";

/** One dynamic device a VM asks for (Dynamic DirectPath I/O): any of `allowed` (empty: every id), with `label` if given. */
export interface DynamicRequest {
  readonly kind: "dynamic";
  readonly allowed: readonly PciId[];
  /** Compared byte for byte; never the empty string, which is no label. */
  readonly label?: string;
}

/** One exact device (DirectPath I/O). `host` is the one that `host_system_id` or the inventory names. */
export interface StaticRequest {
  readonly kind: "static";
  readonly address: PciAddress;
}

export type DeviceRequest = DynamicRequest | StaticRequest;
