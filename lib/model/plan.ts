import { ClusterChange, PlanCluster, PlanRule } from "./cluster-change";
import { RestartPriority } from "./inventory";
import { Maybe } from "./maybe";
import { PciAddress } from "./pci";
import { ClusterRef, HostRef, PoolRef } from "./refs";
import { DynamicRequest } from "./request";
import { Severity } from "./severity";
import { Site } from "./site";
import { Source } from "./source";

/** What the judged stacks ask for, before any inventory has been looked at. */
export interface Plan {
  readonly stacks: readonly PlanStack[];
  readonly vms: readonly PlanVm[];
  readonly deviceChanges: readonly DeviceChange[];
  readonly rules: readonly PlanRule[];
  readonly notes: readonly PlanNote[];
  /** What may hold VMs and was not read, each with the reason. */
  readonly unread?: readonly { readonly address: string; readonly why: string }[];
  /** VM resources that make no VM, each with what makes it so (`count 0`). */
  readonly withoutInstances?: readonly { readonly address: string; readonly source: Source; readonly why: string }[];
  /** The `vsphere_compute_cluster` resources; absent where the reader does not say. */
  readonly clusters?: readonly PlanCluster[];
  /** What it changes of clusters, hosts, pools, rules and overrides (O9); absent where the reader does not say. */
  readonly clusterChanges?: readonly ClusterChange[];
  /** The `vsphere_virtual_machine_snapshot` resources; absent where the reader does not say. */
  readonly snapshots?: readonly PlanSnapshot[];
}

/** One stack of an app, one plan file or one folder. */
export interface PlanStack {
  readonly name: string;
  /** The file it was read from. */
  readonly file: string;
  /** Names of the stacks that are applied before it. */
  readonly dependsOn: readonly string[];
  /** The vCenter servers that its provider configurations name. Absent: none. */
  readonly servers?: readonly string[];
}

/**
 * `from-stack`: a synthesized stack says what should be, not what is: whether that is a create, a reboot, a replacement
 * or nothing is found by comparing with the inventory (O7). The others are what a Terraform plan says.
 *
 * `power-on`: it exists, is off, and the plan's update starts it (O10). `hot-add`: CPU or memory is changed on the running VM, which
 * works only without passthrough devices; one that has any counts as a reboot.
 */
export type PlanAction =
  "from-stack" | "none" | "create" | "power-on" | "hot-add" | "reboot" | "replace-destroy-first" | "replace-create-first" | "delete";

/** What an action means for the VM. Everyone tells actions apart by this table, so that one that is added does not compile before it is in it. */
interface PlanActionMeaning {
  /** The VM is there afterwards. */
  readonly stays: boolean;
  /** The plan does, or may do, something to it. */
  readonly isEvent: boolean;
  /** A VM that runs may be the one that it is about. */
  readonly mayRun: boolean;
  /** What there was is destroyed before anything is made in its place. */
  readonly destroysFirst: boolean;
  /** The plan says that the VM is there before. */
  readonly exists: boolean;
  /** A VM is made, from its template as that is now. */
  readonly makes: boolean;
}

const EVENT = { stays: true, isEvent: true, mayRun: true, destroysFirst: false, exists: true, makes: false };

export const PLAN_ACTIONS: Readonly<Record<PlanAction, PlanActionMeaning>> = {
  "from-stack": { ...EVENT, exists: false },
  none: { ...EVENT, isEvent: false },
  create: { ...EVENT, mayRun: false, exists: false, makes: true },
  "power-on": EVENT,
  "hot-add": EVENT,
  reboot: EVENT,
  "replace-destroy-first": { ...EVENT, destroysFirst: true, makes: true },
  "replace-create-first": { ...EVENT, makes: true },
  delete: { ...EVENT, stays: false, destroysFirst: true },
};

/**
 * Where a VM's device requests are written (contract, section 3): the engine takes the first carrier that applies,
 * because the second needs the inventory's templates.
 */
