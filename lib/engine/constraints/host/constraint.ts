import { Host, HostRule, Refusal } from "../../../model";
import { VmSpec } from "../vm-spec";

/**
 * A reason why a host can't take a VM whatever is free there (section 3). It names the fields of both that it reads, and sees no
 * other: hosts that agree in all fields that some constraint reads are asked once, and so are VMs. A field that
 * is read but not named would make hosts equal that are not, so that reading one does not compile.
 */
export interface HostConstraint<V extends keyof Candidate, H extends keyof Target> {
  readonly reads: { readonly vm: readonly V[]; readonly host: readonly H[] };
  /** Why the host does not take the VM; empty: this constraint allows it. */
  readonly refusals: (vm: Pick<Candidate, V>, host: Pick<Target, H>, circumstances: Circumstances) => readonly Refusal[];
}

/** A VM that looks for a host. */
export interface Candidate extends VmSpec {
  readonly deviceCount: number;
  /** The mandatory VM-Host rules that it is under, by index. */
  readonly hostRules: readonly number[];
}

/** A host that a VM may be put on. */
export interface Target extends Host {
  /** The mandatory VM-Host rules that list it, by index. */
  readonly allowedBy: readonly number[];
}

/** What is the same for all VMs and hosts that are asked about, so that it tells none of them apart. */
export interface Circumstances {
  /** After a failure: dedicated failover hosts are allowed, and rules of the plan in force. */
  readonly restart: boolean;
  readonly hostRules: readonly HostRuleInForce[];
}

/** A mandatory VM-Host rule: the VM runs on one of these hosts. */
export interface HostRuleInForce extends Pick<HostRule, "name" | "hosts"> {
  /** False for a rule of the plan: it is in force at failover only (O3). */
  readonly atPowerOn: boolean;
}

/** Declares a constraint: the function's arguments have the fields that `reads` names. */
export function hostConstraint<V extends ComparableField<Candidate>, H extends ComparableField<Target>>(
  constraint: HostConstraint<V, H>,
): HostConstraint<V, H> {
  return constraint;
}

/** The fields that a key can tell apart: values, and lists of them in their order. */
type ComparableField<T> = { [K in keyof T]-?: T[K] extends Value | readonly Value[] ? K : never }[keyof T];
type Value = string | number | boolean | undefined;
