import { HostAtEnd } from "./hosts-at-end";
import { AdmissionControlPolicy } from "./inventory";
import { PciAddress } from "./pci";

/** What the engine found, one entry for each cluster of the inventory, sorted by name. */
export interface Judgement {
  readonly clusters: readonly ClusterJudgement[];
}

export interface ClusterJudgement {
  readonly name: string;
  readonly powerOn: PowerOn;
  readonly failover: Failover;
  /** Absent where HA is off. */
  readonly admissionControl?: AdmissionControl;
  /** F6; absent where it is not known. It never changes a verdict. */
  readonly maintenance?: Maintenance;
  /** Counted from `hosts`. */
  readonly capacity: readonly CapacityRow[];
  /** Every host as it ends, in the inventory's order, in the outcome that is drawn: the succeeding sequence, else the running VMs alone. */
  readonly hosts: readonly HostAtEnd[];
  /** What it took to settle the verdicts: for statistics, not for reports. */
  readonly decidedBy: { readonly powerOn: Means; readonly failover?: Means };
  /** Things the engine met on the way that a person should know, each to become a finding. */
  readonly remarks: readonly Remark[];
}

/** Price lists prove it, counting proves it, a greedy shows it, a search over counts does, or everything was looked at. */
export type Means = "prices" | "counting" | "greedy" | "search" | "every order";

export type PowerOnVerdict = "guaranteed" | "order-dependent" | "impossible" | "unknown";

export interface PowerOn {
  readonly verdict: PowerOnVerdict;
  /** VMs that some legal outcome leaves off, sorted; what is proved so far where not `complete`. */
  readonly canBeLeftOff: readonly string[];
  readonly complete: boolean;
  /** With order-dependent and impossible: a legal sequence that leaves VMs off. */
  readonly failing?: FailingSequence;
  /** Unless impossible: one legal outcome of many, spread as DRS is assumed to. Absent too where unknown and none was found. */
  readonly succeeding?: Sequence;
  /** With unknown: why, each a short phrase. */
  readonly why?: readonly string[];
}

export interface Sequence {
  readonly steps: readonly Step[];
}

export interface FailingSequence extends Sequence {
  /** Every VM that is off in the end, skipped dependents included; sorted. */
  readonly off: readonly string[];
}

/**
 * One event of a sequence. A power-on that works has `host` and `devices`; a failed one has `refused` and no devices,
 * and no host either, except the fixed one of P2. `power-off` is a reboot's first half, `delete` any destroy.
 */
export interface Step {
  readonly action: "power-on" | "power-off" | "delete" | "set-device";
  /** The VM; for set-device the address of the resource that changes the device. */
  readonly vm: string;
  readonly host?: string;
  readonly devices?: readonly PciAddress[];
  readonly refused?: readonly Refusal[];
}

export type RefusalReason =
  | "disconnected"
  | "maintenance"
  | "standby"
  | "failover-host"
  | "not-the-fixed-host"
  | "hardware-version"
  | "datastore"
  | "network"
  | "cpu"
  | "memory"
  /** It has static devices, of the host that failed. */
  | "bound-to-its-host"
  | "no-matching-device"
  | "no-free-device"
  | "device-maximum"
  | "host-rule"
  | "vm-rule"
  | "resource-pool"
  | "admission-control"
  | "memory-not-reserved"
  | "memory-limit"
  | "limit-below-reservation"
  | "latency-sensitivity";

/** Why a VM may not power on at a host (or, without `host`, anywhere): what it asked for, what is used, what there is. */
export interface Refusal {
  readonly host?: string;
  readonly reason: RefusalReason;
  /** MB, MHz, devices, percent, hosts, slots or a version, by the reason. */
  readonly requested?: number;
  readonly used?: number;
  readonly capacity?: number;
  /** The rule, pool, datastore or network by name. */
  readonly name?: string;
  /** Which resource a pool is short of, a limit is too low for, latency sensitivity wants reserved, or admission control keeps free. */
  readonly resource?: AdmissionCondition;
}

export type FailoverVerdict = "survives" | "placement-dependent" | "fails" | "not-judged" | "unknown";

/** Both questions' answers, as an inventory accepts them. */
export type Verdict = PowerOnVerdict | FailoverVerdict;

export interface Failover {
  readonly hostFailures: number;
  readonly verdict: FailoverVerdict;
  /** With placement-dependent: what decides. */
  readonly dependsOn?: readonly ("order" | "placement")[];
  /** F4; absent with N = 0, HA off, or where it is not known. */
  readonly worst?: WorstFailure;
  /** A failure that leaves VMs off, as it may come about: the worst, where that is known. */
  readonly failing?: FailingRestarts;
  /** The largest N below the number of usable hosts such that 1 to N all survive. */
  readonly tolerates?: number;
  /** With unknown and not-judged: why, each a short phrase. */
  readonly why?: readonly string[];
}

