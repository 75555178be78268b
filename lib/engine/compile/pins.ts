import { Cluster, DeviceRequest, Host, HostRef, Maybe, PlanVm, RunningVm, hostOf, isOfOneHost, known, unknown } from "../../model";
import { VmSpec } from "../constraints/vm-spec";
import { isAutomated } from "./automation";

type Pin = Maybe<VmSpec["pin"]>;

/** The host that `host_system_id` names; it matters where DRS does not place the VM, and to static devices. */
export function pinOf(vm: PlanVm, requests: Maybe<readonly DeviceRequest[]>, cluster: Cluster): Pin {
  return vm.host === undefined || !binds(vm, requests, cluster) ? known(undefined) : pinAt(vm.host, cluster);
}

/** For a VM that is off: the host it is registered on, where DRS does not place it. */
export function presentPin(vm: PlanVm, off: RunningVm | undefined, requests: Maybe<readonly DeviceRequest[]>, cluster: Cluster): Pin {
  if (!binds(vm, requests, cluster)) return known(undefined);
  if (off !== undefined) return known({ host: off.host });
  return vm.presentHost === undefined ? pinOf(vm, requests, cluster) : pinAt(vm.presentHost, cluster);
}

function binds(vm: PlanVm, requests: Maybe<readonly DeviceRequest[]>, cluster: Cluster): boolean {
  const isBound = vm.carriers.sriov !== undefined || (requests.known && requests.value.some(isOfOneHost));
  return isBound || !isAutomated(cluster);
}

function pinAt(ref: Maybe<HostRef>, cluster: Cluster): Pin {
  if (!ref.known) return unknown(ref.why);
  const host: Maybe<Host | undefined> = hostOf(ref.value, cluster);
  return host.known ? known({ host: host.value?.name }) : host;
}
