import { DeviceRequest, PciAddress, PciId } from "../../lib/model";

/** M1 to M3 and M8, about ids, address and label; that the device is active, healthy and free is the caller's. */
export function matches(request: DeviceRequest, device: PciId & { readonly address: PciAddress }, label: string | undefined): boolean {
  if (request.kind === "static") return request.address === device.address;
  const { allowed } = request;
  const given = (wanted: number | undefined, found: number | undefined): boolean => wanted === undefined || wanted === found;
  const idFits =
    allowed.length === 0 ||
    allowed.some(
      (id) =>
        id.vendor === device.vendor &&
        id.device === device.device &&
        given(id.subVendor, device.subVendor) &&
        given(id.subDevice, device.subDevice) &&
        given(id.revision, device.revision),
    );
  return idFits && (request.label === undefined || request.label === label);
}
