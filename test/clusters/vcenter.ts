import { ClusterDraft, DeviceShape, HostShape, VmShape } from "./cluster-draft";
import { GB, instance, Instance, modelId, SIZES } from "./instance";
import { Random } from "./random";

export interface Vcenter {
  /** At most 96 hosts each. */
  readonly clusters: number;
  readonly hosts: number;
  /** One in twenty has devices. */
  readonly vms: number;
  /** Created by the stack: one in a hundred, the others run; or all. */
  readonly created?: "few" | "all";
}

const MODEL = modelId("L40S");
const WITHOUT_DEVICES: readonly DeviceShape[] = [];
const WITH_DEVICES: readonly DeviceShape[] = Array.from({ length: 8 }, () => ({ id: MODEL }));

/** A whole vCenter: clusters alike, a third of their hosts with 8 devices, most VMs without any. */
export function vcenter({ clusters, hosts, vms, created = "few" }: Vcenter): Instance {
  const random = new Random(clusters * 1_000_003 + hosts);
  const drafts = Array.from({ length: clusters }, (_, index) => {
    const size = share(hosts, clusters, index);
    const shapes = Array.from({ length: size }, (__, host): HostShape => {
      return { cpuMhz: 332_800, memoryMb: 1024 * GB, devices: host % 3 === 0 ? WITH_DEVICES : WITHOUT_DEVICES };
    });
    const draft = new ClusterDraft(`cluster-${String(index + 1).padStart(2, "0")}`, shapes);
    fill(draft, share(vms, clusters, index), created === "all" ? 1 : 0.01, random);
    return draft;
  });
  return instance(
    drafts.map((draft) => draft.cluster(1)),
    drafts.flatMap((draft) => draft.created),
  );
}

/** The part of one among equals; the first of them take what is left over. */
function share(total: number, parts: number, index: number): number {
  return Math.floor(total / parts) + (index < total % parts ? 1 : 0);
}

function fill(draft: ClusterDraft, vms: number, created: number, random: Random): void {
  for (let index = 1; index <= vms; index++) {
    const name = `${draft.name}-vm-${String(index).padStart(4, "0")}`;
    const shape = random.chance(0.05) ? withDevices(random.weighted(SIZES)) : withoutDevices(random);
    if (random.chance(created) || !draft.run(name, shape)) draft.create(name, shape);
  }
}

function withDevices(count: number): VmShape {
  return { count, allowed: [MODEL], memoryMb: count * 32 * GB, cpuMhz: 0 };
}

function withoutDevices(random: Random): VmShape {
  return { count: 0, allowed: [], memoryMb: random.pick([4, 8, 16, 32]) * GB, cpuMhz: 0 };
}