export interface RequestCarriers {
  /** Carrier 1: the `device` blocks of the stack's `passthru_template` that the VM is cloned from. */
  readonly template?: Maybe<readonly DynamicRequest[]>;
  /** That `passthru_template`. */
  readonly stackTemplate?: { readonly address: string; readonly constructPath?: string; readonly source: Source };
  /**
   * Carrier 2: the name (or uuid) of a template, data source or content library item, to be looked up in the inventory; beside carrier 1
   * that of its source, which must carry nothing.
   */
  readonly templateName?: Maybe<string>;
  readonly templateUuid?: Maybe<string>;
  /** Where the template of that name is: which is meant, where the inventory has several. Absent: nothing is said. */
  readonly templateSite?: Site;
  /** Carrier 3: `extra_config` in VMX notation. */
  readonly extraConfig?: Maybe<readonly DynamicRequest[]>;
  /** Carrier 4: `pci_device_id`. */
  readonly static?: Maybe<readonly PciAddress[]>;
  /** Carrier 4, too: devices that `vsphere_host_pci_device` finds, which needs the inventory. Absent: none. */
  readonly found?: readonly FoundDevice[];
  /** What an AcceleratedVm said it asked for, from the `//` metadata. */
  readonly metadata?: Maybe<readonly DynamicRequest[]>;
  /** The first `pciPassthruN.vgpu` key of `extra_config`: it asks for a vGPU, which is not judged. */
  readonly vgpu?: string;
  /** `ovf_deploy`: the file name of the OVF or OVA, which counts as a template's name. */
  readonly ovf?: Maybe<string>;
  /** SR-IOV interfaces: the `physical_function` of each, sorted. */
  readonly sriov?: Maybe<readonly PciAddress[]>;
  /** The VM shows GPU intent (metadata, or `pciPassthru.*MMIO*` keys). */
  readonly gpuIntent: boolean;
}

/**
 * What a VM is made of: a template or another VM, an item of a content library, an OVF or OVA, nothing (an empty VM), or a uuid that
 * may be a template's or an item's.
 */
export type VmOrigin = "template" | "library-item" | "ovf" | "nothing" | "template-or-item";

/** A device of a host that a `vsphere_host_pci_device` finds: the first that matches. */
export interface FoundDevice {
  /** The expression, `${data.vsphere_host_pci_device.gpu.id}`. */
  readonly words: string;
  readonly host: Maybe<HostRef>;
  /** Absent: any. */
  readonly vendor?: Maybe<number>;
  /** `name_regex`. Absent: any. */
  readonly nameRegex?: Maybe<string>;
}

export interface PlanVm {
  /** As the report names it: the resource address, prefixed `stack/` where the batch has several stacks. */
  readonly address: string;
  /** Short name for prose: the VM's own name where known, else the resource's, or, where a module has it, the address. */
  readonly label: string;
  /** The VM's name in vSphere. */
  readonly name: Maybe<string>;
  /** The name that it runs under now, where the plan renames it. */
  readonly runningName?: Maybe<string>;
  /** What it is known by while it exists, whatever its name: BIOS uuid and managed object id, as a plan's prior state has them. */
  readonly uuid?: string;
  readonly id?: string;
  /** `folder`, where it is known; absent too where nothing is said. */
  readonly folder?: string;
  /** Something is said of its folder, and not known. */
  readonly folderOpen?: true;
  readonly stack: string;
  readonly action: PlanAction;
  /** A plan says that it exists and is off (or suspended): it holds nothing, and gives nothing back. */
  readonly isOff?: true;
  /** It is suspended: what would power it on fails (provider P18). */
  readonly isSuspended?: true;
  /** A plan's update reconfigures it, which ends with a power-on where it is off. */
  readonly reconfigures?: true;
  /** A plan says on which host it is now. */
  readonly presentHost?: Maybe<HostRef>;
  /** How a plan moves it while it exists; absent: not at all. */
  readonly move?: VmMove;
  /** Arguments whose change needs the VM off, and that the plan makes while it runs, because `extra_config` does not ask for a reboot. */
  readonly softened?: readonly string[];
  /** The arguments for which the plan's update shuts it down and starts it again, with blocks dotted. Absent: none, or a stack. */
  readonly cycledBy?: readonly string[];
  /** The arguments that the plan gives other values to. Absent: none, or a stack, which does not tell. */
  readonly changes?: readonly string[];
  /** Why it is not known how many of these there are (an unresolved count or for_each); absent: exactly this one. */
  readonly unknownCount?: string;
  readonly cluster: Maybe<ClusterRef>;
  /** Where its cluster is. Absent: nothing is said. */
  readonly site?: Site;
  /** The resource pool it is in; absent: the cluster's root pool. */
  readonly resourcePool?: Maybe<PoolRef>;
  /** `host_system_id`; absent: not set. */
  readonly host?: Maybe<HostRef>;
  readonly cpus: Maybe<number>;
  readonly memoryMb: Maybe<number>;
  /** What `memory_reservation` says (0 where unset). */
  readonly memoryReservationMb: Maybe<number>;
  /** `memory_reservation_locked_to_max`. */
  readonly memoryLockedToMax: Maybe<boolean>;
  /** Absent, or -1 in the file: no limit. */
  readonly memoryLimitMb?: Maybe<number>;
  readonly cpuReservationMhz: Maybe<number>;
  /** `cpu_limit`; absent, or -1 in the file: no limit. */
  readonly cpuLimitMhz?: Maybe<number>;
  /** `latency_sensitivity`; absent where the reader does not say. */
  readonly latencySensitivity?: Maybe<string>;
  /** `hardware_version`; absent: the template's, else the newest that the host supports. */
  readonly hardwareVersion?: Maybe<number>;
  /** `hardware_version` is what its template has, which a VM that is cloned gets anyway; `hardwareVersion` is then absent. */
  readonly hardwareOfTemplate?: Maybe<number>;
  readonly firmware: Maybe<string>;
  /** Absent where the reader does not say. */
  readonly madeFrom?: Maybe<VmOrigin>;
  /** `guest_id`; absent: not set. */
  readonly guestId?: Maybe<string>;
  /** Names of the datastores and networks it needs, as far as the files name them. */
  readonly datastores: readonly string[];
  readonly networks: readonly string[];
  /** The argument that leaves open which datastore it needs: vCenter picks one, or an id leads to no name. Absent: none does. */
  readonly storageOpen?: "datastore_id" | "datastore_cluster_id" | "storage_policy_id";
  readonly extraConfig: Maybe<Readonly<Record<string, string>>>;
  readonly carriers: RequestCarriers;
  /** `ha_vm_restart_priority` of a `vsphere_ha_vm_override` for it; absent: none, or clusterRestartPriority. */
  readonly restartPriority?: Maybe<RestartPriority>;
  /** `cpu_hot_add_enabled` and `memory_hot_add_enabled`; absent: not set. */
  readonly cpuHotAdd?: Maybe<boolean>;
  readonly memoryHotAdd?: Maybe<boolean>;
  /** Its own, or forced on it by something that depends on it. */
  readonly createBeforeDestroy: boolean;
  /** `lifecycle.replace_triggered_by`, as references: only a plan shows whether they replace it. Absent: none. */
  readonly replaceTriggeredBy?: readonly string[];
  /** `lifecycle.ignore_changes`: attribute names, or ["all"]. */
  readonly ignoreChanges: readonly string[];
  /**
   * Addresses of the VMs, device changes and cluster changes it depends on, transitively, inside its stack or across; stack order is
   * in PlanStack.
   */
  readonly dependsOn: readonly string[];
  readonly constructPath?: string;
  readonly source: Source;
}

