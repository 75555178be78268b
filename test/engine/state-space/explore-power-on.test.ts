import { Budget } from "../../../lib/engine/packing/budget";
import { Exploration, explore, isAllOn } from "../../../lib/engine/state-space/explore-power-on";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Cluster, PlanVm } from "../../../lib/model";
import { after, cluster, hosts, plan, running, vm } from "../../reference/notation";
import { compiledOf } from "../compiled";

const r: Partial<Cluster> = { vms: [running("r", "h1", [0])] };

/** How many ends have everything on, and who can be off. */
const TABLE: readonly (readonly [
  title: string,
  hosts: string,
  vms: readonly PlanVm[],
  of: Partial<Cluster>,
  finals: number,
  off: readonly string[],
])[] = [
  ["nothing to do is an end", "h1[A]", [], {}, 1, []],
  ["one place", "h1[A]", [vm("a", "A")], {}, 1, []],
  ["no place", "h1[]", [vm("a", "A")], {}, 0, ["a"]],
  ["equal hosts are one end", "h1[A] h2[A]", [vm("a", "A")], {}, 1, []],
  ["two on one host, or on two", "h1[A*2] h2[A*2]", [vm("a", "A"), vm("b", "A")], {}, 2, []],
  ["either of two is off", "h1[A]", [vm("a", "A"), vm("b", "A")], {}, 0, ["a", "b"]],
  ["E9", "h1[A*2] h2[A*2]", [vm("a", "A"), vm("b", "A"), vm("d", "A,A")], {}, 1, ["d"]],
  ["E38", "h1[A]", [vm("r", "A", { action: "delete" }), vm("b", "A")], r, 1, ["b"]],
  ["what waits is off with it", "h1[A]", [vm("d", "A,A"), vm("b", "A", after("d"))], {}, 0, ["b", "d"]],
];

const explored = (transition: Transition, limit: number, order?: "any"): Exploration => explore(transition, new Budget(limit), order);
const transitionOf = (text: string, vms: readonly PlanVm[], of: Partial<Cluster>): Transition =>
  compiledOf(plan(vms), cluster({ hosts: hosts(text), ...of })).transition;
const names = ({ canBeOff }: Exploration, { problem }: Transition): readonly string[] =>
  [...canBeOff].flatMap((step) => problem.classes[problem.steps[step]!.vmClass!]!.members.map(({ name }) => name)).sort();

test.each(TABLE)("every order: %s", (_, text, vms, of, finals, off) => {
  const transition = transitionOf(text, vms, of);
  const found = explored(transition, 1_000_000);
  expect([found.complete, found.finals.length, names(found, transition)]).toEqual([true, finals, off]);
  expect([found.failing === undefined, found.succeeding === undefined]).toEqual([off.length === 0, finals === 0]);
  for (const end of found.finals) expect(isAllOn(end)).toBe(true);
});

test.each(TABLE)("a limit that is reached is not complete, and claims nothing that is not: %s", (_, text, vms, of, finals, off) => {
  const transition = transitionOf(text, vms, of);
  for (const limit of [0, 1, 3, 10, 30]) {
    const found = explored(transition, limit);
    expect(names(found, transition).filter((name) => !off.includes(name))).toEqual([]);
    expect(found.finals.length).toBeLessThanOrEqual(finals);
    if (found.complete) expect([found.finals.length, names(found, transition)]).toEqual([finals, off]);
  }
  if (vms.length > 0) expect(explored(transition, 0).complete).toBe(false);
});

test("any one order finds every end of a batch that only takes", () => {
  const transition = transitionOf("h1[A*2] h2[A*2]", [vm("a", "A"), vm("b", "A"), vm("c", "A")], {});
  expect(explored(transition, 10_000, "any").finals.length).toBe(explored(transition, 10_000).finals.length);
});
