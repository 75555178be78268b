import * as fc from "../../properties";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Budget } from "../../../lib/engine/packing/budget";
import { ROUNDING } from "../../../lib/engine/packing/prices";
import { compiled, counted, everyPlacement, fitsSomewhere, smallCases } from "./small-bins";

const budget = (): Budget => new Budget(10_000_000);
const RUNS = { numRuns: 600 };

test("where some price list can't be paid, no placement of the others keeps the VM out", () => {
  let proofs = 0;
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const others = small.vms.map((_, index) => index).slice(1);
      const supply = counted(of, others);
      const open = of.hosts.filter((bin) => of.bins.fits(bin, of.demands[0]!));
      const prices = new Blockade(of.bins, of.demands[0]!, supply, budget()).pricesFor(open);
      const worths = prices.worthOf(supply);
      // What VMs are worth together is what each is worth, and so for rooms.
      prices.lists.forEach((list, index) => {
        expect(worths[index]).toBeCloseTo(
          supply.reduce((sum, count, demand) => sum + count * list.worth[demand]!, 0),
          9,
        );
        for (const bin of of.hosts) expect(prices.needOf(bin)[index]).toBe(list.need(bin));
      });
      const proved = worths.some((worth, list) => worth < open.reduce((sum, bin) => sum + prices.needOf(bin)[list]!, 0) - ROUNDING);
      if (!proved) return;
      proofs++;
      expect(everyPlacement(small, others, false).every((state) => fitsSomewhere(small, 0, state))).toBe(true);
    }),
    RUNS,
  );
  // The property would hold of a list that proves nothing, too.
  expect(proofs).toBeGreaterThan(2);
});
