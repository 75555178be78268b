import { DeviceRequest, hostOf, matchRequest, PciId } from "../../model";
import { PlacedVm } from "./facts";

/** The ids that a request names: those it allows, or that of the static device, where the inventory has it. */
export function idsOf({ vm, cluster }: PlacedVm, request: DeviceRequest): readonly PciId[] {
  const host = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  const devices = host?.known ? (host.value?.devices ?? []) : [];
  return matchRequest(request, {
    dynamic: ({ allowed }) => allowed,
    static: ({ address }) => devices.filter((device) => device.address === address).map(({ id }) => id),
  });
}
