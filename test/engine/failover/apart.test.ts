import * as fc from "../../properties";
import { apart } from "../../../lib/engine/failover/apart";
import { Demand } from "../../../lib/engine/packing/bins";
import { compiled, smallCases } from "../packing/small-bins";
import { restartInstance } from "./running-cases";

const RUNS = { numRuns: 600 };

test("VMs are apart exactly where no chain of hosts, each with room for two of them, leads from one to the other", () => {
  let several = 0;
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const demands = [...new Set(of.demands)];
      const groups = apart(
        restartInstance(
          small,
          of,
          small.vms.map(() => 0),
        ),
        new Set(demands),
      );
      several += groups.length > 1 ? 1 : 0;
      const groupOf = (demand: Demand): number => groups.findIndex((group) => group.has(demand));
      expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(demands.length);
      const near = (a: Demand, b: Demand): boolean => a === b || of.hosts.some((bin) => of.bins.fits(bin, a) && of.bins.fits(bin, b));
      let reached = demands.map((demand) => new Set([demand]));
      demands.forEach(() => (reached = reached.map((from) => new Set(demands.filter((to) => [...from].some((each) => near(each, to)))))));
      demands.forEach((demand, index) =>
        demands.forEach((other) => expect(groupOf(demand) === groupOf(other)).toBe(reached[index]!.has(other))),
      );
    }),
    RUNS,
  );
  expect(several).toBeGreaterThan(2);
});
