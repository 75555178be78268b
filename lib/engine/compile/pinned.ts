import { Cluster, Host, hostOf, isOfOneHost, isUsable, matchingSize, pickRequests, PlanVm, Remark } from "../../model";
import { candidateOf, hostRefusals, targetsOf } from "../constraints/eligibility";
import { matches } from "../constraints/matching";
import { memoryNeedMb, VmSpec } from "../constraints/vm-spec";
import { isAutomated } from "./automation";

/**
 * P2's note: where DRS places a VM with dynamic devices, the provider moves it to its `host_system_id` once it runs, which vCenter
 * refuses. Undefined where DRS has no choice: no other usable host could take the VM even if it were empty.
 */
export function pinRemark(vm: PlanVm, spec: VmSpec, cluster: Cluster): Remark | undefined {
  if (vm.host === undefined || spec.sriov === true || !isAutomated(cluster, spec.drs) || !isDynamic(spec)) return undefined;
  const wanted = vm.host.known ? hostOf(vm.host.value, cluster) : vm.host;
  const host = wanted.known ? wanted.value?.name : undefined;
  const fits = cluster.hosts
    .filter((each) => each.name !== host && isUsable(each))
    .map((each) => ({ host: each, answer: whenEmpty(spec, each, cluster) }));
  const others = fits.filter(({ answer }) => answer !== false).map((each) => each.host.name);
  // One of two hosts may be the one that is meant.
  if (others.length < (wanted.known ? 1 : 2)) return undefined;
  const certain = wanted.known && fits.some(({ answer }) => answer === true);
  return { kind: "pinned-under-drs", vm: spec.id, ...(host === undefined ? {} : { host }), others, certain };
}

function isDynamic({ requests }: VmSpec): boolean {
  return requests.length > 0 && !requests.some(isOfOneHost);
}

/** Whether the host could take the VM if it were empty; undefined where that hangs on an undeclared sub-id. */
function whenEmpty(spec: VmSpec, host: Host, { hostRules }: Cluster): boolean | undefined {
  const rules = hostRules
    .filter(({ mandatory, vms }) => mandatory && vms.includes(spec.name))
    .map((rule) => ({ ...rule, atPowerOn: true }));
  const target = targetsOf([host], rules).get(host.name)!;
  if (hostRefusals(candidateOf(spec, [...rules.keys()]), target, { restart: false, hostRules: rules }).length > 0) return false;
  if (spec.cpuReservationMhz > host.cpuMhz || memoryNeedMb(spec) > host.memoryMb) return false;
  const dynamic = pickRequests(spec.requests, { dynamic: true, static: false });
  const fit = (mayHave: (answer: boolean | undefined) => boolean): boolean =>
    matchingSize(dynamic, host.devices, (request, device) => mayHave(matches(request, device))) === dynamic.length;
  if (fit((answer) => answer === true)) return true;
  return fit((answer) => answer !== false) ? undefined : false;
}
