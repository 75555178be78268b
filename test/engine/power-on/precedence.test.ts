import { binsOf } from "../../../lib/engine/packing/bins";
import { ancestorsOf, Precedence } from "../../../lib/engine/power-on/precedence";
import { StepClass } from "../../../lib/engine/compile/problem";
import { after, cluster, hosts, plan, running, vm } from "../../reference/notation";
import { compiledOf, powerOnOf } from "../compiled";

test.each<[title: string, after: readonly (readonly number[])[], ancestors: readonly (readonly number[])[]]>([
  ["no step", [], []],
  ["nobody waits", [[], []], [[], []]],
  ["a chain", [[], [0], [1]], [[], [0], [0, 1]]],
  ["a chain that is written backwards", [[1], [2], []], [[1, 2], [2], []]],
  ["two ways to one", [[], [0], [0], [1, 2]], [[], [0], [0], [0, 1, 2]]],
  [
    "a circle comes to an end, each before itself",
    [[1], [0]],
    [
      [0, 1],
      [0, 1],
    ],
  ],
])("what a step waits for, directly or not: %s", (_, waits, ancestors) => {
  const steps = waits.map((each) => ({ after: each }) as StepClass);
  expect(ancestorsOf(steps).map((each) => [...each].sort())).toEqual(ancestors);
});

test("power-ons before and after a step are counted by what they take", () => {
  const of = cluster({ hosts: hosts("h1[A*4]"), vms: [running("r", "h1", [0])] });
  const asked = plan([vm("a", "A"), vm("b", "A,A", after("a")), vm("r", "A", { action: "replace-create-first", ...after("b") })]);
  const { problem } = compiledOf(asked, of).transition;
  const precedence = new Precedence(problem, binsOf(problem, "power-on"));
  const [a, b, r] = ["a", "b", "r"].map((name) => powerOnOf(problem, name));
  const release = problem.steps.find(({ kind }) => kind === "release")!;
  expect([...precedence.powerOnsBeforeStep(release.index)].sort()).toEqual([a, b, r].map((step) => step!.index).sort());
  expect(precedence.followersOf(b!)).toEqual([r!.index]);
  expect(precedence.countOf([a!, r!])[precedence.demandOf(a!)!.index]).toBe(2);
  expect(precedence.countOf([a!], () => 0)).toEqual([0, 0]);
});