export interface WorstFailure {
  readonly hosts: readonly string[];
  readonly off: readonly string[];
  /** Why no other host takes them, equal VMs together; absent where that is not the same in every way in which it can be. */
  readonly refused?: readonly RefusedRestart[];
}

/** VMs that stay off for the same reasons. `by` is empty where no other host is left. */
export interface RefusedRestart {
  readonly vms: readonly string[];
  readonly by: readonly Refusal[];
}

/** A condition of admission control: of the percentages the first three, of the slot policy the last. */
export type AdmissionCondition = "hosts" | "cpu" | "memory" | "slots";

/** A failure, and restarts after it in an order that vCenter may take. */
export interface FailingRestarts extends WorstFailure {
  /** Where the batch's VMs are before, sorted by VM; absent where none is on a host. */
  readonly placed?: readonly { readonly vm: string; readonly host: string }[];
  /** The protected VMs of these hosts in their order; without `host` where none can take the VM. */
  readonly restarts: readonly { readonly vm: string; readonly host?: string }[];
}

/** What vCenter's admission control answers, with the whole batch on. It never counts devices. */
export interface AdmissionControl {
  readonly policy: AdmissionControlPolicy;
  readonly admits: boolean;
  /** Where it does not admit: which of its conditions refuse. Percentages need at least two usable `hosts`. */
  readonly refusedBy?: readonly AdmissionCondition[];
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
  /** Percent required, for CPU and, where `requiredMemory` is absent, for memory. */
  readonly required?: number;
  readonly requiredMemory?: number;
  readonly slots?: {
    readonly cpuMhz: number;
    readonly memoryMb: number;
    readonly total: number;
    readonly afterFailures: number;
    readonly needed: number;
  };
}

/** The hosts that can't be emptied of their device VMs by powering them off and placing them on the rest. */
export interface Maintenance {
  /** Sorted by host. `down`: VMs that stay down while the host is away. */
  readonly blocked: readonly { readonly host: string; readonly down: readonly string[] }[];
}

/** One class of devices: a vendor:device[:sub-ids] id and a label. */
export interface CapacityRow {
  readonly id: string;
  readonly label?: string;
  /** Capacity: active, healthy, not reserved, on usable hosts. */
  readonly total: number;
  readonly used: number;
  readonly free: number;
  readonly freeAfterWorstFailure?: number;
  /** Free after the worst failure, but matching no victim. */
  readonly stranded?: number;
}

/** A fact the engine met, as data: the rules make findings of them. */
export type Remark =
  | { readonly kind: "unknown-value"; readonly vm: string; readonly why: string }
  /** It exists, and the inventory does not run it; it asks for no devices and reserves nothing. */
  | { readonly kind: "left-out"; readonly vm: string }
  /** It is off, and nothing that the plan does to it starts it. */
  | { readonly kind: "stays-off"; readonly vm: string }
  /** It is off, and its update powers it on. */
  | { readonly kind: "powers-on"; readonly vm: string }
  /** It runs, and is shut down and started again; `by`: the arguments that need that, as far as is known. */
  | { readonly kind: "reboots"; readonly vm: string; readonly by: readonly string[] }
  /** A stack's change replaces it create-first, while it runs under the same name. */
  | { readonly kind: "create-first"; readonly vm: string }
  /** The VM is in this cluster or in another. `matters`: a verdict about this one hangs on that. */
  | { readonly kind: "may-be-elsewhere"; readonly vm: string; readonly matters: boolean }
  | { readonly kind: "undeclared-sub-id"; readonly vm: string; readonly host: string; readonly device: PciAddress }
  | { readonly kind: "disable-refused"; readonly change: string; readonly vm: string; readonly host: string; readonly device: PciAddress }
  /** The plan takes the host away while this VM with devices runs there, which is refused. */
  | { readonly kind: "host-kept"; readonly change: string; readonly vm: string; readonly host: string }
  /** A verdict hangs on when the change of the cluster happens, and nothing orders it. */
  | { readonly kind: "not-ordered"; readonly change: string }
  | { readonly kind: "reboot-pending"; readonly change: string; readonly host: string; readonly device: PciAddress }
  /** DRS may start the VM on `others`, though it names `host`; absent where that is not known, or not in the cluster. */
  | {
      readonly kind: "pinned-under-drs";
      readonly vm: string;
      readonly host?: string;
      readonly others: readonly string[];
      /** One of the others surely can take it. */
      readonly certain: boolean;
    }
  | { readonly kind: "too-many-failures"; readonly hostFailures: number; readonly usable: number }
  | ({ readonly kind: "limit-reached" } & Limit);

/**
 * What was not settled within the limit: the verdicts (`sub-ids`: both of them, because the undeclared ones can be in too many
 * ways), or what is left out of the judgement, on which no verdict hangs.
 */
export type LimitedPart = "power-on" | "failover" | "sub-ids" | "left-off" | "worst" | "tolerates" | "maintenance";

/** The search for a part came to its limit. */
export interface Limit {
  readonly part: LimitedPart;
  /** A short phrase. */
  readonly proved: string;
}
