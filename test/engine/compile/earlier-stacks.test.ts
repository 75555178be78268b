import { earlierStacks } from "../../../lib/engine/compile/earlier-stacks";
import { Plan } from "../../../lib/model";
import { change, plan, vm } from "../../reference/notation";

/** Stacks with those that each depends on; each has a VM of its name. */
const planOf = (stacks: Readonly<Record<string, readonly string[]>>): Plan => ({
  ...plan(
    Object.keys(stacks).map((stack) => vm(stack, "A", { stack })),
    [change("x", "h1", 0, { stack: "a" })],
  ),
  stacks: Object.entries(stacks).map(([name, dependsOn]) => ({ name, file: "f", dependsOn })),
});

test.each<[title: string, stacks: Readonly<Record<string, readonly string[]>>, of: string, earlier: readonly string[]]>([
  ["none", { a: [], b: [] }, "b", []],
  ["one, with its device changes", { a: [], b: ["a"] }, "b", ["a", "x"]],
  ["and those before it", { a: [], b: ["a"], c: ["b"] }, "c", ["a", "b", "x"]],
  ["one that depends on itself is not before itself", { a: [], b: ["b"] }, "b", []],
  ["a circle comes to an end", { a: ["b"], b: ["a"] }, "b", ["a", "x"]],
  ["one that is not there", { a: [], b: ["z"] }, "b", []],
  ["of a stack that is not there", { a: [] }, "z", []],
])("%s", (_, stacks, of, earlier) => {
  const addresses = earlierStacks(planOf(stacks))(of);
  expect(addresses.map((address) => address.split(".")[1]!).sort()).toEqual(earlier);
});
