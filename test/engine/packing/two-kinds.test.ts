import * as fc from "../../properties";
import { Thresholds } from "../../../lib/engine/packing/thresholds";
import { divide, Part } from "../../../lib/engine/packing/two-kinds";
import { countedOf, placesIn, PLENTY } from "./notation";
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

/** The first VM is the victim. By host of the text: the sizes of the VMs that are to close its kind, in the order of their demands. */
type Division = readonly [string, string] | "never" | "open" | undefined;

function divisionOf(hostsText: string, vms: string, limit: number): Division {
  const { bins, hosts, demands, counts } = countedOf(hostsText, vms);
  const victim = demands[0]!;
  const open = hosts.flatMap((bin, slot) => (bins.fits(bin, victim) ? [slot] : []));
  const question = { open, hosts, supply: counts(placesIn(vms, 1)) };
  const found = divide(bins, victim, new Thresholds(bins, victim), question, new Budget(limit));
  if (typeof found !== "object") return found;
  const sizes = ({ supply }: Part): string => supply.flatMap((count, at) => Array<number>(count).fill(bins.demands[at]!.requests.length)).sort().join("+"); // prettier-ignore
  const [a, b] = found;
  return a.slots[0]! < b.slots[0]! ? [sizes(a), sizes(b)] : [sizes(b), sizes(a)];
}

test.each<[title: string, hosts: string, vms: string, division: Division]>([
  ["hosts of one kind are not its question", "h1[A*2] h2[A*2]", "A,A A T", undefined],
  ["no host is open", "h1[A] h2[T]", "A,A A T", undefined],
  ["the labelled kind differs only where somebody wants the label", "h1[A*2] h2[T*2]", "A,A A A", undefined],
  ["three kinds", "h1[A*2] h2[T*2] h3[I*2]", "A,A T I A", undefined],
  ["sizes that don't divide", "h1[A*4] h2[T*4]", "A,A A,A,A T", undefined],
  ["CPU that can run out", "h1[A*9]@7 h2[T*9]@7", "A@4 T@4 A@4", undefined],
  ["a host with both labels", "h1[A*2] h2[A,T]", "A,A T A", undefined],
  ["each closes its own kind", "h1[A*2] h2[T*2]", "A,A A T", ["1", "1"]],
  ["a labelled one can't close the unlabelled kind", "h1[A*2] h2[T*2]", "A,A T T", "never"],
  ["of the unlabelled ones as many as are needed go to one kind", "h1[A*3] h2[T*2]", "A,A A A T", ["1+1", "1"]],
  ["one too few", "h1[A*3] h2[T*2]", "A,A A T", "never"],
  ["three of four devices by a pair and a single, the labelled host by its own", "h1[A*4] h2[T*2]", "A,A A,A T A", ["1+2", "1"]],
])("hosts of two kinds: %s", (_, hostsText, vms, division) => {
  expect(divisionOf(hostsText, vms, PLENTY)).toEqual(division);
});

test("a limit that is reached never looks like a proof", () => {
  const answers = Array.from({ length: 40 }, (_, limit) => divisionOf("h1[A*2] h2[T*2]", "A,A T T", limit));
  expect(answers[0]).toBe("open");
  expect(new Set(answers)).toEqual(new Set(["open", "never"]));
});
