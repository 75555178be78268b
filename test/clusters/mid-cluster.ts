import { PciId } from "../../lib/model";
import { ClusterDraft, HostShape, VmShape } from "./cluster-draft";
import { GB, instance, Instance, modelId } from "./instance";
import { Random } from "./random";

export interface MidCluster {
  readonly seed: number;
  /** Everything runs and the stack is empty; else about a third runs and the stack creates the rest. */
  readonly allRunning: boolean;
  readonly hostFailures: number;
  /** Of its devices, how many are asked for, at the least and at the most; else where answers turn from yes to no. */
  readonly percent?: readonly [least: number, most: number];
}

const MODELS = ["H100-SXM5-80GB", "L40S", "A30"].map(modelId);

/**
 * 8 to 16 hosts with 2 to 8 devices, filled so far that whether all VMs find a place hangs on how they are packed: too large for
 * looking at every outcome, small enough for an integer program. Sizes 3 and 6, several allowed models, CPU and memory that
 * bind, each in about half of the clusters.
 */
export function midCluster({ seed, allRunning, hostFailures, percent = whereAnswersTurn(allRunning, hostFailures) }: MidCluster): Instance {
  const random = new Random(seed);
  const models = random.shuffled(MODELS).slice(0, random.between(1, 3));
  const [oddSizes, severalModels, binding] = [random.chance(0.5), models.length > 1 && random.chance(0.5), random.chance(0.5)];
  const shapes = Array.from({ length: random.between(8, 16) }, (): HostShape => {
    const [first, second] = [random.pick(models), random.pick(models)];
    const [count, split] = [random.pick([2, 4, 4, 6, 8, 8]), random.between(0, 4)];
    const memoryMb = random.pick([512, 768, 1024]) * GB;
    return { cpuMhz: 100_000, memoryMb, devices: Array.from({ length: count }, (_, place) => ({ id: place < split ? first : second })) };
  });
  const draft = new ClusterDraft("mid", shapes);
  const devices = shapes.reduce((sum, shape) => sum + shape.devices.length, 0);
  const sizes = oddSizes ? [1, 1, 2, 3, 3, 4, 6] : [1, 1, 2, 2, 4, 8];
  // More than three hosts can have it, or there would be little to pack; where a model is on fewer, any model will do.
  const fitting = (ids: readonly PciId[]): number[] =>
    sizes.filter((size) => shapes.filter(({ devices: of }) => of.filter(({ id }) => ids.includes(id)).length >= size).length > 3);
  const draw = (): VmShape => {
    const drawn = severalModels ? random.shuffled(models).slice(0, random.between(1, 2)) : [random.pick(models)];
    const allowed = fitting(drawn).length > 0 ? drawn : models;
    const count = random.pick(fitting(allowed));
    const memoryMb = (binding ? random.pick([32, 64, 128, 160]) * count : 1) * GB;
    return {
      count,
      allowed,
      memoryMb: Math.min(memoryMb, 400 * GB),
      cpuMhz: binding ? random.pick([0, 5000, 15_000]) * Math.min(count, 4) : 0,
    };
  };
  let left = Math.floor((devices * random.between(...percent)) / 100);
  for (let index = 1; left > 0 && index < 200; index++) {
    const shape = draw();
    const name = `vm-${String(index).padStart(2, "0")}`;
    const runs = allRunning || random.chance(0.3);
    if (runs && draft.run(name, shape)) left -= shape.count;
    if (runs || shape.count > left) continue;
    draft.create(name, shape);
    left -= shape.count;
  }
  return instance([draft.cluster(hostFailures)], draft.created);
}

/** About a host's worth of devices has to be free for each failure, and what is stranded. */
function whereAnswersTurn(allRunning: boolean, hostFailures: number): readonly [number, number] {
  const lessFor = 10 * (hostFailures - 1);
  return allRunning ? [55 - lessFor, 85 - lessFor] : [80, 98];
}
