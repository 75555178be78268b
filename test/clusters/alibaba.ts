import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePciId, PciId } from "../../lib/model";
import { ClusterDraft, HostShape } from "./cluster-draft";
import { instance, Instance } from "./instance";

const FOLDER = join(__dirname, "../data/alibaba-gpu-v2023");
const HOSTS_OF_A_CLUSTER = 96;
const MHZ_OF_A_CORE = 2600;
/** Assumed for a VM with devices (semantics, section 3). */
const OVERHEAD_MB = 1024;

/** G2 and G3 are not disclosed: each stands under the id of a model of which nothing else is there. */
const IDS: Readonly<Record<string, PciId>> = Object.fromEntries(
  Object.entries({
    T4: "10de:1eb8",
    V100M16: "10de:1db1",
    V100M32: "10de:1db5",
    P100: "10de:15f8",
    A10: "10de:2236",
    G2: "10de:20b0",
    G3: "10de:20b2",
  }).map(([model, id]) => [model, parsePciId(id)!]),
);

interface Part {
  readonly model: string;
  readonly draft: ClusterDraft;
  readonly hosts: readonly Amounts[];
  readonly total: Amounts;
  taken: Amounts;
}

interface Amounts {
  readonly devices: number;
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

/**
 * The production trace of 1,213 nodes with 6,212 GPUs, as one batch: nodes by model in clusters of at most 96 hosts, and a VM for each
 * pod that asks for whole GPUs, in the cluster that has the largest share of devices, memory and CPU left (of whichever it has
 * least) among those whose model the pod accepts. A pod that is too large for every node it accepts is left out.
 */
export function alibaba(list: "default" | "gpuspec33", hostFailures = 1): Instance {
  const parts = partsOf(rows("openb_node_list_gpu_node.csv"));
  for (const { name, cpu_milli: cpu, memory_mib: memory, num_gpu: gpus, gpu_milli: milli, gpu_spec: spec } of rows(
    `openb_pod_list_${list}.csv`,
  )) {
    const count = Number(gpus);
    if (count < 1 || milli !== "1000") continue;
    const models = spec === "" ? [] : [...new Set(spec!.split("|"))];
    const needs: Amounts = { devices: count, memoryMb: Number(memory) + OVERHEAD_MB, cpuMhz: mhz(cpu!) };
    const open = parts.filter(
      ({ model, hosts }) => (models.length === 0 || models.includes(model)) && hosts.some((host) => covers(host, needs)),
    );
    if (open.length === 0) continue;
    const part = open.reduce((best, each) => (left(each) > left(best) ? each : best));
    part.taken = sum([part.taken, needs]);
    part.draft.create(name!, { count, allowed: models.map((model) => IDS[model]!), memoryMb: Number(memory), cpuMhz: needs.cpuMhz });
  }
  return instance(
    parts.map(({ draft }) => draft.cluster(hostFailures)),
    parts.flatMap(({ draft }) => draft.created),
  );
}

function covers(there: Amounts, needs: Amounts): boolean {
  return there.devices >= needs.devices && there.memoryMb >= needs.memoryMb && there.cpuMhz >= needs.cpuMhz;
}

function left({ total, taken }: Part): number {
  const of = (amount: keyof Amounts): number => (total[amount] - taken[amount]) / total[amount];
  return Math.min(of("devices"), of("memoryMb"), of("cpuMhz"));
}

function sum(list: readonly Amounts[]): Amounts {
  const of = (amount: keyof Amounts): number => list.reduce((total, each) => total + each[amount], 0);
  return { devices: of("devices"), memoryMb: of("memoryMb"), cpuMhz: of("cpuMhz") };
}

function mhz(milliCores: string): number {
  return Math.round((Number(milliCores) * MHZ_OF_A_CORE) / 1000);
}

function partsOf(nodes: readonly Row[]): readonly Part[] {
  const models = [...new Set(nodes.map(({ model }) => model!))].sort();
  return models.flatMap((model) => {
    const own = nodes.filter((node) => node.model === model);
    return Array.from({ length: Math.ceil(own.length / HOSTS_OF_A_CLUSTER) }, (_, index): Part => {
      const some = own.slice(index * HOSTS_OF_A_CLUSTER, (index + 1) * HOSTS_OF_A_CLUSTER);
      const shapes = some.map(shapeOf);
      const hosts = shapes.map(({ memoryMb, cpuMhz, devices }) => ({ memoryMb, cpuMhz, devices: devices.length }));
      return { model, draft: new ClusterDraft(`${model}-${index + 1}`, shapes), hosts, total: sum(hosts), taken: sum([]) };
    });
  });
}

/** A pod has no overhead, and some ask for a whole node: the host has that much more, a VM to each device. */
function shapeOf({ cpu_milli: cpu, memory_mib: memory, gpu, model }: Row): HostShape {
  const devices = Array.from({ length: Number(gpu) }, () => ({ id: IDS[model!]! }));
  return { cpuMhz: mhz(cpu!), memoryMb: Number(memory) + devices.length * OVERHEAD_MB, devices };
}

type Row = Readonly<Record<string, string>>;

/** These files quote nothing and have no comma inside a field. */
function rows(file: string): readonly Row[] {
  const [head, ...lines] = readFileSync(join(FOLDER, file), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((field, column) => [names[column]!, field])));
}
