import * as fc from "../../properties";
import { priceBook, scaleOf } from "../../../lib/engine/failover/survival";
import { ROUNDING } from "../../../lib/engine/packing/prices";
import { compiled, counted, everyPlacement, fitsSomewhere } from "../packing/small-bins";
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
