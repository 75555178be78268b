import { Cluster, PciId } from "../../lib/model";
import { ClusterDraft, DeviceShape, HostShape, VmShape } from "./cluster-draft";
import { GB, instance, Instance, modelId, SIZES } from "./instance";
import { Random } from "./random";

/** What makes a cluster hard: memory and CPU that bind, hardware labels, both; or everything that the closed forms leave out. */
export type Family = "devices" | "memory" | "labels" | "memory+labels" | "elsewhere";

export interface RandomCluster extends Instance {
  readonly family: Family;
  readonly hostFailures: number;
}

const HOSTS = 96;
const DEVICES = 8;
const MODELS = ["H100-SXM5-80GB", "L40S", "A100-PCIE-40GB", "A30"].map(modelId);
const LABEL = "Training";
const ELSEWHERE_SIZES: typeof SIZES = [
  [1, 45],
  [2, 20],
  [3, 12],
  [4, 8],
  [6, 10],
  [8, 5],
];

/** The devices of one model and label: what VMs of a kind have to share. */
interface Kind {
  readonly id: PciId;
  readonly label?: string;
  readonly devices: number;
  /** The most that one host has. */
  readonly largest: number;
}

/**
 * 96 hosts with 8 devices each, and VMs for 60 to 95 % of them, half of which run. `elsewhere`: with sizes 3 and 6, VMs that
 * allow several models, and anti-affinity rules.
 */
export function randomCluster(seed: number, { elsewhere = false }: { readonly elsewhere?: boolean } = {}): RandomCluster {
  const random = new Random(seed);
  const [memory, labels] = [random.chance(1 / 3), random.chance(1 / 3)];
  const hostFailures = random.pick([1, 2, 4]);
  const shapes = hostShapes(random, labels);
  const draft = new ClusterDraft("c", shapes);
  const used = random.between(60, 95) / 100;
  const flavours = memory ? Array.from({ length: random.between(3, 4) }, () => flavour(random)) : [{ memoryMb: 64 * GB, cpuMhz: 2600 }];
  const asked = kindsOf(shapes).flatMap((kind) => vmsOf(kind, used * kind.devices, elsewhere ? ELSEWHERE_SIZES : SIZES, flavours, random));
  const names = random.shuffled(asked).map((shape, index) => {
    const name = `vm-${String(index + 1).padStart(3, "0")}`;
    const wanted = elsewhere && shape.label === undefined && random.chance(0.2) ? orAnother(shape, random) : shape;
    if (random.chance(0.5) || !draft.run(name, wanted)) draft.create(name, wanted);
    return name;
  });
  const bare = draft.cluster(hostFailures);
  const cluster = elsewhere ? { ...bare, vmRules: apart(names, bare, random) } : bare;
  return { ...instance([cluster], draft.created), family: elsewhere ? "elsewhere" : familyOf(memory, labels), hostFailures };
}

function familyOf(memory: boolean, labels: boolean): Family {
  if (memory) return labels ? "memory+labels" : "memory";
  return labels ? "labels" : "devices";
}

/** One to four models; a host has one, some hosts half of one and half of another; labels are on whole hosts. */
function hostShapes(random: Random, labels: boolean): HostShape[] {
  const models = random.shuffled(MODELS).slice(0, random.between(1, 4));
  const mixed = models.length > 1 ? random.pick([0, 0, 0.1, 0.3]) : 0;
  const labelled = labels ? random.between(15, 60) / 100 : 0;
  return Array.from({ length: HOSTS }, (_, index) => {
    const first = models[index % models.length]!;
    const second = random.chance(mixed) ? models[(index + 1) % models.length]! : first;
    const label = random.chance(labelled) ? { label: LABEL } : {};
    const devices = Array.from({ length: DEVICES }, (_, place): DeviceShape => ({ id: place < DEVICES / 2 ? first : second, ...label }));
    return { cpuMhz: 332_800, memoryMb: 2048 * GB, devices };
  });
}

function kindsOf(shapes: readonly HostShape[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { devices } of shapes) {
    const here = new Map<string, number>();
    for (const { id, label } of devices) here.set(keyOf(id, label), (here.get(keyOf(id, label)) ?? 0) + 1);
    for (const { id, label } of devices) {
      const key = keyOf(id, label);
      const kind = kinds.get(key) ?? { id, ...(label === undefined ? {} : { label }), devices: 0, largest: 0 };
      kinds.set(key, { ...kind, devices: kind.devices + 1, largest: Math.max(kind.largest, here.get(key)!) });
    }
  }
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

function keyOf({ vendor, device }: PciId, label = ""): string {
  return `${vendor}:${device} ${label}`;
}

/** VMs for so many devices of a kind; of those for a labelled kind three quarters ask with the label. */
function vmsOf(kind: Kind, devices: number, sizes: typeof SIZES, flavours: readonly Flavour[], random: Random): VmShape[] {
  const vms: VmShape[] = [];
  const fitting = sizes.filter(([size]) => size <= kind.largest);
  for (let left = Math.floor(devices); left > 0;) {
    const count = Math.min(random.weighted(fitting), left);
    if (!fitting.some(([size]) => size === count)) break;
    left -= count;
    const { memoryMb, cpuMhz } = random.pick(flavours);
    const label = kind.label !== undefined && random.chance(0.75) ? { label: kind.label } : {};
    vms.push({ count, allowed: [kind.id], ...label, memoryMb: count * memoryMb, cpuMhz: count * cpuMhz });
  }
  return vms;
}

/** It may have devices of one more model as well. */
function orAnother(shape: VmShape, random: Random): VmShape {
  const others = MODELS.filter((model) => !shape.allowed.includes(model));
  return { ...shape, allowed: [...shape.allowed, random.pick(others)] };
}

/** What a VM reserves for each of its devices. An eighth of a host is 256 GB and 41.6 GHz. */
interface Flavour {
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

function flavour(random: Random): Flavour {
  return {
    memoryMb:
      random.weighted([
        [64, 3],
        [128, 3],
        [192, 3],
        [240, 2],
        [252, 1],
      ]) * GB,
    cpuMhz: random.pick([2600, 10_400, 26_000, 39_000]),
  };
}

/** Groups of three that stay apart: ten, but for those that do not now. */
function apart(names: readonly string[], { vms: running, source }: Cluster, random: Random): Cluster["vmRules"] {
  const order = random.shuffled(names);
  const groups = Array.from({ length: 10 }, (_, index) => order.slice(3 * index, 3 * index + 3).sort());
  const kept = groups.filter((group) => {
    const hosts = running.filter(({ name }) => group.includes(name)).map(({ host }) => host);
    return new Set(hosts).size === hosts.length;
  });
  return kept.map((vms, index) => ({ name: `apart-${index + 1}`, vms, type: "separate", mandatory: true, source }));
}
