import { AdmissionControlPolicy, AutomationLevel, RestartPriority } from "./inventory";
import { Maybe } from "./maybe";
import { ClusterRef, HostRef, PoolRef } from "./refs";
import { Site } from "./site";
import { Source } from "./source";

/** A resource that makes something of a cluster other than the inventory says (O9): an event, as a device change is. */
export interface ClusterChange {
  readonly address: string;
  readonly stack: string;
  readonly action: ClusterChangeAction;
  /** Why it is not known whether there is such a resource; absent: there is. */
  readonly unknownCount?: string;
  readonly sets: ClusterSetting;
  /** Where the cluster that it names is; absent: nothing is said. */
  readonly site?: Site;
  /** As of a VM. */
  readonly dependsOn: readonly string[];
  readonly constructPath?: string;
  readonly source: Source;
}

/** `none`: the plan says what it is, and leaves it so. A replacement is a deletion and a creation. */
export type ClusterChangeAction = "from-stack" | "none" | "create" | "update" | "delete";

/** What the resource sets; of one that is deleted, what it had set. */
export type ClusterSetting =
  | { readonly kind: "cluster"; readonly ref: Maybe<ClusterRef>; readonly cluster: PlanCluster }
  | HostSetting
  | PoolSetting
  | { readonly kind: "rule"; readonly cluster: Maybe<ClusterRef>; readonly rule: PlanRule }
  | OverrideSetting
  /** Members of a group that no rule of the stacks names: a rule of the inventory may be about it. */
  | { readonly kind: "group"; readonly cluster: Maybe<ClusterRef>; readonly members: Maybe<GroupMembers> }
  /** It may change what it names, and how is not known. */
  | {
      readonly kind: "not followed";
      readonly clusters: readonly Maybe<ClusterRef>[];
      readonly hosts: readonly HostRef[];
      readonly why: string;
    };

/** What is absent stays as the inventory says. */
export interface HostSetting {
  readonly kind: "host";
  /** By its name, and by its id where that is known: either tells which it is. */
  readonly host: Maybe<readonly HostRef[]>;
  /** Known and undefined: it is in no cluster. */
  readonly cluster?: Maybe<ClusterRef | undefined>;
  readonly connected?: Maybe<boolean>;
  readonly maintenance?: Maybe<boolean>;
}

/** A resource pool or vApp. */
export interface PoolSetting {
  readonly kind: "pool";
  readonly cluster: Maybe<ClusterRef>;
  readonly name: Maybe<string>;
  /** The name that it has now, where the plan gives it another one. */
  readonly formerName?: Maybe<string>;
  /** Known and undefined: directly under the root pool, or under the pool that `cluster` names by its id. */
  readonly parent: Maybe<PoolRef | undefined>;
  readonly bounds: PoolBounds;
}

/** Known and undefined: it has none. */
export interface PoolBounds {
  readonly cpuReservationMhz: Maybe<number | undefined>;
  readonly cpuLimitMhz: Maybe<number | undefined>;
  readonly cpuExpandable: Maybe<boolean>;
  readonly memoryReservationMb: Maybe<number | undefined>;
  readonly memoryLimitMb: Maybe<number | undefined>;
  readonly memoryExpandable: Maybe<boolean>;
}

/** An override of DRS or HA for one VM. */
export interface OverrideSetting {
  readonly kind: "override";
  readonly cluster: Maybe<ClusterRef>;
  /** The VM's address, or its name where it is in no stack; or an id that nothing of the stacks explains. */
  readonly vm: Maybe<{ readonly by: "name" | "id"; readonly text: string }>;
  /** Either of these; known and undefined: the cluster's priority. */
  readonly restartPriority?: Maybe<RestartPriority | undefined>;
  readonly drsLevel?: Maybe<DrsLevel>;
}

/** VMs as rules name them. */
export interface GroupMembers {
  readonly vms: readonly string[];
  readonly hosts: readonly HostRef[];
}

/** A group, rule or override that the plan declares: it comes after the first power-on of the VMs it names (O3). */
export interface PlanRule {
  readonly kind:
    "vm-affinity" | "vm-anti-affinity" | "vm-host-affinity" | "vm-host-anti-affinity" | "drs-override" | "ha-override" | "vm-dependency";
  readonly address: string;
  readonly stack: string;
  readonly mandatory: Maybe<boolean>;
  readonly enabled: Maybe<boolean>;
  /** Addresses of the VMs it is about. */
  readonly vms: Maybe<readonly string[]>;
  /** For the VM-host kinds. */
  readonly hosts?: Maybe<readonly HostRef[]>;
  /** The name that vCenter knows it by; absent for overrides. */
  readonly name?: Maybe<string>;
  /** For a drs-override: what it sets for its VMs. */
  readonly drsLevel?: Maybe<DrsLevel>;
  readonly constructPath?: string;
  readonly source: Source;
}

/** DRS as one setting: off, or how much it does by itself. */
export type DrsLevel = AutomationLevel | "off";

/** A cluster that the plan makes, with its DRS and HA settings as vCenter receives them: the provider's defaults filled in. */
export interface PlanCluster {
  readonly address: string;
  readonly stack: string;
  readonly name: Maybe<string>;
  /** Absent: nothing is said. */
  readonly site?: Site;
  readonly drsLevel: Maybe<DrsLevel>;
  readonly haEnabled: Maybe<boolean>;
  readonly hostFailuresToTolerate: Maybe<number>;
  readonly admissionControl: Maybe<AdmissionControlPolicy>;
  readonly defaultRestartPriority: Maybe<RestartPriority>;
  /** Whether the percentages are computed from the host failures to tolerate. */
  readonly automaticPercentage: Maybe<boolean>;
  readonly cpuPercent: Maybe<number>;
  readonly memoryPercent: Maybe<number>;
  readonly explicitSlotSize: Maybe<boolean>;
  /** What `ha_admission_control_slot_policy_explicit_cpu` and `_memory` say, which the provider does not send. */
  readonly writtenSlotCpuMhz: Maybe<number>;
  readonly writtenSlotMemoryMb: Maybe<number>;
  /** Whether it says anything of DRS and of HA: a plan that leaves values out says nothing of them. */
  readonly says: { readonly drs: boolean; readonly ha: boolean };
  /** Whether HA looks for failed hosts at all. */
  readonly monitorsHosts: Maybe<boolean>;
  /** Whether overrides of DRS for VMs count. */
  readonly vmOverrides: Maybe<boolean>;
  /** `host_system_ids`: its members; absent where hosts say themselves what they are in, or nothing does. */
  readonly hosts?: Maybe<readonly HostRef[]>;
  /** The dedicated failover hosts, with that policy. */
  readonly failoverHosts: Maybe<readonly HostRef[]>;
  /** What it sets that may decide where VMs start and that is not judged, each in words. */
  readonly notJudged: readonly string[];
  readonly constructPath?: string;
  readonly source: Source;
}
