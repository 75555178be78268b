import * as fc from "../../properties";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Budget } from "../../../lib/engine/packing/budget";
import { compiled, counted, everyPlacement, fitsSomewhere, smallCases } from "./small-bins";

const budget = (): Budget => new Budget(10_000_000);
const RUNS = { numRuns: 600 };

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
