import { alwaysFails, isEnough, poolsOf, slotCounts } from "../../../lib/engine/failover/slots";
import { vm } from "../../reference/notation";
import { failingOf } from "./notation";

const times = (host: string, count: number, asks = "A"): string => Array<string>(count).fill(`${host}:${asks}`).join(" ");

/** What counting slots says of the failures of so many hosts: some always loses a VM, none ever does, or neither is known. */
const TABLE: readonly (readonly [
  title: string,
  hosts: string,
  running: string,
  failures: number,
  lost: boolean,
  enough: boolean | undefined,
])[] = [
  ["nobody fails", "h1[A]", "h1:A", 0, false, true],
  ["E11: four on three hosts of two", "h1[A*2] h2[A*2] h3[A*2]", "h1:A h1:A h2:A h3:A", 1, false, true],
  ["E11: five", "h1[A*2] h2[A*2] h3[A*2]", "h1:A h1:A h2:A h2:A h3:A", 1, true, false],
  ["E25: eight on four hosts of four, two fail", "h1[A*4] h2[A*4] h3[A*4] h4[A*4]", `${times("h1", 4)} ${times("h2", 4)}`, 2, false, true],
  ["E25: nine", "h1[A*4] h2[A*4] h3[A*4] h4[A*4]", `${times("h1", 4)} ${times("h2", 4)} h3:A`, 2, true, false],
  ["every host fails", "h1[A] h2[A]", "h1:A", 2, true, false],
  ["a pair has no slot on two single devices", "h1[A*2] h2[A] h3[A]", "h1:A,A", 1, true, false],
  ["a pair has one", "h1[A*2] h2[A*2]", "h1:A,A", 1, false, true],
  // Three counts as two where it is to be impossible, and as four where it is to be possible.
  ["three of three: neither is said", "h1[A*3] h2[A*3]", "h1:A,A,A", 1, false, false],
  ["three, and four free", "h1[A*3] h2[A*4]", "h1:A,A,A", 1, false, true],
  ["two models are counted apart", "h1[A,H] h2[A] h3[H]", "h1:A h1:H", 1, false, true],
  ["of one of them there is none left", "h1[A,H] h2[A*2]", "h1:A h1:H", 1, true, false],
  ["VMs without devices are not counted", "h1[A] h2[A]", "h1:A h1:-", 1, false, true],
];

test.each(TABLE)("counting slots: %s", (_, hostsText, runs, failures, lost, enough) => {
  const { instance } = failingOf(hostsText, runs);
  expect(alwaysFails(instance, failures)).toBe(lost);
  expect(slotCounts(instance)?.every((count) => isEnough(count, failures, instance.usable))).toBe(enough);
});

test.each<[title: string, hosts: string, running: string, batch: number, failures: number, lost: boolean]>([
  ["a batch that can be spread leaves room", "h1[A*2] h2[A*2] h3[A*2]", "", 4, 1, false],
  ["one too many, wherever it is", "h1[A*2] h2[A*2] h3[A*2]", "", 5, 1, true],
  ["beside what runs", "h1[A*2] h2[A*2] h3[A*2]", "h1:A", 3, 1, false],
  ["and one too many", "h1[A*2] h2[A*2] h3[A*2]", "h1:A", 4, 1, true],
])("counting slots with a batch that may be anywhere: %s", (_, hostsText, runs, count, failures, lost) => {
  const batch = Array.from({ length: count }, (_vm, index) => vm(`v${index}`, "A"));
  expect(alwaysFails(failingOf(hostsText, runs, batch).instance, failures)).toBe(lost);
});

test.each<[title: string, shares: readonly number[], total: number, failures: number, enough: boolean]>([
  ["nothing is needed where nothing fails", [5], 0, 0, true],
  ["exactly as many as there are", [2, 1], 2, 1, true],
  ["one more", [3, 1], 2, 1, false],
  ["the largest fail, wherever they are", [1, 0, 2], 2, 2, false],
])("a count that must not run out: %s", (_, shares, total, failures, enough) => {
  expect(isEnough({ shares, total }, failures, shares.map((_share, slot) => slot))).toBe(enough); // prettier-ignore
});

test.each<[title: string, hosts: string, running: string, pools: number, counts: "counts" | undefined]>([
  ["one model", "h1[A*2] h2[A]", "h1:A h1:A", 1, "counts"],
  ["two models", "h1[A,H] h2[A,H]", "h1:A h1:H", 2, "counts"],
  ["labelled ones inside all of a model", "h1[A,T] h2[A,T]", "h1:A h1:T", 2, "counts"],
  ["one VM that asks for both models is of no pool", "h1[A,H] h2[A,H]", "h1:A,H", 0, undefined],
])("pools: %s", (_, hostsText, runs, pools, counts) => {
  const { instance } = failingOf(hostsText, runs);
  expect(poolsOf(instance.bins, instance.bins.demands).length).toBe(pools);
  expect(slotCounts(instance) && "counts").toBe(counts);
});
