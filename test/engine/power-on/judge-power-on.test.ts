import { Budget } from "../../../lib/engine/packing/budget";
import { isSmall, judgePowerOn, PowerOnResult } from "../../../lib/engine/power-on/judge-power-on";
import { Problem } from "../../../lib/engine/compile/problem";
import { Plan } from "../../../lib/model";
import { after, cluster, hosts, plan, vm } from "../../reference/notation";
import { compiledOf } from "../compiled";

const judged = (hostsText: string, asked: Plan, limit = 100_000): PowerOnResult => {
  const { transition, inForce } = compiledOf(asked, cluster({ hosts: hosts(hostsText) }));
  return judgePowerOn(transition, inForce, new Budget(limit));
};
const names = (list: readonly string[]): readonly string[] => list.map((name) => name.split(".").at(-1)!);

test.each<[title: string, hosts: string, plan: Plan, verdict: string, off: readonly string[], placements: number | undefined]>([
  ["nobody: there is one placement", "h1[A]", plan([]), "guaranteed", [], 1],
  ["one of two hosts: equal hosts are one placement", "h1[A] h2[A]", plan([vm("v", "A")]), "guaranteed", [], 1],
  ["E9", "h1[A*2] h2[A*2]", plan([vm("s", "A"), vm("t", "A"), vm("d", "A,A")]), "order-dependent", ["d"], 1],
  ["one too many", "h1[A]", plan([vm("v", "A"), vm("w", "A")]), "impossible", ["v", "w"], 0],
  [
    "VMs that wait for each other never start, and never pass",
    "h1[A*2]",
    plan([vm("v", "A", after("w")), vm("w", "A", after("v"))]),
    "unknown",
    [],
    undefined,
  ],
])("power-on: %s", (_, hostsText, asked, verdict, off, placements) => {
  const { powerOn, placements: every, drawn } = judged(hostsText, asked);
  expect([powerOn.verdict, names(powerOn.canBeLeftOff), every()?.length]).toEqual([verdict, off, placements]);
  expect(powerOn.failing === undefined).toBe(verdict === "guaranteed" || verdict === "unknown");
  expect(drawn === undefined).toBe(verdict === "impossible" || verdict === "unknown");
});

test("with no work at all nothing is guaranteed that is not", () => {
  const { powerOn } = judged("h1[A*2] h2[A*2]", plan([vm("s", "A"), vm("t", "A"), vm("d", "A,A")]), 0);
  expect([powerOn.verdict, powerOn.complete]).toEqual(["unknown", false]);
  expect(powerOn.why).toEqual([expect.stringContaining("limit")]);
});

test.each<[title: string, hosts: number, steps: readonly number[], small: boolean]>([
  ["nothing", 0, [], true],
  ["eight hosts and sixteen steps", 8, [10, 6], true],
  ["nine hosts", 9, [1], false],
  ["seventeen steps of one class", 1, [17], false],
])("every order is looked at where a person could write it down: %s", (_, slots, sizes, small) => {
  const problem = { slots: Array.from({ length: slots }), steps: sizes.map((size) => ({ size })) } as unknown as Problem;
  expect(isSmall(problem)).toBe(small);
});
