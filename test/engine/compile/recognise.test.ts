import { Batch, batchOf } from "../../../lib/engine/compile/batch";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Cluster, known, PlanVm, unknown } from "../../../lib/model";
import { after, cluster, hosts, inventory, plan, planned, running, vm } from "../../reference/notation";

const r = running("r", "h1", [0]);

function gathered(vms: readonly PlanVm[], of: Partial<Cluster> = {}, missing: readonly string[] = []): Batch {
  const declared = cluster({ hosts: hosts("h1[A*2]"), vms: [r], ...of });
  return batchOf(declared, declared, new PlanIndex(plan(vms), inventory(declared)), new Set(missing));
}

/** What is to be done, and who can't be judged; with `!` where it may make room. */
test.each<[title: string, batch: Batch, jobs: readonly string[], opaque: readonly string[]]>([
  ["nothing", gathered([]), [], []],
  ["a VM that is new", gathered([vm("v", "A")]), ["create"], []],
  ["one that runs, unchanged", gathered([vm("r", "A")]), [], []],
  ["one that runs, with other devices", gathered([vm("r", "A,A")]), ["replace-destroy-first"], []],
  ["two that say that they are the one that runs", gathered([vm("r", "A"), vm("q", "A", { name: known("r") })]), [], ["r!", "q!"]],
  ["one of which the name is not known, where VMs run", gathered([vm("v", "A", { name: unknown("${n}") })]), [], ["v!"]],
  ["and where none do", gathered([vm("v", "A", { name: unknown("${n}") })], { vms: [] }), ["create"], []],
  ["one of which the cluster is not known is in the only one", gathered([vm("v", "A", { cluster: unknown("${c}") })]), ["create"], []],
  ["one of which the memory is not known", gathered([vm("v", "A", { memoryMb: unknown("${m}") })]), [], ["v"]],
  [
    "one that waits for one that is not certain to start",
    gathered([vm("v", "A", after("u")), vm("u", "A", { cluster: known({ by: "name", name: "d" }) })], {}, [vm("u", "A").address]),
    [],
    ["v"],
  ],
  ["planned VMs, one by one", gathered([], { planned: [planned("p", "A", { count: 3 })] }), ["create", "create", "create"], []],
  ["a deletion of one that is off", gathered([vm("v", "A", { action: "delete", isOff: true })]), [], []],
  ["a deletion of one that the inventory does not run", gathered([vm("v", "A", { action: "delete" })]), [], ["v"]],
  ["one that an update powers on", gathered([vm("v", "A", { action: "power-on", isOff: true })]), ["create"], []],
  ["one that an update finds off", gathered([vm("v", "A", { action: "none", isOff: true, reconfigures: true })]), ["create"], []],
  ["one that is off and stays so", gathered([vm("v", "A", { action: "none", isOff: true })]), [], []],
  ["one that runs, and is off for the plan", gathered([vm("r", "A", { action: "power-on", isOff: true })]), [], ["r!"]],
  ["one that has devices, and to which memory is added", gathered([vm("r", "A", { action: "hot-add" })]), ["reboot"], []],
  ["one that has none", gathered([vm("v", "", { action: "hot-add" })], { vms: [running("v", "h1", [])] }), [], []],
])("%s", (_, { jobs, opaque }, expected, unclear) => {
  expect(jobs.map(({ action }) => action)).toEqual(expected);
  expect(opaque.map(({ label, mayRelease }) => `${label}${mayRelease ? "!" : ""}`)).toEqual(unclear);
});

test.each<[PlanVm["action"], string]>([
  ["reboot", "r"],
  ["replace-destroy-first", "new"],
  ["replace-create-first", "new"],
])(
  "a VM that the plan renames is known to the rules in force by the name that it runs under, unless it is made anew: %s",
  (action, name) => {
    const { jobs, occupants } = gathered([vm("v", "A", { action, name: known("new"), runningName: known("r") })]);
    expect([jobs[0]!.spec!.name, occupants[0]!.spec.name]).toEqual([name, "r"]);
  },
);
