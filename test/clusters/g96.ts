import { PciId } from "../../lib/model";
import { ClusterDraft, DeviceShape, HostShape } from "./cluster-draft";
import { GB, instance, Instance, modelId, SIZES } from "./instance";
import { Random } from "./random";

export interface G96 {
  readonly seed: number;
  readonly hostFailures: number;
  /** CPU and memory run out on some hosts before devices do; else they are far from binding. */
  readonly binding?: boolean;
  /** How many of the VMs run already, started in any order where they fit best; the stack creates the others. */
  readonly running?: "none" | "half" | "all";
}

const VMS = 300;
const HOST = { cpuMhz: 332_800, memoryMb: 2048 * GB };
const MODELS = { h100: modelId("H100-SXM5-80GB"), l40s: modelId("L40S"), a100: modelId("A100-PCIE-40GB"), a30: modelId("A30") };

/** 96 hosts with 768 devices of four models (48 x 8, 32 x 8, 16 x (4 + 4)), and 300 VMs that ask for about three quarters of them. */
export function g96({ seed, hostFailures, binding = false, running = "none" }: G96): Instance {
  const random = new Random(seed);
  const draft = new ClusterDraft("g96", [
    ...alike(48, [...devices(8, MODELS.h100)]),
    ...alike(32, [...devices(8, MODELS.l40s)]),
    ...alike(16, [...devices(4, MODELS.a100), ...devices(4, MODELS.a30)]),
  ]);
  const open = [
    { id: MODELS.h100, total: 384, largest: 8, left: 0.9 * 384 },
    { id: MODELS.l40s, total: 256, largest: 8, left: 0.9 * 256 },
    { id: MODELS.a100, total: 64, largest: 4, left: 0.9 * 64 },
    { id: MODELS.a30, total: 64, largest: 4, left: 0.9 * 64 },
  ];
  const sizes = random.shuffled(SIZES.flatMap(([size, share]) => Array.from({ length: (VMS * share) / 100 }, () => size)));
  // The largest first choose their model, so that there is room for them; who comes first in the stack is another matter.
  const asked = [...sizes].sort((a, b) => b - a).map((count) => {
    const model = random.weighted(open.filter(({ largest, left }) => count <= largest && count <= left).map((row) => [row, row.total] as const));
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
  return { memoryMb: Math.min(count * perDevice, 0.9 * HOST.memoryMb - (0.9 * HOST.memoryMb) % GB), cpuMhz: Math.min(cpuMhz, 0.9 * HOST.cpuMhz) };
}
