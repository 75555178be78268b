import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { AcceleratedTemplate } from "./accelerated-template";
import { Gpu } from "./gpu";
import { DeviceLabel } from "./hardware-label";

/** GPUs of one kind that a VM asks for, all on whichever one host DRS picks. */
export interface Accelerator {
  readonly gpu: Gpu;
  /** @default 1 */
  readonly count?: number;
  /**
   * Only devices with this label: a HardwareLabel of the app, or `HardwareLabel.existing`.
   *
   * @default - devices with any label and with none
   */
  readonly label?: DeviceLabel;
}

/** Exact devices of one host (DirectPath I/O). */
export interface StaticDevices {
  /** Managed object id of the only host that the VM ever runs on. */
  readonly hostSystemId: string;
  /** PCI addresses on that host, `0000:af:00.0`. */
  readonly addresses: readonly string[];
  /** What is there: it sizes the VM's memory window. */
  readonly gpu: Gpu;
}

/** A `vsphere_compute_cluster`, resource or data source, or only its root resource pool, or any pool under it. */
export interface VmCluster {
  readonly resourcePoolId: string;
  /** Managed object id of the cluster; needed for a restart priority. */
  readonly id?: string;
}

/** An AcceleratedVm, or anything else that owns one VM. */
export interface VirtualMachineOwner {
  readonly resource: VirtualMachine;
}

/** In which order HA restarts VMs after a host has failed. */
export enum RestartPriority {
  LOWEST = "lowest",
  LOW = "low",
  MEDIUM = "medium",
  HIGH = "high",
  HIGHEST = "highest",
  /** HA leaves the VM off. */
  DISABLED = "disabled",
}

export interface AcceleratedVmProps {
  /** Where the VM runs; DRS picks the host. */
  readonly cluster: VmCluster;
  readonly template: AcceleratedTemplate;
  readonly datastoreId: string;
  /** One network adapter for each. */
  readonly networkIds: readonly string[];
  readonly cpus: number;
  /** Reserved whole, as passthrough wants it; a multiple of 4. */
  readonly memoryMiB: number;
  /**
   * The GPUs it asks for. They come with the template: a change reaches a VM when it is created or replaced
   * (`replaceOnTemplateChange`).
   *
   * @default - none: there are staticDevices
   */
  readonly accelerators?: readonly Accelerator[];
  /**
   * Exact devices of one host in place of accelerators. The cost: the VM is bound to that host. DRS never places it
   * elsewhere, HA does not restart it when the host fails, and the host's maintenance is the VM's downtime.
   *
   * @default - none: accelerators say what any fitting host can give
   */
  readonly staticDevices?: StaticDevices;
  /**
   * Name in vSphere, of 80 characters at most.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * VM folder, relative to the data centre's.
   *
   * @default - the data centre's root VM folder
   */
  readonly folder?: string;
  /**
   * Size of the only disk. Not less than the template's: Terraform refuses to shrink it.
   *
   * @default 100
   */
  readonly diskSizeGiB?: number;
  /**
   * Guest operating system, `ubuntu64Guest`; a 64-bit one.
   *
   * @default - the template's
   */
  readonly guestId?: string;
  /**
   * Virtual hardware version, 17 or newer, and never older than the template's: Terraform refuses to go back. More than 16
   * devices need 20 or newer.
   *
   * @default - the template's, which is 17 or newer because it carries dynamic devices
   */
  readonly hardwareVersion?: number;
  /**
   * More VMX keys. Those that passthrough needs are set already.
   *
   * @default - none
   */
  readonly extraConfig?: Readonly<Record<string, string>>;
  /**
   * HA's restart priority of this VM; large VMs before small ones keep their hosts free.
   *
   * @default - the cluster's
   */
  readonly restartPriority?: RestartPriority;
  /**
   * VMs that start before this one: the large ones, while whole hosts are free. VMs of another stack make this stack wait for theirs.
   *
   * @default - none
   */
  readonly startAfter?: readonly VirtualMachineOwner[];
  /**
   * Whether the VM is replaced, with its disk, when the template changes.
   *
   * @default false
   */
  readonly replaceOnTemplateChange?: boolean;
}
