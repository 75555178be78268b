import { Cluster, Device, DynamicRequest, PciId, Plan } from "../../lib/model";
import { matches } from "./matching";
import { requestsOf } from "./problem";

const FIELDS = ["subVendor", "subDevice", "revision"] as const;
/** Stands for every value that no request names. */
const OTHER = -1;

/** M4: the cluster once for every way to fill in the sub-ids that requests name and the inventory does not declare. */
export function consistentAssignments(plan: Plan, cluster: Cluster): readonly Cluster[] {
  const requests = [
    ...plan.vms.flatMap(requestsOf),
    ...cluster.planned.flatMap((shape) => shape.requests),
    ...cluster.vms.flatMap((vm) => vm.requests ?? []),
  ].filter((request): request is DynamicRequest => request.kind === "dynamic");

  let clusters: readonly Cluster[] = [cluster];
  cluster.hosts.forEach((host, hostIndex) =>
    host.devices.forEach((device, deviceIndex) => {
      for (const field of FIELDS) {
        const named = requests
          .flatMap(({ allowed }) => allowed)
          .filter((id) => id.vendor === device.id.vendor && id.device === device.id.device)
          .flatMap((id) => id[field] ?? []);
        if (device.id[field] !== undefined || named.length === 0) continue;
        clusters = clusters.flatMap((each) =>
          [...new Set([...named, OTHER])].map((value) => withId(each, hostIndex, deviceIndex, { [field]: value })),
        );
      }
    }),
  );
  return clusters.filter(holdersAreSatisfied);
}

function withId(cluster: Cluster, host: number, device: number, more: Partial<PciId>): Cluster {
  const replaceAt = <T>(list: readonly T[], index: number, item: (old: T) => T): readonly T[] =>
    list.map((old, at) => (at === index ? item(old) : old));
  return {
    ...cluster,
    hosts: replaceAt(cluster.hosts, host, (old) => ({
      ...old,
      devices: replaceAt(old.devices, device, (found) => ({ ...found, id: { ...found.id, ...more } })),
    })),
  };
}

/** A running VM's declared requests match what it holds, so they say something about it. */
function holdersAreSatisfied({ hosts, vms }: Cluster): boolean {
  return vms.every(({ host, devices, requests }) => {
    const held = devices.map((address) => hosts.find(({ name }) => name === host)!.devices.find((device) => device.address === address)!);
    return !requests || pairs(requests, held);
  });
}

function pairs([request, ...rest]: readonly DynamicRequest[], held: readonly Device[]): boolean {
  return (
    request === undefined ||
    held.some(
      (device) =>
        matches(request, { address: device.address, ...device.id }, device.label) &&
        pairs(
          rest,
          held.filter((other) => other !== device),
        ),
    )
  );
}
