import * as fc from "../../properties";
import { Answer } from "../../../lib/engine/packing/answer";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Budget } from "../../../lib/engine/packing/budget";
import { carriedOut, Counted, countedOf, placedBy, placesIn, withEveryLimit } from "./notation";
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

/** The first VM is the victim. `closed`: the hosts that have to be closed, all where it is left out; `forced`: the others that have to be on. */
interface Row {
  readonly hosts: string;
  readonly vms: string;
  readonly closed?: readonly number[];
  readonly forced?: readonly number[];
}

const TABLE: readonly (readonly [title: string, of: Row, kind: "shown" | "never"])[] = [
  ["no host has to be closed", { hosts: "h1[A]", vms: "A", closed: [] }, "shown"],
  ["it fits nowhere anyway", { hosts: "h1[A]", vms: "A,A" }, "shown"],
  ["nobody is in its way", { hosts: "h1[A]", vms: "A" }, "never"],
  ["one takes the only device", { hosts: "h1[A]", vms: "A A" }, "shown"],
  ["one can't take two", { hosts: "h1[A] h2[A]", vms: "A A" }, "never"],
  ["one can take one of two, where its host is fixed", { hosts: "h1[A] h2[A]", vms: "A A", closed: [1] }, "shown"],
  ["E9: two singles close two hosts to a pair", { hosts: "h1[A*2] h2[A*2]", vms: "A,A A A" }, "shown"],
  ["E9: one does not", { hosts: "h1[A*2] h2[A*2]", vms: "A,A A" }, "never"],
  ["hosts that are alike but for a device: 1 and 2 singles", { hosts: "h1[A*2] h2[A*3]", vms: "A,A A A A" }, "shown"],
  ["and one single fewer", { hosts: "h1[A*2] h2[A*3]", vms: "A,A A A" }, "never"],
  ["three pairs can't close two hosts of four to a pair", { hosts: "h1[A*4] h2[A*4]", vms: "A,A A,A A,A A,A" }, "never"],
  // Of three devices two have to go: 2, or 1 + 1. Twos and a three: 2 | 3.
  ["a three and a pair close two hosts of three to a pair", { hosts: "h1[A*3] h2[A*3]", vms: "A,A A,A,A A,A" }, "shown"],
  ["a three and a single don't", { hosts: "h1[A*3] h2[A*3]", vms: "A,A A,A,A A" }, "never"],
  // 4 + 4 devices for a single: all have to be taken, and 3 + 3 + 2 can't be on at once.
  ["what would be enough does not fit", { hosts: "h1[A*4] h2[A*4]", vms: "A A,A,A A,A,A A,A" }, "never"],
  ["what would be enough fits", { hosts: "h1[A*4] h2[A*4]", vms: "A A,A,A A,A,A A A" }, "shown"],
  ["the one who may have either comes where the victim wants", { hosts: "h1[A] h2[H]", vms: "A A|H" }, "shown"],
  ["the one who wants another model is not in its way", { hosts: "h1[A] h2[H]", vms: "A H" }, "never"],
  ["E8: an unlabelled request takes the labelled device", { hosts: "h1[T] h2[A]", vms: "T A" }, "shown"],
  ["E8: with a label of its own it can't", { hosts: "h1[T] h2[I]", vms: "T I" }, "never"],
  ["CPU: 4 of 8 leave 4", { hosts: "h1[A*9]@8", vms: "A@4 A@4" }, "never"],
  ["CPU: 4 of 7 leave 3", { hosts: "h1[A*9]@7", vms: "A@4 A@4" }, "shown"],
  ["CPU is taken without devices, too", { hosts: "h1[A*9]@7", vms: "A@4 -@4" }, "shown"],
  ["one kept apart can't be on two hosts", { hosts: "h1[A*4] h2[A*4]", vms: "A! A!" }, "never"],
  ["two can", { hosts: "h1[A*4] h2[A*4]", vms: "A! A! A!" }, "shown"],
  ["the other who has to be on has another host, but may be here", { hosts: "h1[A] h2[A]", vms: "A A", closed: [0], forced: [1] }, "shown"],
  ["the others who have to be on can be on with it closed", { hosts: "h1[A*2] h2[A*2]", vms: "A,A A A", forced: [1, 2] }, "shown"],
  // Both pairs have to be on; then nothing is left for a single to be kept from.
  ["the others who have to be on take all", { hosts: "h1[A*2] h2[A*2]", vms: "A A,A A,A", forced: [1, 2] }, "shown"],
  // To close the pairs' hosts takes a single on each; then the other pair, which has to be on, has no place.
  ["who has to be on needs what it would take", { hosts: "h1[A*2] h2[A*2]", vms: "A,A A A A,A", forced: [1, 2, 3] }, "shown"],
  ["it can't be kept out where who has to be on can't be on", { hosts: "h1[A]", vms: "A,A A A", forced: [1, 2] }, "never"],
];

describe("whether a VM can be kept out", () => {
  const ask = (of: Counted, { vms, closed, forced = [] }: Row, limit: Budget): Answer => {
    const supply = of.counts(placesIn(vms, 1));
    return new Blockade(of.bins, of.demands[0]!, supply, limit).settle({
      hosts: of.hosts,
      closed: closed ?? of.hosts.map((_, slot) => slot),
      supply,
      forced: of.counts(forced),
    });
  };

  test.each(TABLE)("%s", (_, row, kind) => {
    const of = countedOf(row.hosts, row.vms);
    const answer = ask(of, row, budget());
    expect(answer.kind).toBe(kind);
    if (answer.kind !== "shown") return;
    const after = carriedOut(of, answer.assignments);
    const closed = row.closed ?? after.map((_bin, slot) => slot);
    expect(closed.filter((slot) => of.bins.fits(after[slot]!, of.demands[0]!))).toEqual([]);
    const placed = placedBy(of, answer.assignments);
    const [supply, forced] = [of.counts(placesIn(row.vms, 1)), of.counts(row.forced ?? [])];
    expect(placed.every((count, demand) => forced[demand]! <= count && count <= supply[demand]!)).toBe(true);
  });

  test.each(TABLE)("a limit that is reached says less, never else: %s", (_, row, kind) => {
    const of = countedOf(row.hosts, row.vms);
    expect([...withEveryLimit((limit) => ask(of, row, limit).kind)].filter((each) => each !== "open")).toEqual([kind]);
  });

  test("prices prove before any work is done; what they don't prove is open then", () => {
    const none = (hostsText: string, vms: string): string => ask(countedOf(hostsText, vms), { hosts: hostsText, vms }, new Budget(0)).kind;
    expect(none("h1[A*2] h2[A*2]", "A,A A")).toBe("never");
    expect(none("h1[A*2] h2[A*2]", "A,A A A")).toBe("open");
    // In threes the others are worth 3, and each of the hosts needs 2.
    expect(none("h1[A*4] h2[A*4]", "A A,A,A A,A,A A,A")).toBe("never");
  });
});
