import { isThere, whyNotRun } from "../../../lib/engine/compile/missing";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Cluster, known, PlanVm, unknown } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

test.each<[action: PlanVm["action"], there: boolean]>([
  ["from-stack", false],
  ["create", false],
  ["none", true],
  ["hot-add", true],
  ["reboot", true],
  ["replace-destroy-first", true],
  ["replace-create-first", true],
  ["delete", true],
])("a VM of %s is there: %s, and never where it is off", (action, there) => {
  expect([isThere(vm("v", "A", { action })), isThere(vm("v", "A", { action, isOff: true }))]).toEqual([there, false]);
});

const NOT_RUN = "the plan says that it exists, but the inventory does not run it";

test.each<[title: string, vm: PlanVm, cluster: Partial<Cluster>, why: string | undefined]>([
  ["devices", vm("v", "A", { action: "none" }), {}, NOT_RUN],
  [
    "devices, missing from what was pulled",
    vm("v", "A", { action: "none" }),
    { origin: { kind: "vcenter" } },
    `${NOT_RUN}, which is stale`,
  ],
  ["no devices", vm("v", "", { action: "none" }), {}, undefined],
  ["devices, and is new", vm("v", "A", { action: "create" }), {}, undefined],
  ["devices, and is off", vm("v", "A", { action: "none", isOff: true }), {}, undefined],
])("one with %s", (_, asked, more, why) => {
  const of = cluster({ hosts: hosts("h1[A]"), ...more });
  expect(whyNotRun(asked, of, new PlanIndex(plan([asked]), inventory(of)))).toBe(why);
});

test("one whose cluster is not known is not missed where another cluster runs it", () => {
  const asked = vm("v", "A", { action: "none", cluster: unknown("${c}"), name: known("v") });
  const [c, d] = [
    cluster({ name: "c", hosts: hosts("h1[A]") }),
    cluster({ name: "d", hosts: hosts("g1[A]"), vms: [running("v", "g1", [0])] }),
  ];
  const index = new PlanIndex(plan([asked]), { files: ["i"], clusters: [c, d] });
  expect(whyNotRun(asked, c, index)).toBeUndefined();
  expect(whyNotRun(asked, c, new PlanIndex(plan([asked]), { files: ["i"], clusters: [c, { ...d, vms: [] }] }))).toBe(NOT_RUN);
});
