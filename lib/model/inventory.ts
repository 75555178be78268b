import { PciAddress, PciId } from "./pci";
import { quoted } from "./quoted";
import { DynamicRequest } from "./request";
import { Source } from "./source";

/** What people declare of their clusters, with every range and count expanded. Memory in MB (MiB as vSphere counts), CPU in MHz. */
export interface Inventory {
  /** The files it was read from, in the order given. */
  readonly files: readonly string[];
  readonly clusters: readonly Cluster[];
}

/** Where a pulled inventory comes from. A declared one has none. */
export interface InventoryOrigin {
  readonly kind: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly server?: string;
  /** It lists every VM template, library item and VM of its datacenters, those without devices too: what it lacks is not there. */
  readonly complete?: boolean;
}

export interface Cluster {
  /** As reports name it: no other cluster of the inventory has it. */
  readonly name: string;
  /** Its name in vCenter. Absent: the same. */
  readonly ownName?: string;
  readonly datacenter?: string;
  readonly vcenter?: string;
  /** Managed object id, `domain-c8`. */
  readonly id?: string;
  /** Managed object id of the root resource pool, `resgroup-9`. */
  readonly resourcePoolId?: string;
  /** Set when the inventory was pulled from a live system. */
  readonly origin?: InventoryOrigin;
  readonly drs: DrsSettings;
  /** Absent: HA is off. */
  readonly ha?: HaSettings;
  /** Verdicts that are no error in this cluster. */
  readonly accept: readonly string[];
  readonly hosts: readonly Host[];
  readonly vms: readonly RunningVm[];
  /** VMs that exist and are off: they hold nothing. Absent: none is declared. */
  readonly poweredOff?: readonly ExistingVm[];
  readonly planned: readonly PlannedShape[];
  readonly templates: readonly Template[];
  readonly resourcePools: readonly ResourcePool[];
  readonly hostRules: readonly HostRule[];
  readonly vmRules: readonly VmRule[];
  readonly source: Source;
}

export type AutomationLevel = "manual" | "partiallyAutomated" | "fullyAutomated";

export interface DrsSettings {
  readonly enabled: boolean;
  readonly automationLevel: AutomationLevel;
  /** False where the inventory has no drs block: DRS is then assumed on and fully automated. */
  readonly declared: boolean;
}

export type AdmissionControlPolicy = "resourcePercentage" | "slotPolicy" | "failoverHosts" | "disabled";

export type RestartPriority = "lowest" | "low" | "medium" | "high" | "highest" | "disabled";

export interface HaSettings {
  readonly hostFailuresToTolerate: number;
  readonly admissionControl: AdmissionControlPolicy;
  /** Configured percentages; absent: computed from the host failures to tolerate. */
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
  /** Explicit slot size; absent: computed from the largest reservations. */
  readonly slotCpuMhz?: number;
  readonly slotMemoryMb?: number;
  readonly defaultRestartPriority: RestartPriority;
}

export type HostState = "connected" | "disconnected" | "maintenance" | "entering-maintenance" | "standby";

export interface Host {
  readonly name: string;
  /** Managed object id, `host-21`. */
  readonly id?: string;
  /** ESXi release, `8.0.2`. */
  readonly esxi: string;
  /** CPU available to VMs. */
  readonly cpuMhz: number;
  /** What one of its cores has. Absent: not known. */
  readonly cpuCoreMhz?: number;
  /** Memory available to VMs. */
  readonly memoryMb: number;
  readonly state: HostState;
  /** A dedicated failover host: takes no VM in normal operation. */
  readonly failover: boolean;
  readonly rebindWithoutReboot: boolean;
  readonly faultDomain?: string;
  /** Names; absent: not declared, which never refuses. */
  readonly datastores?: readonly string[];
  readonly networks?: readonly string[];
  /** Hardware versions that the host supports; absent: what its ESXi release supports. */
  readonly hardwareVersions?: readonly number[];
  /** Its GPUs stand on one NVSwitch board; the addresses in the order of their module ids, where they are told. */
  readonly nvswitch?: { readonly modules?: readonly PciAddress[] };
  /** In the order of their addresses. */
  readonly devices: readonly Device[];
  readonly source: Source;
}

export type PassthroughState = "active" | "pending-reboot" | "disabled" | "vgpu";

export interface Device {
  readonly address: PciAddress;
  /** False where the address was made up for one of a counted `devices` block. */
  readonly addressDeclared: boolean;
  readonly id: PciId;
  readonly label?: string;
  readonly passthrough: PassthroughState;
  readonly healthy: boolean;
  /** Set aside, with the reason: no capacity. */
  readonly reserved?: string;
  /** Its large memory window, for what the catalogue lacks. */
  readonly bar1Gb?: number;
  /** How many functions it has for VMs (SR-IOV). */
  readonly virtualFunctions?: number;
  /** How it is shared, with `passthrough` vgpu. */
  readonly vgpuMode?: VgpuMode;
  readonly source: Source;
}

/** vCenter's own spelling. */
export type VgpuMode = "sameSize" | "mixedSize" | "multiInstanceGpu";

