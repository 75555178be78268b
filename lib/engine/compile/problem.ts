import { Cluster, Device, Host, Refusal } from "../../model";
import { AdmissionCheck } from "../constraints/admission-control";
import { DeviceEvent } from "./device-events";
import { Pools } from "../constraints/resource-pools";
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

/** Hosts that nothing in play can tell apart. */
export interface HostKind {
  readonly index: number;
  /** Set where fault domains are asked about. */
  readonly faultDomain?: string;
  readonly usable: boolean;
  /** A dedicated failover host. */
  readonly failover: boolean;
  readonly cpuMhz: number;
  readonly memoryMb: number;
  readonly groups: readonly DeviceGroup[];
  /** By VM class: whether the host itself allows it, whatever is free. */
  readonly mayPowerOn: readonly boolean[];
  readonly mayRestart: readonly boolean[];
}

/** Devices of a host that no request in play can tell apart. */
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

/** VMs that nothing in play can tell apart. */
export interface VmClass {
  readonly index: number;
  readonly members: readonly VmSpec[];
  /** One of the members, for what they have in common. */
  readonly spec: VmSpec;
  /** Indexes of its requests, sorted. */
  readonly requests: readonly number[];
  /** 0 where the resource can't bind. */
  readonly cpuMhz: number;
  readonly memoryMb: number;
  /** It takes nothing that could run out and can be anywhere: it has no place in a state. */
  readonly weightless: boolean;
  /** Restart priority as a number, higher first; 0: not protected. */
  readonly tier: number;
  /** It can't restart elsewhere. */
  readonly static: boolean;
  /** It holds no device and DRS may move it. */
  readonly movable: boolean;
  /** P2: its host is fixed before power-on, one of those where `mayPowerOn`. */
  readonly fixedHost: boolean;
  /** Refused whatever the host, at its power-on. */
  readonly refused: readonly Refusal[];
  /** Indexes of the VM-VM rules it is under. */
  readonly rules: readonly number[];
  /** It runs when the batch starts. */
  readonly occupant: boolean;
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
  readonly kind: "power-on" | "release" | "set-device";
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
  const isMate = (member: number): boolean => {
    const other = classes[member]!;
    const itself = other.members.length === 1 && vmClass.members.length === 1 && other.spec.name === vmClass.spec.name;
    return other.rules.includes(rule) && !itself;
  };
  return rules[rule]!.type === "separate" ? here.some(isMate) : elsewhere().some((members) => members.some(isMate));
}
