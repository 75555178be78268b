import * as fc from "../../properties";
import { Budget } from "../../../lib/engine/packing/budget";
import { Packing } from "../../../lib/engine/packing/packing";
import { compiled, counted, everyPlacement, smallCases } from "./small-bins";

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
