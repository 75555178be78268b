import { canonical, Outcome, stateKey, Transition } from "../../../lib/engine/state-space/transition";
import { Cluster, DeviceChange, known, PlanVm } from "../../../lib/model";
import { after, change, cluster, ha, hosts, plan, running, vm } from "../../reference/notation";
import { compiledOf, powerOnOf } from "../compiled";

interface Row {
  readonly hosts: string;
  readonly vms: readonly PlanVm[];
  readonly changes?: readonly DeviceChange[];
  readonly of?: Partial<Cluster>;
}

const transitionOf = ({ hosts: text, vms, changes = [], of }: Row): Transition =>
  compiledOf(plan(vms, changes), cluster({ hosts: hosts(text), ...of })).transition;
const MANUAL: Partial<Cluster> = { drs: { enabled: true, automationLevel: "manual", declared: true } };
const rule = (type: "separate" | "together", ...vms: readonly string[]): Partial<Cluster> => ({
  vmRules: [{ name: "x", vms, type, mandatory: true, source: { file: "notation", line: 1 } }],
});
const v = vm("v", "A");

/** Of the first thing that `v` does: how many ways work, and how many fail. */
const TABLE: readonly (readonly [title: string, row: Row, works: number, fails: number])[] = [
  ["no host has a device", { hosts: "h1[]", vms: [v] }, 0, 1],
  ["one", { hosts: "h1[A]", vms: [v] }, 1, 0],
  ["equal hosts are one way", { hosts: "h1[A] h2[A]", vms: [v] }, 1, 0],
  ["hosts that differ in what is free are two", { hosts: "h1[A] h2[A*2]", vms: [v] }, 2, 0],
  ["a host without room is no way, and no failure while another has it", { hosts: "h1[A] h2[]", vms: [v] }, 1, 0],
  ["labelled and unlabelled devices are two ways, where somebody wants the label", { hosts: "h1[A,T]", vms: [v, vm("w", "T")] }, 2, 0],
  ["and one where nobody does", { hosts: "h1[A,T]", vms: [v] }, 1, 0],
  ["who takes nothing has one way, wherever", { hosts: "h1[] h2[A]", vms: [vm("v", "")] }, 1, 0],
  ["P2: the wrong host may have been fixed", { hosts: "h1[A] h2[]", vms: [v], of: MANUAL }, 1, 1],
  ["P2: a pin fixes it", { hosts: "h1[A] h2[]", vms: [vm("v", "A", { host: known({ by: "name", name: "h1" }) })], of: MANUAL }, 1, 0],
  [
    "P2: a pin to the wrong host",
    { hosts: "h1[A] h2[]", vms: [vm("v", "A", { host: known({ by: "name", name: "h2" }) })], of: MANUAL },
    0,
    1,
  ],
  ["refused whatever the host", { hosts: "h1[A]", vms: [vm("v", "A", { hardwareVersion: known(15) })] }, 0, 1],
  [
    "kept apart from one that runs there",
    { hosts: "h1[A*2] h2[A]", vms: [v], of: { vms: [running("r", "h1", [0])], ...rule("separate", "v", "r") } },
    1,
    0,
  ],
  [
    "kept together with one that runs there",
    { hosts: "h1[A*2] h2[A*3]", vms: [v], of: { vms: [running("r", "h1", [0])], ...rule("together", "v", "r") } },
    1,
    0,
  ],
  [
    "kept together with one where no room is",
    { hosts: "h1[A] h2[A*3]", vms: [v], of: { vms: [running("r", "h1", [0])], ...rule("together", "v", "r") } },
    0,
    1,
  ],
];

test.each(TABLE)("the ways of a power-on: %s", (_, row, works, fails) => {
  const transition = transitionOf(row);
  const outcomes = transition.outcomes(transition.initial(), powerOnOf(transition.problem, "v"));
  const worked = (each: Outcome): boolean => each.worked;
  expect([outcomes.filter(worked).length, outcomes.filter((each) => !worked(each)).length]).toEqual([works, fails]);
  expect(transition.firstOutcome(transition.initial(), powerOnOf(transition.problem, "v")).worked).toBe(works > 0);
});

describe("what may happen, and what does not happen any more", () => {
  test("who waits is enabled once all that it waits for has worked", () => {
    const transition = transitionOf({ hosts: "h1[A*2]", vms: [v, vm("w", "A", after("v"))] });
    const [first] = transition.enabled(transition.initial());
    expect(transition.enabled(transition.initial()).length).toBe(1);
    const { state } = transition.firstOutcome(transition.initial(), first!);
    expect(transition.enabled(state).map(({ index }) => index)).toEqual([powerOnOf(transition.problem, "w").index]);
  });

  test("what waits for one that failed is off, transitively, once", () => {
    const transition = transitionOf({ hosts: "h1[A]", vms: [vm("v", "A,A"), vm("w", "A", after("v")), vm("x", "A", after("w", "v"))] });
    const { worked, state } = transition.firstOutcome(transition.initial(), powerOnOf(transition.problem, "v"));
    expect([worked, [...state.pending], state.off]).toEqual([false, [0, 0, 0], [1, 1, 1]]);
    expect(transition.enabled(state)).toEqual([]);
  });

  test("a disabled device that is held: refused, and counts as done (O6)", () => {
    const disable = change("x", "h1", 0, { enabled: known(false) });
    const transition = transitionOf({ hosts: "h1[A]", vms: [vm("r", "A", { action: "delete" }), v], changes: [disable], of: { vms: [running("r", "h1", [0])] } }); // prettier-ignore
    const step = transition.problem.steps.find(({ kind }) => kind === "set-device")!;
    const { worked, state } = transition.firstOutcome(transition.initial(), step);
    expect([worked, state.hosts[0] === transition.initial().hosts[0], state.pending[step.index]]).toEqual([true, true, 0]);
  });

  test("admission control refuses the one too many (O4)", () => {
    // Fewer than two usable hosts admit nothing by percentage.
    const transition = transitionOf({ hosts: "h1[A]", vms: [v], of: { ha: ha(1, { admissionControl: "resourcePercentage" }) } });
    expect(transition.firstOutcome(transition.initial(), powerOnOf(transition.problem, "v")).worked).toBe(false);
  });
});

test("states that differ by which equal host is which are one; those that differ in what is free are not", () => {
  const transition = transitionOf({ hosts: "h1[A*2] h2[A*2] h3[A*3]", vms: [v] });
  const { problem } = transition;
  const step = powerOnOf(problem, "v");
  const at = (name: string): string => {
    const slot = problem.slots.findIndex(({ host }) => host.name === name);
    return stateKey(canonical(transition.placing(transition.initial(), step, slot, [1])!.state));
  };
  expect(at("h1")).toBe(at("h2"));
  expect(at("h1")).not.toBe(at("h3"));
});
