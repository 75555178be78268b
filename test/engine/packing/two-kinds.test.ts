import * as fc from "../../properties";
import { Thresholds } from "../../../lib/engine/packing/thresholds";
import { divide } from "../../../lib/engine/packing/two-kinds";
import { compiled, counted, everyPlacement, fitsSomewhere, SmallCase } from "./small-bins";
import { Budget } from "../../../lib/engine/packing/budget";

/** Labelled and unlabelled hosts, sizes that divide, enough memory. */
const labelled: fc.Arbitrary<SmallCase> = fc.record({
  hosts: fc.array(
    fc.record({
      devices: fc.constantFrom("A,A", "A,A,A,A", "A,A,A", "T,T", "T,T,T,T", "T", "T,T,T"),
      memoryMb: fc.constant(1_000_000),
      cpuMhz: fc.constant(1_000_000),
    }),
    {
      minLength: 2,
      maxLength: 3,
    },
  ),
  vms: fc.array(
    fc.record({
      asks: fc.constantFrom("A", "A", "A,A", "A,A", "A,A,A,A", "T", "T,T"),
      memoryMb: fc.constant(1000),
      cpuMhz: fc.constant(0),
      alone: fc.constant(false),
    }),
    {
      minLength: 2,
      maxLength: 6,
    },
  ),
});

test("where hosts are of two kinds, VMs are divided between them exactly where some placement keeps the VM out", () => {
  const found = { never: 0, parts: 0 };
  fc.assert(
    fc.property(labelled, (small) => {
      const of = compiled(small);
      const others = small.vms.map((_vm, index) => index).slice(1);
      const victim = of.demands[0]!;
      const open = of.hosts.flatMap((bin, slot) => (of.bins.fits(bin, victim) ? [slot] : []));
      const question = { open, hosts: of.hosts, supply: counted(of, others) };
      const division = divide(of.bins, victim, new Thresholds(of.bins, victim), question, new Budget(1_000_000));
      if (division === undefined) return;
      expect(division).not.toBe("open");
      found[division === "never" ? "never" : "parts"]++;
      const isKeptOut = everyPlacement(small, others, false).some((state) => !fitsSomewhere(small, 0, state));
      expect(division !== "never").toBe(isKeptOut);
    }),
    { numRuns: 1000 },
  );
  // Both answers were asked for.
  expect(Math.min(found.never, found.parts)).toBeGreaterThan(0);
});
