import { Budget } from "../../../lib/engine/packing/budget";
import { closings, fillings, Pattern } from "../../../lib/engine/packing/patterns";
import { Counted, countedOf, placesIn, PLENTY } from "./notation";

/** The VMs of each pattern, by the devices that they ask for; sorted. */
function sizes({ bins }: Counted, patterns: readonly Pattern[] | undefined): readonly string[] | undefined {
  const of = ({ assignments }: Pattern): string =>
    assignments.map(({ demand }) => bins.demands[demand]!.requests.length).sort().join("+"); // prettier-ignore
  return patterns?.map(of).sort();
}

describe("the ways to close a host, each with no more than it takes", () => {
  // The first VM is the victim.
  test.each<[title: string, host: string, vms: string, ways: readonly string[]]>([
    ["one that is closed already is closed by nothing", "h1[A]", "A,A A", [""]],
    ["nobody closes nothing", "h1[A]", "A", []],
    ["one takes the last device", "h1[A]", "A A", ["1"]],
    ["one device too many is left", "h1[A*2]", "A A", []],
    ["two equals are one way", "h1[A*2]", "A A A A", ["1+1"]],
    ["one of two closes it to a pair, a pair does too, but not both", "h1[A*2]", "A,A A A,A", ["1", "2"]],
    ["a VM that takes nothing of use to the victim can't close it alone", "h1[A,H]", "A H", []],
    ["CPU closes it, too", "h1[A*5]@9", "A@5 -@5", ["0"]],
    ["a rule closes it, too", "h1[A*5]", "A! A!", ["1"]],
  ])("%s", (_, host, vms, ways) => {
    const of = countedOf(host, vms);
    const supply = of.counts(placesIn(vms, 1));
    expect(sizes(of, closings(of.bins, of.hosts[0]!, of.demands[0]!, supply, 100, new Budget(PLENTY)))).toEqual(ways);
  });

  test("a labelled device and an unlabelled one are two ways to take one of two", () => {
    const of = countedOf("h1[A,T]", "A,T A");
    // To take the labelled one closes the host, and so does the other: the labelled one can't serve both.
    expect(sizes(of, closings(of.bins, of.hosts[0]!, of.demands[0]!, of.counts([1]), 100, new Budget(PLENTY)))).toEqual(["1", "1"]);
  });
});

describe("the ways to fill a host so that nobody else fits", () => {
  const CASES: readonly (readonly [title: string, host: string, vms: string, ways: readonly string[]])[] = [
    ["nobody fits: one way, with nobody", "h1[]", "A", [""]],
    ["exactly enough for all", "h1[A*3]", "A A,A", ["1+2"]],
    ["either, where both are too much", "h1[A*2]", "A A,A", ["1", "2"]],
    ["equals count once", "h1[A*2]", "A A A", ["1+1"]],
    ["all of them, where more would fit", "h1[A*9]", "A A", ["1+1"]],
  ];

  test.each(CASES)("%s", (_, host, vms, ways) => {
    const of = countedOf(host, vms);
    expect(sizes(of, fillings(of.bins, of.hosts[0]!, of.counts(placesIn(vms)), 100, new Budget(PLENTY)))).toEqual(ways);
  });

  test("as many as may be are found, one more is not told from many", () => {
    const of = countedOf("h1[A*2]", "A A,A");
    const ask = (most: number): number | undefined => fillings(of.bins, of.hosts[0]!, of.counts([0, 1]), most, new Budget(PLENTY))?.length;
    expect([ask(2), ask(1)]).toEqual([2, undefined]);
  });

  test("a limit that is reached never looks like few ways", () => {
    const of = countedOf("h1[A*2]", "A A,A");
    // Two VMs are tried: with one piece of work the second is not.
    const ask = (limit: number): number | undefined => fillings(of.bins, of.hosts[0]!, of.counts([0, 1]), 100, new Budget(limit))?.length;
    expect([ask(0), ask(1), ask(2)]).toEqual([undefined, undefined, 2]);
  });
});
