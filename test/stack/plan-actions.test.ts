import { known, unknown } from "../../lib/model";
import { mistakesOf } from "./read";
import { change, configured, planOf, readPlanOf, vmOfPlan } from "./plans";

const VM = { name: "x", num_cpus: 4, memory: 8192, firmware: "efi", hardware_version: 19, extra_config: { a: "1" }, pci_device_id: null };
const vm = (actions: string[], before: object | null, after: object | null, rest: object = {}) =>
  change("vsphere_virtual_machine.x", actions, before, after, rest);
const update = (after: object, rest: object = {}) => vm(["update"], VM, { ...VM, ...after }, rest);

describe("what a plan does with a VM", () => {
  test.each<[string, object, string]>([
    ["nothing", vm(["no-op"], VM, VM), "none"],
    ["a create", vm(["create"], null, VM), "create"],
    ["a delete", vm(["delete"], VM, null), "delete"],
    ["a replacement", vm(["delete", "create"], VM, VM, { action_reason: "replace_because_cannot_update" }), "replace-destroy-first"],
    ["a replacement, create first", vm(["create", "delete"], VM, VM), "replace-create-first"],
    ["forgetting it: it goes on running", vm(["forget"], VM, null), "none"],
    ["replacing it without a destroy", vm(["create", "forget"], VM, VM), "create"],
    ["an import", vm(["no-op"], VM, VM, { importing: { id: "/dc/vm/x" } }), "none"],
    ["an import with a change", vm(["update"], VM, { ...VM, memory: 1 }, { importing: { id: "/dc/vm/x" } }), "reboot"],
    ["a move in the state", vm(["no-op"], VM, VM, { previous_address: "vsphere_virtual_machine.y" }), "none"],
    ["CPUs", update({ num_cpus: 8 }), "reboot"],
    ["memory", update({ memory: 16384 }), "reboot"],
    ["firmware", update({ firmware: "bios" }), "reboot"],
    ["hardware version", update({ hardware_version: 20 }), "reboot"],
    ["extra_config", update({ extra_config: { a: "2" } }), "reboot"],
    ["extra_config, removed", update({ extra_config: null }), "reboot"],
    ["extra_config, not known yet", update({ extra_config: {} }, { after_unknown: { extra_config: { a: true } } }), "reboot"],
    ["extra_config that needs no reboot", update({ extra_config: { a: "2" }, extra_config_reboot_required: false }), "none"],
    ["extra_config that needs none, and CPUs", update({ extra_config: {}, extra_config_reboot_required: false, num_cpus: 8 }), "reboot"],
    ["fixed devices", update({ pci_device_id: ["0000:af:00.0"] }), "reboot"],
    ["no fixed devices, written in another way", update({ pci_device_id: [] }), "none"],
    ["memory not known yet", vm(["update"], VM, { name: "x" }, { after_unknown: { memory: true } }), "reboot"],
    ["a reservation", update({ memory_reservation: 8192 }), "none"],
  ])("%s", (_, planned, action) => expect(vmOfPlan(planOf([planned])).action).toBe(action));

  test("has its extra_config in any order", () => {
    const before = { ...VM, extra_config: { a: "1", b: "2" } };
    const after = { ...VM, extra_config: { b: "2", a: "1" } };
    expect(vmOfPlan(planOf([vm(["update"], before, after)])).action).toBe("none");
  });

  test("and what Terraform has no word for yet is a mistake", () => {
    expect(mistakesOf(() => readPlanOf(planOf([vm(["melt"], VM, VM)])))).toMatch(/actions must be one of no-op; create; /);
  });
});

describe("a VM's name", () => {
  test.each<[string, object, object]>([
    ["is the new one, with the one it runs under", update({ name: "y" }), { name: known("y"), runningName: known("x"), label: "y" }],
    ["is the old one of what is deleted", vm(["delete"], VM, null), { name: known("x"), label: "x" }],
    ["is the old one of what is forgotten", vm(["forget"], VM, null), { name: known("x"), label: "x" }],
    [
      "may not be known yet",
      vm(["update"], VM, { memory: 8192 }, { after_unknown: { name: true } }),
      { name: unknown("${vsphere_virtual_machine.x.name} (known after apply)"), runningName: known("x"), label: "x" },
    ],
  ])("%s", (_, planned, expected) => expect(vmOfPlan(planOf([planned]))).toMatchObject(expected));

  test("says nothing of a running one where it stays", () => expect(vmOfPlan(planOf([update({})]))).not.toHaveProperty("runningName"));
});

test("what a failed replacement left behind is a VM of its own", () => {
  const deposed = vm(["delete"], { ...VM, name: "old" }, null, { deposed: "abcd1234" });
  const { vms } = readPlanOf(planOf([vm(["no-op"], VM, VM), deposed]));
  expect(vms.map(({ address, action, name }) => ({ address, action, name }))).toEqual([
    { address: "vsphere_virtual_machine.x", action: "none", name: known("x") },
    { address: "vsphere_virtual_machine.x (deposed object abcd1234)", action: "delete", name: known("old") },
  ]);
});

