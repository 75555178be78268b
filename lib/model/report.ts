import { ClusterJudgement, Verdict } from "./judgement";
import { PassthroughState, HostState } from "./inventory";
import { Severity } from "./severity";
import { Source } from "./source";

/** Something to know or to mend, at a place. */
export interface Finding {
  /** Rule id; once released it does not change. */
  readonly rule: string;
  readonly severity: Severity;
  /** The verdict of its cluster that it says, or says the reason of: where that is accepted, so is the finding. */
  readonly explains?: Verdict;
  /** The rules whose findings about the same VM or cluster say why, sorted: this is their consequence. */
  readonly because?: readonly string[];
  readonly cluster?: string;
  /** Address of the resource, or name of the VM. */
  readonly resource?: string;
  readonly constructPath?: string;
  readonly source?: Source;
  /** Lower case, what was found and what was wanted. One or several lines. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly suppressed?: { readonly reason: string };
}

/** One thing that can be found, as people read about it. */
export interface RuleDescription {
  readonly id: string;
  /** Of its findings, unless one says otherwise. */
  readonly severity: Severity;
  /** The verdict that its findings say, or say the reason of, unless one says otherwise. */
  readonly explains?: Verdict;
  /** One line: what is found. */
  readonly title: string;
  /** Why it matters, in a few sentences. */
  readonly explanation: string;
  /** What to do about it, unless a finding knows better. */
  readonly fix: string;
}

/** The JSON report (contract, section 4) and what every other format is made from. */
export interface Report {
  readonly schemaVersion: "1";
  /** The engine's alone: rule errors, acceptance and `--fail-on` don't touch it. */
  readonly verdict: "fits" | "does-not-fit" | "unknown";
  readonly gate: { readonly passes: boolean; readonly accepted: readonly string[] };
  readonly summary: Summary;
  /** The VMs of the batch by address, with what prose calls them; sorted by address. */
  readonly vms?: readonly ReportVm[];
  readonly clusters: readonly ReportCluster[];
  readonly findings: readonly Finding[];
}

export interface ReportVm {
  readonly address: string;
  readonly name: string;
}

export interface Summary {
  readonly stacks: number;
  /** VMs of the batch: stacks' and planned ones. */
  readonly vms: number;
  /** Devices that they ask for. */
  readonly devices: number;
  readonly inventory: readonly string[];
}

/** A cluster's judgement with the picture of its hosts. */
export interface ReportCluster extends Omit<ClusterJudgement, "hosts" | "remarks" | "decidedBy"> {
  /** For prose: `fully automated`, `off`. */
  readonly drs: string;
  /** For prose: `tolerates 1`, `off`. */
  readonly ha: string;
  readonly hosts: readonly ReportHost[];
}

export interface ReportHost {
  readonly name: string;
  readonly state: HostState;
  readonly failover: boolean;
  readonly devices: readonly ReportDevice[];
}

export interface ReportDevice {
  readonly address: string;
  /** The address was made up, for one of a counted `devices` block. */
  readonly madeUp?: true;
  readonly id: string;
  readonly label?: string;
  readonly passthrough: PassthroughState;
  /** Who holds it in the outcome that is drawn. */
  readonly vm?: string;
  /** False for a VM of the batch: one legal placement of many. */
  readonly running?: boolean;
  /** Unhealthy or reserved: no capacity. */
  readonly unavailable?: string;
  /** Free, but of no use after the worst failure. */
  readonly stranded?: boolean;
}

/** What an inventory declares, as a picture without a judgement. */
export interface InventoryPicture {
  readonly files: readonly string[];
  readonly clusters: readonly ClusterPicture[];
}

export interface ClusterPicture extends Pick<ReportCluster, "name" | "drs" | "ha" | "hosts"> {
  /** Names of the running VMs that hold no devices. */
  readonly otherVms: readonly string[];
  /** Templates and planned VMs, with how many devices each of them has. */
  readonly templates: readonly DeviceCount[];
  readonly planned: readonly (DeviceCount & { readonly count: number })[];
}

export interface DeviceCount {
  readonly name: string;
  readonly devices: number;
}
