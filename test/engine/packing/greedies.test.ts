import { Assignment } from "../../../lib/engine/packing/answer";
import { Budget } from "../../../lib/engine/packing/budget";
import { Greedies } from "../../../lib/engine/packing/greedies";
import { Prices } from "../../../lib/engine/packing/prices";
import { Thresholds } from "../../../lib/engine/packing/thresholds";
import { carriedOut, countedOf, placesIn, PLENTY } from "./notation";

/** The first VM is the victim, the others may be put in its way. */
function asked(hostsText: string, vms: string, limit = PLENTY) {
  const of = countedOf(hostsText, vms);
  const [victim] = of.demands;
  const thresholds = new Thresholds(of.bins, victim!);
  const open = of.hosts.flatMap((bin, slot) => (of.bins.fits(bin, victim!) ? [slot] : []));
  const supply = of.counts(placesIn(vms, 1));
  const bins = open.map((slot) => of.hosts[slot]!);
  const greedies = new Greedies(of.bins, victim!, thresholds, new Budget(limit));
  /** Whether the hosts are closed by what was found; undefined where nothing was. */
  const closes = (assignments: readonly Assignment[] | undefined): boolean | undefined =>
    assignments && carriedOut(of, assignments).every((bin) => !of.bins.fits(bin, victim!));
  return { of, open, bins, supply, greedies, closes, lists: new Prices(of.bins, thresholds, bins).lists };
}

const TABLE: readonly (readonly [title: string, hosts: string, vms: string, byDevices: true | undefined, hostByHost: true | undefined])[] =
  [
    ["nothing is open", "h1[A]", "A,A A", true, true],
    ["nobody is there", "h1[A]", "A", undefined, undefined],
    ["exactly enough", "h1[A*2] h2[A*2]", "A,A A A", true, true],
    ["one too few", "h1[A*2] h2[A*2]", "A,A A", undefined, undefined],
    ["the large one where most is free, the small one where little is", "h1[A*3] h2[A*2]", "A,A A,A A", true, true],
    // Worst fit puts the three on either host of four, and the fours' rest is too much for the single.
    ["3 + 1 and 2 + 2 of two hosts of four, for a single", "h1[A*4] h2[A*4]", "A A,A,A A,A A,A A", true, true],
    ["CPU alone closes a host", "h1[A*9]@7", "A@4 -@4", true, true],
    ["who does not fit is passed over", "h1[A]", "A A,A A", true, true],
  ];

test.each(TABLE)("worst fit, and host by host: %s", (_, hostsText, vms, byDevices, hostByHost) => {
  const { open, of, supply, greedies, closes, lists } = asked(hostsText, vms);
  expect(closes(greedies.worstFit(open, of.hosts, supply, "devices"))).toBe(byDevices);
  expect(lists.some((list) => closes(greedies.hostByHost(open, of.hosts, supply, list)) === true)).toBe(hostByHost === true);
});

test("who takes most memory closes hosts of which memory runs out", () => {
  // 2048 each; 4095 has room for one, and none beside it.
  const of = countedOf("h1[A*9]", "A A", { memoryMb: 4095 });
  const thresholds = new Thresholds(of.bins, of.demands[0]!);
  const greedies = new Greedies(of.bins, of.demands[0]!, thresholds, new Budget(PLENTY));
  expect(greedies.worstFit([0], of.hosts, of.counts([1]), "memory")?.length).toBe(1);
});

test("a limit that is reached finds nothing", () => {
  const { open, of, supply, greedies } = asked("h1[A]", "A A", 0);
  expect(greedies.worstFit(open, of.hosts, supply, "devices")).toBeUndefined();
});

test.each<[title: string, hosts: string, vms: string, exact: boolean]>([
  ["one size", "h1[A*4]", "A A A", true],
  ["sizes that divide: 1, 2, 4", "h1[A*4]", "A A,A A,A,A,A", true],
  ["2 does not divide 3", "h1[A*6]", "A,A A,A,A", false],
  ["1 divides both, but 2 not 3", "h1[A*6]", "A,A,A A,A A", false],
  ["the victim's size counts, too", "h1[A*6]", "A,A A,A,A A", false],
  ["who takes nothing of use does not count", "h1[A*4,H*3]", "A,A A H,H,H", true],
  ["CPU that can run out", "h1[A*4]@7", "A@4 A@4", false],
  ["a rule that keeps VMs apart", "h1[A*4]", "A A!", false],
  ["labels of which a host has both", "h1[A,T]", "A T", false],
  ["labels of which a host has one", "h1[T*2]", "A T", true],
  ["a host that has no device for one of them", "h1[T*2] h2[A*2]", "A T", false],
])("worst fit finds every blockade: %s", (_, hostsText, vms, exact) => {
  const { bins, supply, greedies } = asked(hostsText, vms);
  expect(greedies.isWorstFitExact(bins, supply)).toBe(exact);
});
