import * as fc from "../../properties";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Budget } from "../../../lib/engine/packing/budget";
import { PriceList, Prices, ROUNDING } from "../../../lib/engine/packing/prices";
import { Thresholds } from "../../../lib/engine/packing/thresholds";
import { countedOf, placesIn } from "./notation";
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

describe("what VMs are worth, and what it takes to close a host", () => {
  // Hosts, the victim, others; the list that counts devices in pairs.
  const of = countedOf("h1[A*4] h2[A] h3[]", "A,A A A,A A,A,A H");
  const thresholds = new Thresholds(of.bins, of.demands[0]!);
  const list = (unit: number): PriceList => new PriceList(of.bins.demands, thresholds, unit, 0, 0, 0);

  test.each<[title: string, unit: number, worths: readonly number[], needs: readonly number[]]>([
    // Three devices have to go on the first host; the others are closed to a pair already.
    ["device by device", 1, [2, 1, 2, 3, 0], [3, 0, 0]],
    ["by pairs, each rounded up", 2, [1, 1, 1, 2, 0], [2, 0, 0]],
    ["a unit that nobody reaches counts heads", 4, [1, 1, 1, 1, 0], [1, 0, 0]],
  ])("%s", (_, unit, worths, needs) => {
    expect(of.demands.map(({ index }) => list(unit).worth[index])).toEqual(worths);
    expect(of.hosts.map((bin) => list(unit).need(bin))).toEqual(needs);
  });

  test("what can't run out is never the cheapest way to close, at no price either", () => {
    const free = new PriceList(of.bins.demands, thresholds, 1, 0, 0, 0);
    expect(thresholds.of(of.hosts[0]!).memoryMb).toBe(Infinity);
    expect(free.need(of.hosts[0]!)).toBe(3);
  });
});

/** The first VM is the victim, all others may stand in its way, on every host that is open to it. */
const PROOFS: readonly (readonly [title: string, hosts: string, vms: string, proved: boolean])[] = [
  ["no host is open: there is nothing to be proved", "h1[A]", "A,A A", false],
  ["nobody stands in its way", "h1[A]", "A", true],
  ["nobody who takes what it could use", "h1[A,H]", "A H", true],
  ["one takes the only device", "h1[A]", "A A", false],
  ["one can't take two hosts", "h1[A] h2[A]", "A A", true],
  ["two can", "h1[A] h2[A]", "A A A", false],
  ["E9: one single can't close two hosts to a pair", "h1[A*2] h2[A*2]", "A,A A", true],
  ["E9: two singles can", "h1[A*2] h2[A*2]", "A,A A A", false],
  ["E10: three singles can't close four hosts of eight to one of eight", `h1[A*8] h2[A*8] h3[A*8] h4[A*8]`, `${eight()} A A A`, true],
  ["E10: four can", `h1[A*8] h2[A*8] h3[A*8] h4[A*8]`, `${eight()} A A A A`, false],
  ["three of four devices leave one", "h1[A*4]", "A A,A,A", true],
  // Device by device three pairs are worth the six that are needed; by pairs they are worth 3, and each host needs 2.
  ["three pairs can't close two hosts of four to a pair: they come in pairs", "h1[A*4] h2[A*4]", "A,A A,A A,A A,A", true],
  ["four pairs can", "h1[A*4] h2[A*4]", "A,A A,A A,A A,A A,A", false],
  ["a resource that runs out: 4 of 10 MHz leave the victim its 4", "h1[A*9]@10", "A@4 A@4", true],
  ["8 of 10 don't", "h1[A*9]@10", "A@4 A@4 A@4", false],
  ["8 of 12 do", "h1[A*9]@12", "A@4 A@4 A@4", true],
  ["one that a rule keeps apart can't be on two hosts", "h1[A*4] h2[A*4]", "A! A!", true],
  ["two can", "h1[A*4] h2[A*4]", "A! A! A!", false],
  ["one that a rule keeps apart, and a single, are not enough for hosts of four", "h1[A*4] h2[A*4]", "A! A! A", true],
  // The label's owner may take either device of the host; the pair needs both.
  ["a labelled single closes a mixed host to a pair", "h1[A,T]", "A,A T", false],
];

test.each(PROOFS)("prices prove that a VM has a place: %s", (_, hostsText, vms, proved) => {
  const of = countedOf(hostsText, vms);
  const open = of.hosts.filter((bin) => of.bins.fits(bin, of.demands[0]!));
  const prices = new Prices(of.bins, new Thresholds(of.bins, of.demands[0]!), open);
  const needs = open.map((bin) => prices.needOf(bin));
  const worths = [...prices.worthOf(of.counts(placesIn(vms, 1)))];
  expect(worths.some((worth, list) => worth < needs.reduce((sum, need) => sum + need[list]!, 0) - ROUNDING)).toBe(proved);
});

function eight(): string {
  return Array<string>(8).fill("A").join(",");
}
