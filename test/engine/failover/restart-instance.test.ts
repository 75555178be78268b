import { countsOf, together } from "../../../lib/engine/failover/restart-instance";
import { known } from "../../../lib/model";
import { vm } from "../../reference/notation";
import { failingOf } from "./notation";

describe("hosts, what runs on them and has to come back, and the batch", () => {
  test("only protected VMs come back, counted by what they take and their tier", () => {
    const { instance, slot } = failingOf("h1[A*5] h2[A]", "h1:A h1:A h1:A^high h1:A^disabled");
    expect(instance.running[slot("h1")]!.map(({ count }) => count).sort()).toEqual([1, 2]);
    expect(instance.running[slot("h2")]).toEqual([]);
  });

  test("VMs that take nothing are nobody", () => {
    expect(failingOf("h1[A]", "h1:-").instance.running.flat()).toEqual([]);
  });

  test.each<[title: string, running: string, dedicated: readonly string[], bound: readonly string[]]>([
    ["no VM", "", ["h3"], []],
    ["one that can be elsewhere", "h1:A", ["h3"], []],
    ["one that can't", "h1:A h2:A!", ["h3"], ["h2"]],
    ["one that can't, and need not", "h1:A h2:A^disabled!", ["h3"], []],
  ])("%s", (_, runs, dedicated, bound) => {
    const { instance, slot } = failingOf("h1[A] h2[A] h3[A]!", runs);
    expect([...instance.dedicated]).toEqual(dedicated.map(slot));
    expect([...instance.bound]).toEqual(bound.map(slot));
  });

  test("hosts that are away neither fail nor take", () => {
    expect(failingOf("h1[A]", "", [], { state: "maintenance" }).instance.usable).toEqual([]);
  });

  test("the batch may be anywhere, and is counted whether it comes back or not", () => {
    const { instance } = failingOf("h1[A*3]", "", [vm("a", "A"), vm("b", "A", { restartPriority: known("disabled") })]);
    expect(instance.batch.map(({ count }) => count)).toEqual([1]);
    expect(instance.everyone).toEqual([2]);
    expect([instance.isFree, instance.isCovered, instance.bindsBatch]).toEqual([true, true, false]);
    expect(instance.mayPowerOn(0, 0)).toBe("all");
  });

  test("a dedicated failover host takes none of the batch", () => {
    const { instance, slot } = failingOf("h1[A] h2[A]!", "", [vm("a", "A")]);
    const demand = instance.batch[0]!.demand.index;
    expect([instance.mayPowerOn(demand, slot("h1")), instance.mayPowerOn(demand, slot("h2"))]).toEqual(["all", "none"]);
  });
});

test("item counts together, and from a tier on", () => {
  const { instance } = failingOf("h1[A*2] h2[A*2]", "h1:A h1:A^high h2:A h2:A^low");
  const all = together(instance.running);
  expect(all.map(({ count }) => count).sort()).toEqual([1, 1, 2]);
  const from = (tier: number): number => countsOf(instance.bins, all, tier).reduce((sum, count) => sum + count, 0);
  // low 2, medium 3, high 4
  expect([from(0), from(2), from(3), from(4), from(5)]).toEqual([4, 4, 3, 1, 0]);
  expect(together([])).toEqual([]);
});
