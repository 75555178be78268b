import { Host, isUsable } from "../../model";
import { hostRefusals } from "../constraints/eligibility";
import { InForce } from "./in-force";
import { ListIds } from "./list-ids";
import { VmSpec } from "../constraints/vm-spec";

/** Some of a cluster's hosts. Equal sets are one object. */
export interface HostSet {
  readonly has: (host: string) => boolean;
  /** Whether every usable host is in it. */
  readonly hasUsable: boolean;
}

/**
 * Which hosts allow a VM, whatever is free there. Hosts that differ in nothing that refuses are looked at once, and so are VMs
 * that differ in nothing that is refused.
 */
export class EligibleHosts {
  private readonly alikeOf = new Map<string, number>();
  /** One host of each kind, and whether any of them is usable. */
  private readonly alike: { readonly host: Host; usable: boolean }[] = [];
  private readonly lists = new ListIds();
  private readonly needs = new ListIds();
  private readonly byNeed: HostSet[] = [];
  private readonly answers = new ListIds();
  private readonly byAnswer: HostSet[] = [];

  constructor(
    hosts: readonly Host[],
    private readonly rules: InForce["hostRules"],
  ) {
    const allowedBy = new Map<string, number[]>(hosts.map(({ name }) => [name, []]));
    rules.forEach(({ hosts: allowed }, rule) => new Set(allowed).forEach((name) => allowedBy.get(name)?.push(rule)));
    const kinds = new ListIds();
    for (const host of hosts) {
      const listed = [host.datastores, host.networks, host.hardwareVersions, allowedBy.get(host.name)];
      const kind = kinds.of([host.state, host.failover, host.esxi, ...listed.map((list) => list && this.lists.of(list))]);
      const same = (this.alike[kind] ??= { host, usable: false });
      same.usable ||= isUsable(host);
      this.alikeOf.set(host.name, kind);
    }
  }

  /** The hosts that a VM under some of the rules may be on; `restart`: after a failure. */
  of(spec: VmSpec, rules: readonly number[], restart: boolean): HostSet {
    const { datastores, networks, hardwareVersion, requests } = spec;
    const listed = [datastores, networks, rules].map((list) => this.lists.of(list));
    const need = this.needs.of([hardwareVersion, requests.length, restart, ...listed]);
    return (this.byNeed[need] ??= this.find(spec, rules, restart));
  }

  /** The one host of a set, or none where it is not in it. */
  only(set: HostSet, host: string | undefined): HostSet {
    const isIn = host !== undefined && set.has(host);
    const answer = this.answers.of([isIn ? host : undefined]);
    return (this.byAnswer[answer] ??= { has: (name) => isIn && name === host, hasUsable: false });
  }

  private find(spec: VmSpec, rules: readonly number[], restart: boolean): HostSet {
    const binding = rules.map((rule) => this.rules[rule]!).filter(({ atPowerOn }) => restart || atPowerOn);
    const allows = this.alike.map(({ host }) => hostRefusals(spec, host, binding, restart).length === 0);
    const answer = this.answers.of(allows);
    const hasUsable = this.alike.every(({ usable }, kind) => !usable || allows[kind]!);
    return (this.byAnswer[answer] ??= { has: (name) => allows[this.alikeOf.get(name)!]!, hasUsable });
  }
}
