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

/** All that the constraints see of a VM and a host: what tells them apart where it is asked which host may take which VM. */
export type CandidateTraits = Pick<Candidate, VmField>;
export type TargetTraits = Pick<Target, HostField>;
const READ_OF_VM: readonly VmField[] = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly VmField[] => reads.vm))];
const READ_OF_HOST: readonly HostField[] = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly HostField[] => reads.host))];

/** Why a host can't take a VM whatever is free there (section 3). */
export function hostRefusals(vm: CandidateTraits, host: TargetTraits, circumstances: Circumstances): Refusal[] {
  return CONSTRAINTS.flatMap(({ refusals }) => refusals(vm, host, circumstances));
}

/** A VM as the constraints see it. `rules`: the mandatory VM-Host rules that it is under, by index. */
export function candidateOf(vm: VmSpec, rules: readonly number[]): CandidateTraits {
  return seen<Candidate, VmField>(READ_OF_VM, vm, { deviceCount: vm.requests.length, hostRules: rules });
}

/** Hosts as the constraints see them, by name. */
export function targetsOf(hosts: readonly Host[], rules: readonly HostRuleInForce[]): ReadonlyMap<string, TargetTraits> {
  const allowedBy = new Map<string, number[]>(hosts.map(({ name }) => [name, []]));
  rules.forEach(({ hosts: allowed }, rule) => new Set(allowed).forEach((name) => allowedBy.get(name)?.push(rule)));
  return new Map(hosts.map((host) => [host.name, seen<Target, HostField>(READ_OF_HOST, host, { allowedBy: allowedBy.get(host.name)! })]));
}

/** Every field that is read, undefined where it is not given, always in the same order. */
function seen<T extends object, K extends keyof T>(fields: readonly K[], own: Partial<T>, derived: Partial<T>): Pick<T, K> {
  const traits: Partial<T> = {};
  for (const field of fields) traits[field] = field in derived ? derived[field] : own[field];
  return traits as Pick<T, K>;
}
