import { Host, isUsable } from "../../model";
import { CandidateTraits, TargetTraits, candidateOf, hostRefusals, targetsOf } from "../constraints/eligibility";
import { InForce } from "./in-force";
import { ListIds } from "./list-ids";
import { VmSpec } from "../constraints/vm-spec";

/** Some of a cluster's hosts. Equal sets are one object. */
export interface HostSet {
  readonly has: (host: string) => boolean;
  /** Whether every usable host is in it. */
  readonly hasUsable: boolean;
}

/** Where VMs may be that agree in all that hosts refuse by. */
export interface Eligibility {
  readonly index: number;
  readonly candidate: CandidateTraits;
  readonly powerOn: HostSet;
  /** After a failure. */
  readonly restart: HostSet;
}

/**
 * Which hosts allow a VM, whatever is free there. Hosts that differ in nothing that the constraints read are looked at once, and
 * so are VMs.
 */
export class EligibleHosts {
  private readonly alikeOf = new Map<string, number>();
  /** One host of each kind, and whether any of them is usable. */
  private readonly alike: { readonly target: TargetTraits; usable: boolean }[] = [];
  private readonly needs = new ListIds();
  private readonly byNeed: Eligibility[] = [];
  private readonly answers = new ListIds();
  private readonly byAnswer: HostSet[] = [];

  constructor(
    hosts: readonly Host[],
    private readonly rules: InForce["hostRules"],
  ) {
    const targets = targetsOf(hosts, rules);
    const kinds = new ListIds();
    for (const host of hosts) {
      const target = targets.get(host.name)!;
      const kind = kinds.ofRecord(target);
      const same = (this.alike[kind] ??= { target, usable: false });
      same.usable ||= isUsable(host);
      this.alikeOf.set(host.name, kind);
    }
  }

  /** The hosts that a VM under some of the rules may be on. */
  of(spec: VmSpec, rules: readonly number[]): Eligibility {
    const candidate = candidateOf(spec, rules);
    const index = this.needs.ofRecord(candidate);
    return (this.byNeed[index] ??= { index, candidate, powerOn: this.find(candidate, false), restart: this.find(candidate, true) });
  }

  /** The one host of a set, or none where it is not in it. */
  only(set: HostSet, host: string | undefined): HostSet {
    const isIn = host !== undefined && set.has(host);
    const answer = this.answers.of([isIn ? host : undefined]);
    return (this.byAnswer[answer] ??= { has: (name) => isIn && name === host, hasUsable: false });
  }

  private find(candidate: CandidateTraits, restart: boolean): HostSet {
    const circumstances = { restart, hostRules: this.rules };
    const allows = this.alike.map(({ target }) => hostRefusals(candidate, target, circumstances).length === 0);
    const answer = this.answers.of(allows);
    const hasUsable = this.alike.every(({ usable }, kind) => !usable || allows[kind]!);
    return (this.byAnswer[answer] ??= { has: (name) => allows[this.alikeOf.get(name)!]!, hasUsable });
  }
}
