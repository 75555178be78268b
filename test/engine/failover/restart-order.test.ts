import * as fc from "../../properties";
import { unordered } from "../../../lib/engine/failover/restart-order";
import { priceBook } from "../../../lib/engine/failover/survival";
import { compiled } from "../packing/small-bins";
import { failingOf } from "./notation";
import { canBeSaved, failuresOf, restartInstance, runningCases, victims } from "./running-cases";

const RUNS = { numRuns: 600 };

test("in any failure everyone has a place if those have for whom prices prove no order", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      const instance = restartInstance(small, of, at);
      const left = unordered(instance, new Set(of.demands), failures, priceBook(instance));
      for (const failed of failuresOf(small, failures)) {
        const lost = victims(small, at, failed);
        const asked = lost.filter((vm) => left.has(of.demands[vm]!));
        proved += asked.length < lost.length ? 1 : 0;
        expect(canBeSaved(small, failed, lost)).toBe(canBeSaved(small, failed, asked));
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

/** Who can't be shown to come back, whichever host fails. */
test.each<[title: string, hosts: string, running: string, failures: number, left: readonly string[]]>([
  ["nobody fails: everyone is proved", "h1[A]", "h1:A", 0, []],
  ["one has another place", "h1[A] h2[A]", "h1:A", 1, []],
  ["one has none", "h1[A] h2[]", "h1:A", 1, ["r0"]],
  ["two failures take the other place, too", "h1[A] h2[A]", "h1:A", 2, ["r0"]],
  ["as many places as VMs on the host that fails", "h1[A*2] h2[A*2]", "h1:A h1:A", 1, []],
  ["one place too few", "h1[A*2] h2[A]", "h1:A h1:A", 1, ["r0", "r1"]],
  // The single has a place behind the pair (3 devices, of which the pair takes 2); without it, so has the pair.
  ["the pair first, the single after it", "h1[A*3] h2[A*2] h3[A]", "h1:A,A h1:A", 1, []],
  ["no place is left behind either", "h1[A*3] h2[A*2]", "h1:A,A h1:A", 1, ["r0", "r1"]],
  // Behind the two pairs a single has its place on h3, and before all a pair on h2; but two pairs have one place for two.
  ["who is proved drops out, the others stay", "h1[A*5] h2[A*3] h3[A*2,H]", "h1:A,A h1:A,A h1:A", 1, []],
  [
    "three pairs have two places, but leave a device on each for the single",
    "h1[A*7] h2[A*3] h3[A*3,H] h4[H]",
    "h1:A,A h1:A,A h1:A,A h1:A",
    1,
    ["r0", "r1", "r2"],
  ],
])("%s", (_, hostsText, runs, failures, left) => {
  const { instance, demand } = failingOf(hostsText, runs);
  const names = runs.split(" ").map((_text, index) => `r${index}`);
  const open = unordered(instance, new Set(names.map(demand)), failures, priceBook(instance));
  expect(names.filter((name) => open.has(demand(name)))).toEqual(left);
});
