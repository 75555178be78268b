import { Cluster, Device, DeviceRequest, formatPciId, gpuModels, once, PciId } from "../../model";
import { idsOf } from "./device-ids";
import { PlacedVm } from "./facts";

/** How large a device's BAR1 is, in GB; undefined where that is not known. */
export type Bar1 = number | undefined;

/** The BAR1 sizes of what a request may be given, an entry for each possibility. */
export function bar1sOf(placed: PlacedVm, request: DeviceRequest): readonly Bar1[] {
  return idsOf(placed, request).flatMap((id) => bar1sOfId(placed, id));
}

/** The same for one vendor and device id: as the devices of the VM's cluster declare it, else as the catalogue has it. */
export function bar1sOfId({ cluster }: PlacedVm, id: PciId): readonly Bar1[] {
  const models = gpuModels(id).map(({ bar1Gb }) => bar1Gb);
  const undeclared = models.length > 0 ? models : [undefined];
  const declared = (cluster && declaredIn(cluster).get(kindOf(id))) ?? [undefined];
  return declared.flatMap((bar1Gb) => bar1Gb ?? undeclared);
}

/** What a cluster's devices say, by vendor and device id; undefined among them for one that says nothing. */
const declaredIn = once((cluster: Cluster): ReadonlyMap<string, readonly Bar1[]> => {
  const sizes = new Map<string, Set<Bar1>>();
  for (const { id, bar1Gb } of cluster.hosts.flatMap(({ devices }): readonly Device[] => devices)) {
    const kind = kindOf(id);
    sizes.set(kind, (sizes.get(kind) ?? new Set<Bar1>()).add(bar1Gb));
  }
  return new Map([...sizes].map(([kind, each]) => [kind, [...each]]));
});

function kindOf({ vendor, device }: PciId): string {
  return formatPciId({ vendor, device });
}
