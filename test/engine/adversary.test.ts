import { judge } from "./judge";
import { Cluster } from "../../lib/model";
import { fillAtRandom, keepsOut } from "../bench/peers/adversary";
import { afterFailure, batchPacking, Placed, placedOf, runningVms } from "../bench/peers/packing";
import { midCluster } from "../clusters/mid-cluster";
import { Random } from "../clusters/random";
import { asked } from "../properties";

/** A good verdict speaks about every order and choice: an adversary that knows the verdict's weak points may find none against it. */
describe("no adversary finds a way past a good verdict, on clusters of 8 to 16 hosts", () => {
  const SEEDS = asked(Array.from({ length: 150 }, (_, index) => index + 1));

  test("guaranteed: no order keeps a VM out", () => {
    const rows = SEEDS.map((seed) => {
      const { plan, inventory } = midCluster({ seed, allRunning: false, hostFailures: 0, percent: [10, 60] });
      const { verdict } = judge(plan, inventory).clusters[0]!.powerOn;
      return { seed, verdict, keptOut: keepsOut(batchPacking(plan, inventory.clusters[0]!), new Random(seed)) };
    });
    expect(rows.filter(({ verdict, keptOut }) => verdict === "guaranteed" && keptOut)).toEqual([]);
    expectPower(rows, "guaranteed");
  });

  test("survives, with everything in its place: no failure and no order loses a VM", () => {
    const rows = SEEDS.map((seed) => {
      const { plan, inventory } = midCluster({ seed, allRunning: true, hostFailures: 1, percent: [20, 60] });
      const { verdict } = judge(plan, inventory).clusters[0]!.failover;
      const [cluster] = inventory.clusters as readonly [Cluster];
      return { seed, verdict, keptOut: someFailureKeepsOut(placedOf(cluster, runningVms(cluster)), new Random(seed)) };
    });
    expect(rows.filter(({ verdict, keptOut }) => verdict === "survives" && keptOut)).toEqual([]);
    expectPower(rows, "survives");
  });

  test("survives, with a batch: no placement, no failure and no order loses a VM", () => {
    const rows = SEEDS.map((seed) => {
      const { plan, inventory } = midCluster({ seed, allRunning: false, hostFailures: 1, percent: [10, 45] });
      const { verdict } = judge(plan, inventory).clusters[0]!.failover;
      const [cluster] = inventory.clusters as readonly [Cluster];
      const random = new Random(seed);
      const packing = batchPacking(plan, cluster);
      const keptOut = Array.from({ length: 5 }).some(() => {
        const drawn = fillAtRandom(packing, random);
        return drawn !== undefined && someFailureKeepsOut(together(placedOf(cluster, runningVms(cluster)), drawn), random);
      });
      return { seed, verdict, keptOut };
    });
    expect(rows.filter(({ verdict, keptOut }) => verdict === "survives" && keptOut)).toEqual([]);
    expectPower(rows, "survives");
  });
});

/** What would be caught: the adversary wins often, and there are good verdicts to win against. */
function expectPower(rows: readonly { readonly verdict: string; readonly keptOut: boolean }[], good: string): void {
  expect(rows.filter(({ keptOut }) => keptOut).length).toBeGreaterThan(rows.length / 12);
  expect(rows.filter(({ verdict }) => verdict === good).length).toBeGreaterThan(rows.length / 12);
}

function someFailureKeepsOut(placed: Placed, random: Random): boolean {
  return placed.bins.some((_, failed) => keepsOut(afterFailure(placed, [failed]), random));
}

/** The running VMs and those of a batch that was drawn. */
function together({ shapes, here }: Placed, { bins, filled }: NonNullable<ReturnType<typeof fillAtRandom>>): Placed {
  const added = [...new Set([...filled.values()].flat())];
  const counts = bins.map(({ host }, at) => {
    const vms = filled.get(host) ?? [];
    return [...here[at]!, ...added.map((shape) => vms.filter((vm) => vm === shape).length)];
  });
  return { bins, shapes: [...shapes, ...added], here: counts };
}
