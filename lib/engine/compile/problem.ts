import { Cluster, Device, Host, Refusal } from "../../model";
import { AdmissionCheck, CountedVm } from "../constraints/admission-control";
import { DeviceEvent } from "./device-events";
import { CandidateTraits } from "../constraints/eligibility";
import { PoolLoad, Pools } from "../constraints/resource-pools";
import { Amounts } from "../constraints/resources";
import { StepKind } from "./steps";
import { VmSpec } from "../constraints/vm-spec";

/**
 * One cluster's question, compiled: names are indexes, equal hosts, devices and VMs are classes, and what can't decide
 * anything is gone. Sections 3 to 6 of the semantics are answered from this.
 */
export interface Problem {
  readonly cluster: Cluster;
  /** The hosts in the order of their kinds, then names: a state's slots. */
  readonly slots: readonly Slot[];
  readonly kinds: readonly HostKind[];
  readonly classes: readonly VmClass[];
  readonly steps: readonly StepClass[];
  /** Device events that are in the hosts already because their moment can't matter; a witness shows them as soon as they may be. */
  readonly settled: readonly DeviceEvent[];
  /** VMs without devices may be moved aside at failover. */
  readonly defrag: boolean;
  /** Mandatory VM-VM rules. */
  readonly rules: readonly VmRuleInForce[];
  /** Absent where no reachable state is refused by it. */
  readonly admission?: AdmissionCheck;
  readonly pools?: Pools;
}

export interface Slot {
  readonly kind: number;
  readonly host: Host;
  /** The device groups of its kind, as the devices of this host, by address. */
  readonly devices: readonly (readonly Device[])[];
  /** Occupants in classes, as they are here. */
  readonly occupants: readonly Occupancy[];
}

export interface Occupancy {
  readonly class: number;
  readonly vm: VmSpec;
  readonly devices: readonly Device[];
}

/**
 * Hosts that nothing in play can tell apart. They are told apart by all that their kind says, their own traits and what follows
 * from devices and classes: what decides anything looks at the kind, not at one of its hosts.
 */
export interface HostKind extends HostTraits {
  readonly index: number;
  readonly groups: readonly DeviceGroup[];
  /** By VM class: whether the host itself allows it, whatever is free. */
  readonly mayPowerOn: readonly boolean[];
  readonly mayRestart: readonly boolean[];
}

/** What a host is by itself. A field that is added here tells kinds apart. Amounts are 0 where the resource can't bind. */
export interface HostTraits extends Amounts {
  /** Set where fault domains are asked about. */
  readonly faultDomain: string | undefined;
  readonly usable: boolean;
  /** A dedicated failover host. */
  readonly failover: boolean;
}

/** Devices of a host that no request in play can tell apart: by which requests may have them, before and after an open event. */
export interface DeviceGroup {
  readonly size: number;
  /** By request: whether it may have one of these; `before` and `after` the device event, where there is one. */
  readonly before: readonly boolean[];
  readonly after: readonly boolean[];
  /** A device event is open on it; the group is then this one device. */
  readonly hasEvent: boolean;
  /** The event disables the device, which is refused while it is held. */
  readonly disables: boolean;
}

/**
 * VMs that nothing in play can tell apart. They are told apart by all that their traits say, by their place in the order and by what
 * they hold: what decides anything looks at these, not at one of the members.
 */
export interface VmClass extends VmTraits {
  readonly index: number;
  /** Who they are, for what is told of them. */
  readonly members: readonly VmSpec[];
  /** What hosts refuse one by. */
  readonly candidate: CandidateTraits;
  /** It takes nothing that could run out and can be anywhere: it has no place in a state. */
  readonly weightless: boolean;
  /** It runs when the batch starts. */
  readonly occupant: boolean;
}

/** What VMs need, of all that can run out or refuse one. A field that is added here tells classes apart. */
export interface VmTraits extends Amounts {
  /** Indexes of its requests, sorted. */
  readonly requests: readonly number[];
  /** Restart priority as a number, higher first; 0: not protected. */
  readonly tier: number;
  /** It can't restart elsewhere. */
  readonly static: boolean;
  /** It holds no device and DRS may move it. */
  readonly movable: boolean;
  /** P2: its host is fixed before power-on, one of those where `mayPowerOn`. */
  readonly fixedHost: boolean;
  /** P2: `host_system_id`. */
  readonly pin: VmSpec["pin"];
  /** Refused whatever the host, at its power-on. */
  readonly refused: readonly Refusal[];
  /** Indexes of the VM-VM rules it is under. */
  readonly rules: readonly number[];
  /** Where it may be: the number of its eligibility. */
  readonly eligibility: number;
  /** As admission control counts it, where that can refuse. */
  readonly counted: CountedVm | undefined;
  /** What it adds to its pool, where pools can be short. */
  readonly pooled: (PoolLoad & { readonly pool: string }) | undefined;
}

/** So many VMs of a class. */
export interface ClassCount {
  readonly vmClass: VmClass;
  readonly count: number;
}

export interface VmRuleInForce {
  readonly name: string;
  readonly type: "separate" | "together";
  /** A rule of the same plan is in force at failover only (O3). */
  readonly atPowerOn: boolean;
}

/** Equal events of the batch, or halves of events (O2). */
export interface StepClass {
  readonly index: number;
  readonly kind: StepKind;
  readonly size: number;
  /** Where its members stand in the plan's order. */
  readonly ordinals: readonly number[];
  /** Steps of which all must have worked before. */
  readonly after: readonly number[];
  /** power-on: the class; release: the occupant's class. */
  readonly vmClass?: number;
  /** release: what the report calls it. */
  readonly action?: "power-off" | "delete";
  /** release, set-device: where. */
  readonly slot?: number;
  /** set-device: the group, and the event's id for the report. */
  readonly group?: number;
  readonly id: string;
}

/** What a step that worked does to the number of its class's VMs that are on. */
export function turnsOn(kind: StepKind): -1 | 0 | 1 {
  switch (kind) {
    case "power-on":
      return 1;
    case "release":
      return -1;
    case "set-device":
      return 0;
  }
}

/**
 * Whether the VMs that are on make a VM-VM rule keep a VM of the class off a host: one that separates counts its other VMs
 * there, one that keeps together its other VMs elsewhere. A VM that is being replaced does not stand against itself.
 */
export function ruleRefuses(
  { classes, rules }: Problem,
  rule: number,
  vmClass: VmClass,
  here: readonly number[],
  elsewhere: () => readonly (readonly number[])[],
): boolean {
  const [own, ...twins] = vmClass.members;
  // By both: two VMs of one name are in different folders.
  const isOwn = ({ id, name }: VmSpec): boolean => twins.length === 0 && id === own!.id && name === own!.name;
  const isMate = (member: number): boolean => {
    const other = classes[member]!;
    const itself = other.members.length === 1 && isOwn(other.members[0]!);
    return other.rules.includes(rule) && !itself;
  };
  return rules[rule]!.type === "separate" ? here.some(isMate) : elsewhere().some((members) => members.some(isMate));
}
