import { DeviceRequest, hostOf, PciId } from "../../model";
import { PlacedVm } from "./facts";

/** The ids that a request names: those it allows, or that of the static device, where the inventory has it. */
export function idsOf({ vm, cluster }: PlacedVm, request: DeviceRequest): readonly PciId[] {
  if (request.kind === "dynamic") return request.allowed;
  const host = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  const devices = host?.known ? (host.value?.devices ?? []) : [];
  return devices.filter(({ address }) => address === request.address).map(({ id }) => id);
}
