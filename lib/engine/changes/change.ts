import { Host, PlannedShape } from "../../model";

/** One thing that is other than it was read. `cluster` is needed only where several clusters have something of that name. */
export type Change = HostChange | DeviceChangeAsked | VmChange;

export type HostChange =
  /**
   * The host is down. Its VMs restart: they are off and have to power on elsewhere, with what HA restarts them by (F2). They are asked
   * as if for the first time, when vCenter refuses more than at a restart by HA: dedicated failover hosts, admission control, memory
   * that is not reserved. Or they are gone.
   */
  | { readonly kind: "fail-host"; readonly host: string; readonly vms: "restart" | "gone"; readonly cluster?: string }
  /** The host is in maintenance; its VMs as above: a VM with passthrough devices can't be moved while it runs. */
  | { readonly kind: "drain-host"; readonly host: string; readonly vms: "restart" | "gone"; readonly cluster?: string }
  | { readonly kind: "add-host"; readonly cluster: string; readonly host: Host }
  /** One more host, called `name`, like `host` in all but its id, and empty. No rule of the inventory names it. */
  | { readonly kind: "copy-host"; readonly host: string; readonly name: string; readonly cluster?: string };

interface AtDevice {
  readonly host: string;
  /** Its PCI address, as the inventory writes it. */
  readonly device: string;
  readonly cluster?: string;
}

/** As the inventory would declare it: nothing waits for a reboot. */
export type DeviceChangeAsked =
  /** "" is no label. */
  | ({ readonly kind: "label-device"; readonly label: string } & AtDevice)
  | ({ readonly kind: "enable-device" } & AtDevice)
  | ({ readonly kind: "disable-device" } & AtDevice)
  | ({ readonly kind: "set-device-aside"; readonly why: string } & AtDevice);

export type VmChange =
  /** So many VMs of a shape are coming, as the inventory's `planned` blocks. */
  | { readonly kind: "add-vms"; readonly cluster: string; readonly shape: PlannedShape }
  /**
   * Neither the stacks nor the inventory have it: by its address, its name (`folder/name` where several run that are called so), or the
   * name of a `planned` block, all of whose VMs go.
   */
  | { readonly kind: "leave-out-vm"; readonly vm: string; readonly cluster?: string };
