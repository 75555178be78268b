import { Cluster, DeviceRequest, listing, pickRequests } from "../../model";

/**
 * Why it is not known whether a host has the devices that a VM names by their addresses: it has some that the inventory only counts, under
 * addresses made up, which prove nothing. Undefined where none of them can be one of those.
 */
export function whyOnlyCounted(requests: readonly DeviceRequest[], hostName: string | undefined, { hosts }: Cluster): string | undefined {
  const devices = hosts.find(({ name }) => name === hostName)?.devices ?? [];
  if (devices.every(({ addressDeclared }) => addressDeclared)) return undefined;
  const declared = new Set(devices.flatMap(({ address, addressDeclared }) => (addressDeclared ? [address] : [])));
  const named = pickRequests(requests, { dynamic: false, static: true }).map(({ address }) => address);
  const missing = named.filter((address) => !declared.has(address));
  if (missing.length === 0) return undefined;
  const what = missing.length === 1 ? "it is one of them" : "they are among them";
  return (
    `the inventory only counts devices of ${hostName}, so that it can't be told whether ${what}: ` +
    `declare ${listing(missing)} at that host by address, or correct pci_device_id`
  );
}
