import * as fc from "../../properties";
import { Answer } from "../../../lib/engine/packing/answer";
import { Budget } from "../../../lib/engine/packing/budget";
import { Packing } from "../../../lib/engine/packing/packing";
import { carriedOut, Counted, countedOf, placedBy, placesIn, withEveryLimit } from "./notation";
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

/** Hosts, and VMs that all have to be on. */
const TABLE: readonly (readonly [title: string, hosts: string, vms: string, kind: "shown" | "never" | "never, found by searching"])[] = [
  ["nobody is on", "h1[A]", "", "shown"],
  ["nobody is on, on no host at all", "", "", "shown"],
  ["exactly enough", "h1[A]", "A", "shown"],
  ["one too few", "h1[A]", "A A", "never"],
  ["as many hosts as VMs", "h1[A] h2[A]", "A A", "shown"],
  ["a pair is on one host: two halves are none", "h1[A] h2[A]", "A,A", "never"],
  ["three pairs on twice three: one left on each is no pair", "h1[A*3] h2[A*3]", "A,A A,A A,A", "never"],
  ["two pairs and two singles on twice three", "h1[A*3] h2[A*3]", "A,A A,A A A", "shown"],
  ["5 = 3 + 2 and 4 = 3 + 1, exactly", "h1[A*5] h2[A*4]", "A,A,A A,A,A A,A A", "shown"],
  // Threes can't share a host of four, and each leaves one. Devices (8), pairs (3 of 4) and threes (2 of 2) would all do.
  ["4 + 4 can't be 3 + 3 + 2, though every count says so", "h1[A*4] h2[A*4]", "A,A,A A,A,A A,A", "never, found by searching"],
  ["a labelled request has no unlabelled device", "h1[A]", "T", "never"],
  ["an unlabelled request takes a labelled device", "h1[T]", "A T", "never"],
  ["each its own, whoever comes first", "h1[T,A]", "A T", "shown"],
  ["an unlabelled one on each host leaves the labelled ones free", "h1[A,T] h2[A,T]", "A A T T", "shown"],
  ["two models: the one who may have either takes what is left", "h1[A] h2[H]", "A|H A", "shown"],
  ["two who may have either, and one of each", "h1[A*2] h2[H]", "A|H A|H A H", "never"],
  ["CPU alone, exactly", "h1[]@10 h2[]@4", "-@5 -@5", "shown"],
  ["CPU alone, one short", "h1[]@9", "-@5 -@5", "never"],
  ["3 + 2 and 3 + 2 of 5 and 5", "h1[]@5 h2[]@5", "-@3 -@3 -@2 -@2", "shown"],
  ["3 + 3 + 3 of 5 and 5: there would be enough in all", "h1[]@5 h2[]@5", "-@3 -@3 -@3", "never, found by searching"],
  ["CPU of a host without devices is of no use to who asks for one", "h1[A*2]@1 h2[]@9", "A@2", "never"],
  ["two kept apart on one host", "h1[A*2]", "A! A!", "never, found by searching"],
  ["two kept apart on two", "h1[A*2] h2[A]", "A! A!", "shown"],
  ["two kept apart, and others beside them", "h1[A*2] h2[A*2]", "A! A! A A", "shown"],
];

describe("whether all are on at once", () => {
  const ask = (of: Counted, vms: string, limit: Budget): { readonly packing: Packing; readonly answer: Answer } => {
    const packing = new Packing(of.bins, limit);
    return { packing, answer: packing.settle(of.hosts, of.counts(placesIn(vms))) };
  };

  test.each(TABLE)("%s", (_, hostsText, vms, kind) => {
    const of = countedOf(hostsText, vms);
    const { packing, answer } = ask(of, vms, budget());
    expect(kind).toContain(answer.kind);
    if (answer.kind === "never") expect(packing.hasSearched).toBe(kind !== "never");
    if (answer.kind !== "shown") return;
    expect(placedBy(of, answer.assignments)).toEqual(of.counts(placesIn(vms)));
    expect(() => carriedOut(of, answer.assignments)).not.toThrow();
  });

  test.each(TABLE)("a limit that is reached says less, never else: %s", (_, hostsText, vms, kind) => {
    const of = countedOf(hostsText, vms);
    const kinds = withEveryLimit((limit) => ask(of, vms, limit).answer.kind);
    expect([...kinds].filter((each) => each !== "open")).toEqual([kind.split(",")[0]]);
  });

  test("what counting forbids needs no work, and where nobody is on neither; all else does", () => {
    const none = TABLE.map(([title, hostsText, vms]) => ({ title, kind: ask(countedOf(hostsText, vms), vms, new Budget(0)).answer.kind }));
    const expected = TABLE.map(([title, , vms, kind]) => ({ title, kind: vms === "" || kind === "never" ? kind : "open" }));
    expect(none).toEqual(expected);
  });
});

describe("as a buddy allocator does", () => {
  /** What is left on each host, largest first. */
  const leftBy = (hostsText: string, vms: string): readonly number[] | undefined => {
    const of = countedOf(hostsText, vms);
    const assignments = new Packing(of.bins, budget()).asBuddies(of.hosts, of.counts(placesIn(vms)), false);
    return assignments && carriedOut(of, assignments).map(({ free }) => free.reduce((sum, count) => sum + count, 0)).sort((a, b) => b - a); // prettier-ignore
  };

  test.each<[title: string, hosts: string, vms: string, left: readonly number[] | undefined]>([
    ["nobody takes nothing", "h1[]", "", [0]],
    ["what does not fit is not done", "h1[A]", "A A", undefined],
    ["a single goes where one is left, not to the four", "h1[A*4] h2[A]", "A", [4, 0]],
    ["a single breaks the host of three, which holds a lone one", "h1[A*4] h2[A*3]", "A", [4, 2]],
    ["four singles fill one host of four and leave the other whole", "h1[A*4] h2[A*4]", "A A A A", [4, 0]],
  ])("%s", (_, hostsText, vms, left) => {
    expect(leftBy(hostsText, vms)).toEqual(left);
  });
});
