import * as fc from "../../properties";
import { isEnough } from "../../../lib/engine/failover/slots";
import { spareHosts } from "../../../lib/engine/failover/spare-hosts";
import { Budget } from "../../../lib/engine/packing/budget";
import { Packing } from "../../../lib/engine/packing/packing";
import { SmallCase, compiled } from "../packing/small-bins";
import { failingOf } from "./notation";
import { canBeSaved, failuresOf, restartInstance, runningCases, victims } from "./running-cases";

const RUNS = { numRuns: 600 };

test("while spare hosts are left for all failed ones, everyone has a place", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      const packing = new Packing(of.bins, new Budget(1_000_000));
      const instance = restartInstance(small, of, at);
      const counts = spareHosts(instance, new Set(of.demands), (bin, items) => packing.place([bin], items).kind === "shown");
      for (const failed of failuresOf(small, failures)) {
        const isProved = counts.some(({ shares, total }) => failed.reduce((sum, host) => sum + shares[of.slots[host]!]!, 0) <= total);
        const lost = victims(small, at, failed);
        if (!isProved || lost.length === 0) continue;
        proved++;
        expect(canBeSaved(small, failed, lost)).toBe(true);
      }
      for (const count of counts) {
        const each = failuresOf(small, failures).map((failed) => failed.reduce((sum, host) => sum + count.shares[of.slots[host]!]!, 0));
        expect(isEnough(count, failures, instance.usable)).toBe(each.every((sum) => sum <= count.total));
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

test("the roomiest hosts are spare first, and none is for a host that loses more than some spare one takes", () => {
  const enough = { memoryMb: 1_000_000, cpuMhz: 1_000_000 };
  const vm = (asks: string): SmallCase["vms"][number] => ({ asks, memoryMb: 1000, cpuMhz: 0, alone: false });
  const small = { hosts: ["A", "A,A,A", "", ""].map((devices) => ({ devices, ...enough })), vms: [vm("A,A"), vm("A"), vm("A")] };
  const of = compiled(small);
  const packing = new Packing(of.bins, new Budget(1_000_000));
  // The third host loses two VMs, the fourth one.
  const counts = spareHosts(
    restartInstance(small, of, [2, 3, 2]),
    new Set(of.demands),
    (bin, items) => packing.place([bin], items).kind === "shown",
  );
  expect(counts.map(({ shares, total }) => ({ total, shares: of.slots.map((slot) => shares[slot]) }))).toEqual([
    { total: 1, shares: [0, 1, 1, 1] },
    { total: 2, shares: [1, 1, 3, 1] },
  ]);
});

test.each<[title: string, hosts: string, running: string, tolerated: number]>([
  ["no host has room", "h1[A] h2[]", "h1:A", 0],
  ["one spare host for one that fails", "h1[A] h2[A]", "h1:A", 1],
  // A spare host that fails loses nothing, but is no longer there for the other.
  ["two failures, of which one is the spare host", "h1[A] h2[A]", "h1:A", 1],
  ["two spare hosts", "h1[A] h2[A] h3[A]", "h1:A", 2],
  ["two hosts that lose, one that takes from either", "h1[A] h2[A] h3[A]", "h1:A h2:A", 1],
  ["a spare host that takes one of two VMs is none", "h1[A*2] h2[A]", "h1:A h1:A", 0],
  ["exactly what is lost", "h1[A*3] h2[A*3]", "h1:A,A h1:A", 1],
])("spare hosts: %s", (_, hostsText, runs, tolerated) => {
  const { instance } = failingOf(hostsText, runs);
  const packing = new Packing(instance.bins, new Budget(1_000_000));
  const demands = new Set(instance.running.flat().map(({ demand }) => demand));
  const counts = spareHosts(instance, demands, (bin, items) => packing.place([bin], items).kind === "shown");
  const isTolerated = (failures: number): boolean => counts.some((count) => isEnough(count, failures, instance.usable));
  expect([1, 2, 3].filter(isTolerated).length).toBe(tolerated);
});

test("where nobody loses anything there is no spare host to be counted", () => {
  expect(spareHosts(failingOf("h1[A] h2[A]", "").instance, new Set(), () => true)).toEqual([]);
});
