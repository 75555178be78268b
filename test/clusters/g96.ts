import { PciId } from "../../lib/model";
import { ClusterDraft, DeviceShape, HostShape } from "./cluster-draft";
import { GB, instance, Instance, modelId, SIZES } from "./instance";
import { Random } from "./random";

export interface G96 {
  readonly seed: number;
  readonly hostFailures: number;
  /** 96, or a smaller multiple of 12 with devices and VMs in proportion. */
  readonly hosts?: number;
  /** CPU and memory run out on some hosts before devices do; else they are far from binding. */
  readonly binding?: boolean;
  /** How many of the VMs run already, started in any order where they fit best; the stack creates the others. */
  readonly running?: "none" | "half" | "all";
}

const VMS_OF_A_HOST = 300 / 96;
const HOST = { cpuMhz: 332_800, memoryMb: 2048 * GB };
const MODELS = { h100: modelId("H100-SXM5-80GB"), l40s: modelId("L40S"), a100: modelId("A100-PCIE-40GB"), a30: modelId("A30") };

/** 96 hosts with 768 devices of four models (48 x 8, 32 x 8, 16 x (4 + 4)), and 300 VMs that ask for about three quarters of them. */
export function g96({ seed, hostFailures, hosts = 96, binding = false, running = "none" }: G96): Instance {
  const random = new Random(seed);
  const draft = new ClusterDraft("g96", [
    ...alike(hosts / 2, [...devices(8, MODELS.h100)]),
    ...alike(hosts / 3, [...devices(8, MODELS.l40s)]),
    ...alike(hosts / 6, [...devices(4, MODELS.a100), ...devices(4, MODELS.a30)]),
  ]);
  const open = [
    { id: MODELS.h100, total: 4 * hosts, largest: 8 },
    { id: MODELS.l40s, total: (8 / 3) * hosts, largest: 8 },
    { id: MODELS.a100, total: (2 / 3) * hosts, largest: 4 },
    { id: MODELS.a30, total: (2 / 3) * hosts, largest: 4 },
  ].map((row) => ({ ...row, left: 0.9 * row.total }));
  const sizes = random.shuffled(
    SIZES.flatMap(([size, share]) => Array.from({ length: Math.round((hosts * VMS_OF_A_HOST * share) / 100) }, () => size)),
  );
  // The largest first choose their model, so that there is room for them; who comes first in the stack is another matter.
  const asked = [...sizes]
    .sort((a, b) => b - a)
    .map((count) => {
      const model = random.weighted(
        open.filter(({ largest, left }) => count <= largest && count <= left).map((row) => [row, row.total] as const),
      );
      model.left -= count;
      return { count, allowed: [model.id], ...(binding ? heavy(random, count) : light(count)) };
    });
  random.shuffled(asked).forEach((shape, index) => {
    const name = `vm-${String(index + 1).padStart(3, "0")}`;
    const runs = running === "all" || (running === "half" && random.chance(0.5));
    if (!runs || !draft.run(name, shape)) draft.create(name, shape);
  });
  return instance([draft.cluster(hostFailures)], draft.created);
}

function alike(count: number, list: readonly DeviceShape[]): HostShape[] {
  return Array.from({ length: count }, () => ({ ...HOST, devices: list }));
}

function devices(count: number, id: PciId): DeviceShape[] {
  return Array.from({ length: count }, () => ({ id }));
}

function light(count: number): { readonly memoryMb: number; readonly cpuMhz: number } {
  return { memoryMb: count * 64 * GB, cpuMhz: count * 5200 };
}

/** For each device 32 to 224 GB and up to 36 GHz; one VM in ten is heavier; none is larger than nine tenths of a host. */
function heavy(random: Random, count: number): { readonly memoryMb: number; readonly cpuMhz: number } {
  const perDevice = (random.chance(0.1) ? random.between(10, 24) : random.between(1, 7)) * 32 * GB;
  const cpuMhz = random.between(1, 14) * 2600 * count;
  return {
    memoryMb: Math.min(count * perDevice, 0.9 * HOST.memoryMb - ((0.9 * HOST.memoryMb) % GB)),
    cpuMhz: Math.min(cpuMhz, 0.9 * HOST.cpuMhz),
  };
}
