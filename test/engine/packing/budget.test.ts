import { Budget } from "../../../lib/engine/packing/budget";

describe("a budget", () => {
  test.each<[title: string, limit: number, pieces: readonly number[], left: readonly boolean[]]>([
    ["allows exactly its limit", 3, [1, 2], [true, true]],
    ["refuses one more, and does not recover", 3, [3, 1, 0], [true, false, false]],
    ["of nothing allows nothing", 0, [0, 1], [true, false]],
    ["counts what it refused as spent", 5, [6, 0], [false, false]],
  ])("%s", (_, limit, pieces, left) => {
    const budget = new Budget(limit);
    expect(pieces.map((piece) => budget.spend(piece))).toEqual(left);
    expect(budget.isSpent).toBe(!left.at(-1));
  });

  test("affords what is left, and asking spends nothing", () => {
    const budget = new Budget(5);
    budget.spend(2);
    expect([budget.affords(3), budget.affords(4), budget.affords(3)]).toEqual([true, false, true]);
  });

  test("another is as large, however much of the first is spent", () => {
    const budget = new Budget(2);
    budget.spend(9);
    expect([budget.isSpent, budget.another().spend(2), budget.another().spend(3)]).toEqual([true, true, false]);
  });

  test.each<[title: string, limit: number, questions: number, share: number]>([
    ["no question leaves all of it", 12, 0, 12],
    ["three questions have all of it each", 12, 3, 12],
    ["four share what three would have", 12, 4, 9],
    ["a share that is no whole number is rounded up", 10, 4, 8],
    ["many have something each", 1, 1000, 1],
  ])("for one of several questions: %s", (_, limit, questions, share) => {
    const one = (): Budget => new Budget(limit).oneOf(questions);
    expect([one().spend(share), one().spend(share + 1)]).toEqual([true, false]);
  });
});