describe("a VM that a plan moves while it exists", () => {
  const cluster = (name: string) =>
    change(`data.vsphere_compute_cluster.${name}`, ["read"], null, { name, resource_pool_id: `resgroup-${name}` });
  const moved = (from: object, to: object) => {
    const x = configured("vsphere_virtual_machine.x", { host_system_id: ["var.host"] });
    return vmOfPlan(planOf([cluster("a"), cluster("b"), vm(["update"], { ...VM, ...from }, { ...VM, ...to })], [x])).move;
  };
  const [a, b] = [{ resource_pool_id: "resgroup-a" }, { resource_pool_id: "resgroup-b" }];
  const nowhere = { by: [], toOtherFolder: false };

  test.each<[string, object, object, object | undefined]>([
    ["into another cluster", a, b, { ...nowhere, fromCluster: { by: "name", name: "a" } }],
    ["to another host", a, { ...a, host_system_id: "host-2" }, { ...nowhere, by: ["host_system_id"] }],
    ["to another datastore", { datastore_id: "datastore-1" }, { datastore_id: "datastore-2" }, { ...nowhere, by: ["datastore_id"] }],
    [
      "to another datastore with one disk",
      { disk: [{ label: "d", datastore_id: "datastore-1" }] },
      { disk: [{ label: "d", datastore_id: "datastore-2" }] },
      { ...nowhere, by: ["disk.datastore_id"] },
    ],
    [
      "nowhere, where a disk goes with the VM",
      { disk: [{ label: "d", datastore_id: "datastore-1" }] },
      { disk: [{ label: "d", datastore_id: "<computed>" }] },
      undefined,
    ],
    ["into another folder", { folder: "one" }, { folder: "two" }, { ...nowhere, toOtherFolder: true }],
    ["nowhere, where its folder is written in another way", { folder: "one" }, { folder: "/one/" }, undefined],
    [
      "into a pool that may be in the same cluster",
      a,
      { resource_pool_id: "resgroup-1" },
      { ...nowhere, fromCluster: { by: "name", name: "a" } },
    ],
    ["nowhere", a, a, undefined],
    ["nowhere that is known", a, { resource_pool_id: null }, undefined],
  ])("%s", (_, from, to, expected) => expect(moved(from, to)).toEqual(expected));
});

describe("a plan that is not whole", () => {
  test("because making it failed is a mistake", () => {
    expect(mistakesOf(() => readPlanOf(planOf([], [], { errored: true })))).toMatch(
      /plan\.json:\d+:\d+ {2}.*errored says that making the plan failed/,
    );
  });

  test("because of -target is an error finding", () => {
    expect(readPlanOf(planOf([update({})], [], { complete: false })).notes).toMatchObject([{ rule: "incomplete-plan" }]);
  });

  test("because Terraform put something off is an error finding", () => {
    const deferred = { deferred_changes: [{ reason: "provider_config_unknown", resource_change: update({}) }] };
    expect(readPlanOf(planOf([update({})], [], deferred)).notes).toMatchObject([{ rule: "incomplete-plan" }]);
    expect(readPlanOf(planOf([update({})], [], { deferred_changes: [] })).notes).toEqual([]);
  });

  test("is read without its configuration", () => {
    const { configuration: _, ...plan } = planOf([update({})]) as { configuration: unknown };
    expect(vmOfPlan(plan)).toMatchObject({ name: known("x"), cpus: known(4), action: "none", dependsOn: [] });
  });
});

test.each<[string, object, string]>([
  ["another format", { ...planOf([]), format_version: "2.0" }, 'format_version must be "1.x", found "2.0"'],
  ["changes of another shape", { ...planOf([]), resource_changes: {} }, "resource_changes must be a list of objects"],
  ["a change of another shape", planOf([{ address: "a.b", type: "a", name: "b", change: 1 }]), "change must be an object"],
  ["values of another shape", planOf([vm(["create"], null, 1 as unknown as object)]), "after must be an object or null"],
  ["a change without a type", planOf([{ address: "a.b", name: "b", change: {} }]), "type must be a text"],
  ["an address twice", planOf([vm(["no-op"], VM, VM), vm(["no-op"], VM, VM)]), '"vsphere_virtual_machine.x" is there twice'],
  ["a number of another type", planOf([update({ num_cpus: "four" })]), 'num_cpus must be a whole number from 1, found "four"'],
])("%s is a located mistake", (_, plan, message) => {
  const found = mistakesOf(() => readPlanOf(plan));
  expect(found).toContain(message);
  expect(found).toMatch(/^plan\.json:\d+:\d+ {2}/);
});
