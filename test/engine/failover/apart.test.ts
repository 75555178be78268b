import * as fc from "../../properties";
import { apart } from "../../../lib/engine/failover/apart";
import { Demand } from "../../../lib/engine/packing/bins";
import { compiled, smallCases } from "../packing/small-bins";
import { failingOf } from "./notation";
import { restartInstance } from "./running-cases";

const RUNS = { numRuns: 600 };

test("VMs are apart exactly where no chain of hosts, each with room for two of them, leads from one to the other", () => {
  let several = 0;
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const demands = [...new Set(of.demands)];
      const groups = apart(
        restartInstance(
          small,
          of,
          small.vms.map(() => 0),
        ),
        new Set(demands),
      );
      several += groups.length > 1 ? 1 : 0;
      const groupOf = (demand: Demand): number => groups.findIndex((group) => group.has(demand));
      expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(demands.length);
      const near = (a: Demand, b: Demand): boolean => a === b || of.hosts.some((bin) => of.bins.fits(bin, a) && of.bins.fits(bin, b));
      let reached = demands.map((demand) => new Set([demand]));
      demands.forEach(() => (reached = reached.map((from) => new Set(demands.filter((to) => [...from].some((each) => near(each, to)))))));
      demands.forEach((demand, index) =>
        demands.forEach((other) => expect(groupOf(demand) === groupOf(other)).toBe(reached[index]!.has(other))),
      );
    }),
    RUNS,
  );
  expect(several).toBeGreaterThan(2);
});

test.each<[title: string, hosts: string, running: string, groups: readonly string[]]>([
  ["one alone", "h1[A*2]", "h1:A", ["r0"]],
  ["two that a host has room for both of are together", "h1[A,H] h2[A,H]", "h1:A h1:H", ["r0 r1"]],
  ["two that no host has room for both of are apart", "h1[A,H] h2[A] h3[H]", "h1:A h1:H", ["r0", "r1"]],
  ["who fits nowhere is alone", "h1[A,H] h2[A]", "h1:A h1:H", ["r0", "r1"]],
  [
    "two are together by a third: one host has room for A and T, another for A and H",
    "h1[A,T,H] h2[A,T] h3[A,H]",
    "h1:A h1:T h1:H",
    ["r0 r1 r2"],
  ],
  ["hosts without that third", "h1[A,T,H] h2[A,T] h3[H]", "h1:A h1:T h1:H", ["r0 r1", "r2"]],
])("%s", (_, hostsText, runs, groups) => {
  const { instance, demand } = failingOf(hostsText, runs);
  const names = runs.split(" ").map((_text, index) => `r${index}`);
  const found = apart(instance, new Set(names.map(demand)));
  expect(found.map((group) => names.filter((name) => group.has(demand(name))).join(" ")).sort()).toEqual(groups);
});

test("nobody is in no group", () => {
  expect(apart(failingOf("h1[A]", "h1:A").instance, new Set())).toEqual([]);
});
