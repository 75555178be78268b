import { cycleIn } from "../../../lib/engine/compile/cycle";
import { Problem, StepClass } from "../../../lib/engine/compile/problem";

/** Steps called a, b and so on, with what each waits for. */
test.each<[title: string, after: readonly (readonly number[])[], stuck: RegExp | undefined]>([
  ["nothing waits", [], undefined],
  ["a chain", [[], [0], [1]], undefined],
  ["two ways to one", [[], [0], [0], [1, 2]], undefined],
  ["one for itself", [[0]], /^a waits for itself/],
  ["two for each other", [[1], [0]], /^a and b wait for each other/],
  ["three in a circle", [[2], [0], [1]], /^a, b and c wait/],
  ["what waits for a circle is no part of it", [[1], [0], [1]], /^a and b wait/],
  ["neither is what a circle waits for", [[1, 2], [0], []], /^a and b wait/],
  ["two circles are told together", [[1], [0], [3], [2]], /^a, b, c and d wait/],
  // It stands on a way from one to the other.
  ["and what lies between them", [[1], [0], [1], [2, 4], [3]], /^a, b, c, d and e wait/],
])("%s", (_, after, stuck) => {
  const steps = after.map((each, index) => ({ index, after: each, id: "abcdefg"[index]! }) as StepClass);
  const found = cycleIn({ steps } as unknown as Problem);
  if (stuck) expect(found).toMatch(stuck);
  else expect(found).toBeUndefined();
});
