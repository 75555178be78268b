import { Host, Refusal } from "../../model";
import { Candidate, Circumstances, HostRuleInForce, Target } from "./host/constraint";
import { datastores } from "./host/datastores";
import { deviceMaximum } from "./host/device-maximum";
import { failoverHost } from "./host/failover-host";
import { hardwareVersion } from "./host/hardware-version";
import { hostRules } from "./host/host-rules";
import { hostState } from "./host/host-state";
import { networks } from "./host/networks";
import { VmSpec } from "./vm-spec";

export type { Circumstances, HostRuleInForce } from "./host/constraint";

/** Every reason why a host can't take a VM whatever is free there, in the order of the report. */
const CONSTRAINTS = [hostState, failoverHost, hardwareVersion, datastores, networks, deviceMaximum, hostRules] as const;

type Constraint = (typeof CONSTRAINTS)[number];
type VmField = Constraint["reads"]["vm"][number];
type HostField = Constraint["reads"]["host"][number];

/** What tells VMs, and hosts, apart where it is asked which host may take which VM: nothing but what some constraint reads. */
export const READ_OF_VM: readonly VmField[] = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly VmField[] => reads.vm))];
export const READ_OF_HOST: readonly HostField[] = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly HostField[] => reads.host))];
export type CandidateTraits = Pick<Candidate, VmField>;
export type TargetTraits = Pick<Target, HostField>;

/** Why a host can't take a VM whatever is free there (section 3). */
export function hostRefusals(vm: CandidateTraits, host: TargetTraits, circumstances: Circumstances): Refusal[] {
  return CONSTRAINTS.flatMap(({ refusals }) => refusals(vm, host, circumstances));
}

/** A VM as the constraints see it, `hostRules`: the rules that it is under, by index. */
export function candidateOf(vm: VmSpec, rules: readonly number[]): CandidateTraits {
  return { ...vm, deviceCount: vm.requests.length, hostRules: rules };
}

/** Hosts as the constraints see them, by name. */
export function targetsOf(hosts: readonly Host[], rules: readonly HostRuleInForce[]): ReadonlyMap<string, TargetTraits> {
  const allowedBy = new Map<string, number[]>(hosts.map(({ name }) => [name, []]));
  rules.forEach(({ hosts: allowed }, rule) => new Set(allowed).forEach((name) => allowedBy.get(name)?.push(rule)));
  return new Map(hosts.map((host) => [host.name, { ...host, allowedBy: allowedBy.get(host.name)! }]));
}
