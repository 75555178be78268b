import { Entry, ListIds } from "../../../lib/engine/compile/list-ids";

test.each<[title: string, lists: readonly (readonly Entry[])[], ids: readonly number[]]>([
  ["in the order in which they come", [["a"], ["b"]], [0, 1]],
  [
    "equal lists are one",
    [
      ["a", 1],
      ["a", 1],
    ],
    [0, 0],
  ],
  ["the empty list is one, too", [[], ["a"], []], [0, 1, 0]],
  ["a beginning is not the whole", [["a", "b"], ["a"]], [0, 1]],
  [
    "order counts",
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [0, 1],
  ],
  ["a number is not its text", [[1], ["1"]], [0, 1]],
  ["what is not given is not a text", [[undefined], ["undefined"], [false], [0]], [0, 1, 2, 3]],
  ["nor nothing at all", [[undefined], []], [0, 1]],
  ["entries can't flow together", [["a,b"], ["a", "b"]], [0, 1]],
])("%s", (_, lists, ids) => {
  const numbers = new ListIds();
  expect(lists.map((list) => numbers.of(list))).toEqual(ids);
});
