import * as fc from "../../properties";
import { unordered } from "../../../lib/engine/failover/restart-order";
import { priceBook } from "../../../lib/engine/failover/survival";
import { compiled } from "../packing/small-bins";
import { canBeSaved, failuresOf, restartInstance, runningCases, victims } from "./running-cases";

const RUNS = { numRuns: 600 };

test("in any failure everyone has a place if those have for whom prices prove no order", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      const instance = restartInstance(small, of, at);
      const left = unordered(instance, new Set(of.demands), failures, priceBook(instance));
      for (const failed of failuresOf(small, failures)) {
        const lost = victims(small, at, failed);
        const asked = lost.filter((vm) => left.has(of.demands[vm]!));
        proved += asked.length < lost.length ? 1 : 0;
        expect(canBeSaved(small, failed, lost)).toBe(canBeSaved(small, failed, asked));
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});
