import { groupMatches, HostStates } from "../../../lib/engine/state-space/host-states";
import { HostTable } from "../../../lib/engine/state-space/host-table";
import { DeviceGroup } from "../../../lib/engine/compile/problem";
import { cluster, hosts, plan, running, vm } from "../../reference/notation";
import { classOf, compiledOf } from "../compiled";

const problemOf = (host: string, asks: string, others = "T") =>
  compiledOf(plan([vm("v", asks), vm("w", others)]), cluster({ hosts: hosts(host), vms: [] })).transition.problem;

test.each<[title: string, host: string, asks: string, ways: number]>([
  ["no request takes nothing, in one way", "h1[A]", "", 1],
  ["nothing there", "h1[]", "A", 0],
  ["equal devices are one way", "h1[A*3]", "A", 1],
  ["one of either", "h1[A,T]", "A", 2],
  ["two of three: both unlabelled, or one of each", "h1[A*2,T]", "A,A", 2],
  ["a matching, not first fit (E7)", "h1[T,A]", "A,T", 1],
  ["no matching", "h1[T]", "A,T", 0],
  ["as many requests as devices", "h1[A*2]", "A,A", 1],
  ["one request more", "h1[A*2]", "A,A,A", 0],
])("ways to take devices: %s", (_, host, asks, ways) => {
  const problem = problemOf(host, asks);
  const states = new HostStates(problem);
  const found = states.fits(states.initial(0), classOf(problem, "v"), false);
  expect(found.length).toBe(ways);
  expect(states.takes(states.initial(0), classOf(problem, "v"), false).length).toBe(ways);
  for (const { take, next } of found) expect(next.free).toEqual(states.initial(0).free.map((count, group) => count - take[group]!));
});

test.each<[title: string, memoryMb: number, fits: boolean]>([
  ["exactly enough", 2048, true],
  ["one MB short", 2047, false],
])("memory: %s", (_, memoryMb, fits) => {
  const { problem } = compiledOf(plan([vm("v", "A")]), cluster({ hosts: hosts("h1[A]", { memoryMb }) })).transition;
  const states = new HostStates(problem);
  expect(states.fits(states.initial(0), classOf(problem, "v"), false).length > 0).toBe(fits);
});

test("what is given back is as if it had never been there, and equal states are one object", () => {
  const of = cluster({ hosts: hosts("h1[A*2] h2[A*2]"), vms: [running("r", "h1", [0])] });
  const { problem } = compiledOf(plan([vm("r", "A", { action: "delete" }), vm("v", "A")]), of).transition;
  const states = new HostStates(problem);
  const [at, other] = ["h1", "h2"].map((name) => problem.slots.findIndex(({ host }) => host.name === name));
  const before = states.initial(at!);
  const gone = states.release(before, classOf(problem, "r"), [1]);
  expect([before.free, gone.free, gone.members]).toEqual([[1], [2], []]);
  expect(states.byId(gone.id)).toBe(gone);
  expect(states.release(before, classOf(problem, "r"), [1])).toBe(gone);
  expect(states.initial(other!).free).toEqual([2]);
});

test("a restart forgets who is there, unless a rule could ask", () => {
  const of = (rules: boolean) => {
    const rule = { name: "x", vms: ["r", "v"], type: "separate" as const, mandatory: true, source: { file: "notation", line: 1 } };
    const { problem } = compiledOf(plan([vm("v", "A")]), cluster({ hosts: hosts("h1[A*2]"), vms: [running("r", "h1", [0])], vmRules: rules ? [rule] : [] })).transition; // prettier-ignore
    const states = new HostStates(problem);
    return { states, state: states.initial(0), v: classOf(problem, "v") };
  };
  const [free, bound] = [of(false), of(true)];
  expect(free.states.forRestart(free.state).members).toEqual([]);
  expect(bound.states.forRestart(bound.state)).toBe(bound.state);
  expect([free, bound].map(({ states, state, v }) => states.fits(state, v, true).length)).toEqual([1, 0]);
});

test("a request matches a group by what the device is before its event, or after", () => {
  const group = { before: [true, false], after: [false, true] } as unknown as DeviceGroup;
  expect([false, true].map((changed) => [0, 1].map((request) => groupMatches(group, changed, request)))).toEqual([[true, false], [false, true]]); // prettier-ignore
});

test("a table finds out once for each state and class, also what is no or nothing", () => {
  const problem = problemOf("h1[A]", "A");
  const table = new HostTable<number>(problem);
  const find = jest.fn(() => 0);
  const [first, second] = problem.classes;
  expect([table.of(0, first!, find), table.of(0, first!, find), table.of(1, first!, find), table.of(0, second!, find)]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(find).toHaveBeenCalledTimes(3);
});
