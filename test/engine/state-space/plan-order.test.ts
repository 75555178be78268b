import { PlanOrder } from "../../../lib/engine/state-space/plan-order";
import { Transition } from "../../../lib/engine/state-space/transition";
import { PlanVm } from "../../../lib/model";
import { after, cluster, hosts, plan, vm } from "../../reference/notation";
import { compiledOf } from "../compiled";

/** Everything that comes in the plan's order, each in the first way that it can go. */
function order(transition: Transition): readonly string[] {
  const { problem } = transition;
  const steps = new PlanOrder(problem);
  const done = problem.steps.map(() => 0);
  const names: string[] = [];
  let state = transition.initial();
  for (let step = steps.next(); step; step = steps.next()) {
    names.push(problem.classes[step.vmClass!]!.members[done[step.index]!++]!.name);
    ({ state } = transition.firstOutcome(state, step));
    steps.happened(step, state);
  }
  return names;
}

test.each<[title: string, vms: readonly PlanVm[], order: readonly string[]]>([
  ["nothing", [], []],
  ["one", [vm("a", "A")], ["a"]],
  ["as it is written", [vm("b", "A"), vm("a", "A,A")], ["b", "a"]],
  ["equals between others stay where they are", [vm("a", "A"), vm("b", "A,A"), vm("c", "A")], ["a", "b", "c"]],
  ["who waits comes as soon as it can", [vm("a", "A", after("b")), vm("b", "A,A"), vm("c", "A")], ["b", "a", "c"]],
  ["who waits for two comes after both", [vm("a", "A", after("b", "c")), vm("b", "A,A"), vm("c", "A,A")], ["b", "c", "a"]],
  ["who waits for one that fails never comes", [vm("a", "A", after("b")), vm("b", "A,A,A,A,A,A,A,A,A"), vm("c", "A")], ["b", "c"]],
  ["in a circle nobody comes", [vm("a", "A", after("b")), vm("b", "A", after("a")), vm("c", "A")], ["c"]],
])("%s", (_, vms, names) => {
  expect(order(compiledOf(plan(vms), cluster({ hosts: hosts("h1[A*8]") })).transition)).toEqual(names);
});

test("many come in order, whatever the order in which they become ready", () => {
  // Each waits for the one with the next lower number, from the back of the plan to its front.
  const vms = Array.from({ length: 30 }, (_, index) => vm(`v${index}`, "A", index < 29 ? after(`v${index + 1}`) : {}));
  expect(order(compiledOf(plan(vms), cluster({ hosts: hosts("h1[A*40]") })).transition)).toEqual(vms.map(({ label }) => label).reverse());
});
