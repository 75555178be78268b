import * as fc from "../../properties";
import { ROUNDING } from "../../../lib/engine/packing/prices";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Packing } from "../../../lib/engine/packing/packing";
import { compiled, counted, everyPlacement, fitsSomewhere, smallCases } from "./small-bins";
import { Budget } from "../../../lib/engine/packing/budget";

// Proofs and searches over counts, each by its own statement, against trying every placement of every VM.
const budget = (): Budget => new Budget(10_000_000);
const RUNS = { numRuns: 600 };

test("a packing is shown exactly where some placement has all on", () => {
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const all = small.vms.map((_, index) => index);
      const { kind } = new Packing(of.bins, budget()).settle(of.hosts, counted(of, all));
      expect(kind).toBe(everyPlacement(small, all, true).length > 0 ? "shown" : "never");
    }),
    RUNS,
  );
});

test("where VMs are worth more than the hosts have by any claim, no placement has all on", () => {
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const all = small.vms.map((_, index) => index);
      const items = counted(of, all);
      const broken = new Packing(of.bins, budget()).claimsFor(items).some(({ worth, capacity }) => {
        const has = of.hosts.reduce((sum, bin) => sum + capacity(bin), 0);
        return items.reduce((sum, count, demand) => sum + count * worth[demand]!, 0) > has;
      });
      if (broken) expect(everyPlacement(small, all, true)).toEqual([]);
    }),
    RUNS,
  );
});

test.each([
  ["others may be on or not", false],
  ["all others have to be on", true],
])("a VM can be kept out exactly where a blockade is shown: %s", (_, forced) => {
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const others = small.vms.map((_vm, index) => index).slice(1);
      const supply = counted(of, others);
      const blockade = new Blockade(of.bins, of.demands[0]!, supply, budget());
      const { kind } = blockade.settle({
        hosts: of.hosts,
        closed: of.hosts.map((_bin, slot) => slot),
        supply,
        forced: forced ? supply : supply.map(() => 0),
      });
      const isKeptOut = everyPlacement(small, others, forced).some((state) => !fitsSomewhere(small, 0, state));
      expect(kind).toBe(isKeptOut ? "shown" : "never");
    }),
    RUNS,
  );
});

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