/** vGPUs of one profile that a VM asks for or holds: not judged (semantics M10). */
export interface Vgpu {
  readonly profile: string;
  readonly count: number;
  /** The GPU that they are on, and where their memory begins there, where that is told of a running VM. */
  readonly device?: PciAddress;
  readonly start?: number;
}

/** Devices that a VM has as one, by the name that its hosts know them by: not judged (semantics M10). */
export interface DeviceGroup {
  readonly name: string;
  /** Those that a running VM holds, where they are told. */
  readonly devices?: readonly PciAddress[];
}

/** What a VM, a planned one or a template carries besides requests for whole devices. Absent: nothing. */
export interface SharedDevices {
  readonly vgpus?: readonly Vgpu[];
  readonly deviceGroups?: readonly DeviceGroup[];
}

export interface DrsOverride {
  readonly enabled: boolean;
  readonly automationLevel: AutomationLevel;
}

/** A VM that is there, whether it runs or not. Two of one name are in different folders. */
export interface ExistingVm extends SharedDevices {
  readonly name: string;
  /** Managed object id, `vm-42`. */
  readonly id?: string;
  /** BIOS uuid. */
  readonly uuid?: string;
  readonly folder?: string;
  readonly host: string;
  readonly memoryMb?: number;
  /** Declared, or `memoryMb` where the VM has devices, else 0. */
  readonly memoryReservationMb: number;
  readonly cpuReservationMhz: number;
  /** Declared, or the assumed one (semantics, section 3). */
  readonly overheadMb: number;
  readonly cpus?: number;
  readonly firmware?: string;
  readonly hardwareVersion?: number;
  readonly resourcePool?: string;
  readonly restartPriority?: RestartPriority;
  readonly drs?: DrsOverride;
  /** Its devices are exact: it can't restart elsewhere. */
  readonly static: boolean;
  /** What it asks for at its next power-on; absent: derived from what it holds (F2). */
  readonly requests?: readonly DynamicRequest[];
  readonly source: Source;
}

/** A VM that runs now. */
export interface RunningVm extends ExistingVm {
  /** What it holds. */
  readonly devices: readonly PciAddress[];
  /** Those of `devices` that were declared by kind, each standing for any of its kind on that host. Absent: none. */
  readonly heldByKind?: readonly PciAddress[];
}

/** VMs that are coming but are not in any stack: part of every batch. */
export interface PlannedShape extends SharedDevices {
  readonly name: string;
  readonly count: number;
  readonly memoryMb: number;
  readonly memoryReservationMb: number;
  readonly cpuReservationMhz: number;
  readonly overheadMb: number;
  readonly cpus?: number;
  readonly hardwareVersion?: number;
  readonly resourcePool?: string;
  readonly restartPriority?: RestartPriority;
  readonly requests: readonly DynamicRequest[];
  readonly source: Source;
}

/** A VM template and the dynamic devices that it carries. */
export interface Template extends SharedDevices {
  readonly name: string;
  readonly uuid?: string;
  readonly hardwareVersion?: number;
  readonly requests: readonly DynamicRequest[];
  readonly source: Source;
}

export interface ResourcePool {
  readonly name: string;
  /** Managed object id, `resgroup-12`. */
  readonly id?: string;
  /** Absent: directly under the cluster's root pool. */
  readonly parent?: string;
  /** Absent: does not bind. */
  readonly cpuReservationMhz?: number;
  readonly cpuLimitMhz?: number;
  readonly memoryReservationMb?: number;
  readonly memoryLimitMb?: number;
  readonly expandable: boolean;
  /** Whether it is that for CPU, where a stack says so on its own. */
  readonly cpuExpandable?: boolean;
  readonly source: Source;
}

/** VMs that must (mandatory) or should run on `hosts`. */
export interface HostRule {
  readonly name: string;
  readonly vms: readonly string[];
  readonly hosts: readonly string[];
  readonly mandatory: boolean;
  readonly source: Source;
}

export interface VmRule {
  readonly name: string;
  readonly vms: readonly string[];
  readonly type: "separate" | "together";
  readonly mandatory: boolean;
  readonly source: Source;
}

/** What is carried that is not judged, in words: `the vGPU "nvidia_h100-20c"`; undefined: nothing. */
export function sharedIn({ vgpus: [vgpu] = [], deviceGroups: [group] = [] }: SharedDevices): string | undefined {
  if (vgpu) return `the vGPU ${quoted(vgpu.profile)}`;
  return group && `the device group ${quoted(group.name)}`;
}

/** A cluster's name in vCenter, which several can have. */
export function ownNameOf({ name, ownName }: Pick<Cluster, "name" | "ownName">): string {
  return ownName ?? name;
}

/** Assumed memory overhead where none is declared (semantics, section 3): 1,024 MB with devices, else 100 MB + 1 %, rounded up. */
export function assumedOverheadMb(memoryMb: number, hasDevices: boolean): number {
  return hasDevices ? 1024 : 100 + Math.ceil(memoryMb / 100);
}

/** Usable: connected, not in or entering maintenance, not in standby; dedicated failover hosts included. */
export function isUsable(host: Pick<Host, "state">): boolean {
  return host.state === "connected";
}
