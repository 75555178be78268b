import { g96 } from "../../clusters/g96";
import { midCluster } from "../../clusters/mid-cluster";
import { Random } from "../../clusters/random";
import { exponent } from "../measure";
import { Enumeration } from "./enumeration";
import { numberOfSets, sets } from "./failure-sets";
import { integerProgram } from "./integer-program";
import { afterFailure, batchPacking, Packing, placedOf, runningVms } from "./packing";

describe("what the engine is measured against is right itself", () => {
  test("every set of a size comes once, and there are as many as the formula says", () => {
    for (const [of, size] of [
      [6, 0],
      [6, 1],
      [7, 3],
      [5, 5],
    ] as const) {
      const found = [...sets(of, size)].map((set) => set.join());
      expect(new Set(found).size).toBe(numberOfSets(of, size));
      expect(found.length).toBe(numberOfSets(of, size));
    }
    expect(numberOfSets(96, 4)).toBe(3_321_960);
  });

  test("where the greedy restart finds a place for all, so does the integer program", async () => {
    const packs = await integerProgram();
    let stuck = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { inventory } = midCluster({ seed, allRunning: true, hostFailures: 1 });
      const placed = placedOf(inventory.clusters[0]!, runningVms(inventory.clusters[0]!));
      const enumeration = new Enumeration(placed);
      const failed = [new Random(seed).between(0, placed.bins.length - 1)];
      if (enumeration.restarts(failed)) expect(packs(afterFailure(placed, failed))).toBe(true);
      else stuck++;
    }
    expect(stuck).toBeGreaterThan(5);
    expect(stuck).toBeLessThan(35);
  });

  test("the integer program agrees with trying every place, on small packings", async () => {
    const packs = await integerProgram();
    const answers = Array.from({ length: 300 }, (_, seed) => {
      const packing = smallPacking(new Random(seed));
      const answer = triesAll(packing);
      expect({ seed, packs: packs(packing) }).toEqual({ seed, packs: answer });
      return answer;
    });
    expect(answers.filter(Boolean).length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThan(50);
  });

  test("a batch counts what the running VMs leave, with overhead", () => {
    const { plan, inventory } = g96({ seed: 3, hostFailures: 1, running: "half" });
    const { bins, items } = batchPacking(plan, inventory.clusters[0]!);
    const held = inventory.clusters[0]!.vms.reduce((sum, { devices }) => sum + devices.length, 0);
    expect(bins.reduce((sum, { free }) => sum + free.reduce((all, count) => all + count, 0), 0)).toBe(768 - held);
    expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(plan.vms.length);
    expect(items.filter(({ size }) => size === 8).map(({ memoryMb }) => memoryMb)).toEqual([8 * 64 * 1024 + 1024, 8 * 64 * 1024 + 1024]);
  });

  test("the exponent of a power law is found", () => {
    expect(exponent([12, 24, 48, 96].map((x) => [x, 3 * x ** 1.5] as const))).toBeCloseTo(1.5);
  });
});

function smallPacking(random: Random): Packing {
  const bins = Array.from({ length: 3 }, (_, index) => ({
    host: `h${index}`,
    free: [random.between(0, 3), random.between(0, 3)],
    memoryMb: random.between(2, 9),
    cpuMhz: random.between(2, 9),
  }));
  const items = Array.from({ length: random.between(1, 4) }, () => ({
    count: random.between(1, 2),
    size: random.between(0, 3),
    allowed: random.pick([
      [true, false],
      [false, true],
      [true, true],
    ]),
    memoryMb: random.between(0, 4),
    cpuMhz: random.between(0, 4),
  }));
  return { bins, items };
}

/** Every VM in every place with every choice of devices: slow, and sure. */
function triesAll({ bins, items }: Packing): boolean {
  const [item, ...rest] = items.flatMap((each) => Array.from({ length: each.count }, () => ({ ...each, count: 1 })));
  if (!item) return true;
  return bins.some((bin, at) =>
    Array.from({ length: item.size + 1 }, (_, first) => [first, item.size - first]).some((taken) => {
      const free = bin.free.map((count, index) => count - taken[index]!);
      const wrong = taken.some((count, index) => count > 0 && !item.allowed[index]);
      const left = { ...bin, free, memoryMb: bin.memoryMb - item.memoryMb, cpuMhz: bin.cpuMhz - item.cpuMhz };
      if (wrong || left.memoryMb < 0 || left.cpuMhz < 0 || free.some((count) => count < 0)) return false;
      return triesAll({ bins: bins.map((other, index) => (index === at ? left : other)), items: rest });
    }),
  );
}
