import { counted, DeviceRequest, distinct, formatPciId, gpuName, listing, matchRequest, PciId, quoted } from "../../model";

/** `2 × A100-PCIE-40GB labelled "Training" and 1 × T4`; equal requests are counted. */
export function requestsInWords(requests: readonly DeviceRequest[]): string {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const words = requestInWords(request);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return listing([...counts].map(([words, amount]) => `${amount} × ${words}`));
}

export function requestInWords(request: DeviceRequest): string {
  return matchRequest(request, {
    dynamic: ({ allowed, label }) => {
      const model = allowed.length === 0 ? "any device" : listing(distinct(allowed.map(deviceName)), "or");
      return label === undefined ? model : `${model} labelled ${quoted(label)}`;
    },
    static: ({ address }) => address,
  });
}

/** `A100-PCIE-40GB`, or the id where the product is not known or sub-ids narrow it down. */
export function deviceName(id: PciId): string {
  const name = gpuName(id);
  if (name === undefined) return formatPciId(id);
  return id.subVendor === undefined && id.subDevice === undefined && id.revision === undefined ? name : `${name} (${formatPciId(id)})`;
}

/** `4 × A100-PCIE-40GB and 1 × T4`, by vendor and device alone. */
export function devicesInWords(ids: readonly PciId[]): string {
  if (ids.length === 0) return counted(0, "device");
  return requestsInWords(ids.map(({ vendor, device }) => ({ kind: "dynamic", allowed: [{ vendor, device }] })));
}
