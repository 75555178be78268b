import * as fc from "../../properties";
import { nearest, priceBook, scaleOf, toleratedBy, victimsOf } from "../../../lib/engine/failover/survival";
import { ROUNDING } from "../../../lib/engine/packing/prices";
import { compiled, counted, everyPlacement, fitsSomewhere } from "../packing/small-bins";
import { failingOf } from "./notation";
import { failuresOf, restartInstance, runningCases, victims, without } from "./running-cases";

const RUNS = { numRuns: 600 };

test("a failure that a price list calls harmless leaves a place for the victim, wherever the batch and the other victims are", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      // The first VM is the victim, the last one is not placed yet.
      const last = small.vms.length - 1;
      const isBatch = (vm: number): boolean => vm > 0 && vm === last;
      const instance = {
        ...restartInstance(small, of, at, isBatch),
        everyone: counted(
          of,
          small.vms.flatMap((_, vm) => (isBatch(vm) ? [vm] : [])),
        ),
      };
      const victim = of.demands[0]!;
      for (const list of priceBook(instance)(victim).lists) {
        const { shares, limit } = scaleOf(instance, victim, list, () => true);
        for (const failed of failuresOf(small, failures)) {
          const lost = victims(small, at, failed).filter((vm) => !isBatch(vm));
          if (!lost.includes(0) || failed.reduce((sum, host) => sum + shares[of.slots[host]!]!, 0) >= limit - ROUNDING) continue;
          proved++;
          const others = [...lost.filter((vm) => vm > 0), ...small.vms.flatMap((_, vm) => (isBatch(vm) ? [vm] : []))];
          const left = without(small, failed);
          expect(everyPlacement(left, others, false).every((state) => fitsSomewhere(left, 0, state))).toBe(true);
        }
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

describe("how many failures a scale proves harmless", () => {
  const USABLE = [0, 1, 2];
  test.each<[title: string, shares: readonly number[], limit: number, usable: readonly number[], tolerated: number]>([
    ["none, where all hosts need nothing", [1, 1, 1], 0, USABLE, 0],
    ["none, where one host alone is as much as there is", [1, 1, 1], 1, USABLE, 0],
    ["one, which is less", [1, 1, 1], 2, USABLE, 1],
    ["the heaviest fail", [1, 3, 1], 4, USABLE, 1],
    ["all, where all together are less", [1, 1, 1], 4, USABLE, 3],
    ["hosts without a share fail for nothing", [0, 0, 0], 1, USABLE, 3],
    ["what can't fail does not count", [9, 1, 1], 2, [1, 2], 1],
    // A difference that rounding could make proves nothing.
    ["as much but for rounding", [1 - 1e-9, 0, 0], 1, USABLE, 0],
  ])("%s", (_, shares, limit, usable, tolerated) => {
    expect(toleratedBy({ shares, limit, own: 0 }, usable)).toBe(tolerated);
  });
});

test("the nearest scales come first, and no more than six", () => {
  const scales = [5, 1, 9, 3, 7, 2, 8].map((limit) => ({ shares: [1], limit, own: 0 }));
  expect(nearest(scales, 1, [0]).map(({ limit }) => limit)).toEqual([9, 8, 7, 5, 3, 2]);
});

test("everyone is a victim once for each demand and tier, unprotected VMs are none", () => {
  const { instance } = failingOf("h1[A*4] h2[A*2]", "h1:A h1:A^high h2:A h1:A^disabled");
  expect(victimsOf(instance).map(({ count }) => count).sort()).toEqual([1, 2]); // prettier-ignore
});

test("only those that come back before the victim are in its way", () => {
  const { instance, demand, slot } = failingOf("h1[A*2] h2[A]", "h1:A h1:A^high");
  const [list] = priceBook(instance)(demand("r0")).lists;
  const share = (tier: number): number => scaleOf(instance, demand("r0"), list!, (items) => items.tier >= tier).shares[slot("h1")]!;
  // h1 is full, so that it has no need: its share is its VMs.
  expect([share(3), share(4), share(5)]).toEqual([2, 1, 0]);
});
