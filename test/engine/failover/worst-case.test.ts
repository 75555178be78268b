import { byCodeUnit, compareLists, named, WorstCase, worseOf } from "../../../lib/engine/failover/worst-case";
import { Problem } from "../../../lib/engine/compile/problem";
import { classOf } from "../compiled";
import { failingOf } from "./notation";

test.each<[title: string, a: readonly string[], b: readonly string[], order: number]>([
  ["nothing and nothing", [], [], 0],
  ["a prefix comes first", ["a"], ["a", "b"], -1],
  ["the first difference decides, not the length", ["a", "b"], ["c"], -1],
  ["by code unit: capitals first", ["B"], ["a"], -1],
  ["by code unit: 10 before 9", ["h10"], ["h9"], -1],
])("lists: %s", (_, a, b, order) => {
  expect([Math.sign(compareLists(a, b)), Math.sign(compareLists(b, a))]).toEqual([order, order === 0 ? 0 : -order]);
});

test("names that are equal are equal", () => {
  expect([byCodeUnit("a", "a"), byCodeUnit("a", "b"), byCodeUnit("b", "a")]).toEqual([0, -1, 1]);
});

describe("F4 picks the worse", () => {
  // Classes: 0 of high priority, 1 of medium.
  const problem = { classes: [{ tier: 4 }, { tier: 3 }] } as unknown as Problem;
  const end = (off: readonly number[], hosts: readonly string[] = [], vms: readonly string[] = []): WorstCase => {
    return { off, hosts, vms } as WorstCase;
  };

  test.each<[title: string, worse: WorstCase, better: WorstCase]>([
    ["more VMs off", end([0, 2]), end([1, 0])],
    ["as many, of higher priority", end([1, 1]), end([0, 2])],
    ["then the smallest hosts", end([0, 1], ["a"]), end([0, 1], ["b"])],
    ["then the smallest VMs", end([0, 1], ["a"], ["v1"]), end([0, 1], ["a"], ["v2"])],
  ])("%s", (_, worse, better) => {
    expect(worseOf(problem, worse, better)).toBe(worse);
    expect(worseOf(problem, better, worse)).toBe(worse);
  });

  test("the first there is, and of equals the first", () => {
    const [one, other] = [end([1, 0]), end([1, 0])];
    expect(worseOf(problem, undefined, one)).toBe(one);
    expect(worseOf(problem, one, other)).toBe(one);
  });
});

test("equal hosts and VMs are told by their first names", () => {
  const { transition, space } = failingOf("h2[A] h1[A] h3[A*2]", "h2:A h1:A");
  const { problem } = transition;
  const off = problem.classes.map(({ index }) => (index === classOf(problem, "r0").index ? 1 : 0));
  const last = problem.slots.findIndex(({ host }) => host.name === "h2");
  expect(named(problem, space.base, [last], off)).toMatchObject({ hosts: ["h1"], vms: ["r1"] });
});