export interface VmMove {
  /** The arguments that say so: `host_system_id`, `datastore_id`. */
  readonly by: readonly string[];
  /** Where its resource pool leads before the plan, where that is not said in the same way afterwards: it may be the same cluster. */
  readonly fromCluster?: ClusterRef;
  /** It is in another folder afterwards. */
  readonly toOtherFolder: boolean;
}

/** A `passthru_host_device`: sets a device's passthrough state and label. */
export interface DeviceChange {
  readonly address: string;
  readonly stack: string;
  readonly action: DeviceChangeAction;
  readonly host: Maybe<HostRef>;
  readonly pciAddress: Maybe<PciAddress>;
  /** Absent: left as it is. */
  readonly enabled?: Maybe<boolean>;
  /** Absent: left as it is. Known and undefined: removed (the empty string). */
  readonly hardwareLabel?: Maybe<string | undefined>;
  /** False: enabling waits for a reboot. */
  readonly applyNow: Maybe<boolean>;
  readonly dependsOn: readonly string[];
  readonly constructPath?: string;
  readonly source: Source;
}

export type DeviceChangeAction = "from-stack" | "none" | "create" | "update" | "delete";

/** What an action means for the device, as `PLAN_ACTIONS`. */
interface DeviceChangeMeaning {
  readonly isEvent: boolean;
  /** The resource goes, and gives back what it found. */
  readonly givesBack: boolean;
}

export const DEVICE_CHANGE_ACTIONS: Readonly<Record<DeviceChangeAction, DeviceChangeMeaning>> = {
  "from-stack": { isEvent: true, givesBack: false },
  none: { isEvent: false, givesBack: false },
  create: { isEvent: true, givesBack: false },
  update: { isEvent: true, givesBack: false },
  delete: { isEvent: true, givesBack: true },
};

/** A snapshot that the plan takes. */
export interface PlanSnapshot {
  readonly address: string;
  readonly stack: string;
  /** The VM's address, or its name where it is in no stack. */
  readonly vm: Maybe<string>;
  readonly constructPath?: string;
  readonly source: Source;
}

/** Something the reader saw that a person should know: the rule of that id makes a finding of it. */
export interface PlanNote {
  readonly rule:
    "arguments-refused" | "extra-config-fixed-device" | "incomplete-plan" | "module-not-read" | "newer-than-known" | "undeclared-variable";
  /** Where it is not the rule's. */
  readonly severity?: Severity;
  readonly resource?: string;
  readonly source: Source;
  readonly message: string;
  /** Where it is not the rule's. */
  readonly fix?: string;
}
