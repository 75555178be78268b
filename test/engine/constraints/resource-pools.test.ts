import { PoolLoad, Pools } from "../../../lib/engine/constraints/resource-pools";
import { ResourcePool } from "../../../lib/model";

const SOURCE = { file: "x", line: 1 };

describe("resource pools (Q1)", () => {
  const pool = (name: string, rest: Partial<ResourcePool>): ResourcePool => ({ name, expandable: true, source: SOURCE, ...rest });
  const load = (memoryMb: number): PoolLoad => ({ cpuMhz: 0, memoryMb });
  const shortage = (pools: readonly ResourcePool[], used: Readonly<Record<string, number>>, asked: number): string | undefined =>
    new Pools(pools).shortage("p", load(asked), new Map(Object.entries(used).map(([name, memoryMb]) => [name, load(memoryMb)])))?.pool;

  test.each<[string, readonly ResourcePool[], Readonly<Record<string, number>>, number, string | undefined]>([
    ["a limit binds", [pool("p", { memoryLimitMb: 10 })], { p: 8 }, 3, "p"],
    ["up to the limit is fine", [pool("p", { memoryLimitMb: 10 })], { p: 8 }, 2, undefined],
    ["a reservation binds a pool that can't expand", [pool("p", { memoryReservationMb: 10, expandable: false })], { p: 8 }, 3, "p"],
    ["an expandable one asks the root, which has no limit", [pool("p", { memoryReservationMb: 10 })], { p: 8 }, 300, undefined],
    ["an undeclared reservation does not bind", [pool("p", { expandable: false })], { p: 8 }, 300, undefined],
    [
      "the excess is asked of the parent",
      [pool("p", { parent: "q", memoryReservationMb: 10 }), pool("q", { memoryLimitMb: 12 })],
      { p: 8 },
      5,
      "q",
    ],
    [
      "what lies within a child's reservation costs the parent nothing more",
      [pool("p", { parent: "q", memoryReservationMb: 10 }), pool("q", { memoryLimitMb: 12 })],
      { p: 5, q: 2 },
      5,
      undefined,
    ],
    [
      "a sibling's reservation counts though it is idle",
      [pool("p", { parent: "q" }), pool("r", { parent: "q", memoryReservationMb: 8 }), pool("q", { memoryLimitMb: 12 })],
      { p: 3 },
      2,
      "q",
    ],
  ])("%s", (_, pools, used, asked, expected) => {
    expect(shortage(pools, used, asked)).toBe(expected);
  });
});
