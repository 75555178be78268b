import { known, PlanCluster, unknown } from "../../lib/model";
import { mistakesOf, readApp, readStack, readVmOf } from "./read";

const DEFAULTS = {
  address: "vsphere_compute_cluster.c",
  stack: "cdk",
  name: known("gpu"),
  drsLevel: known("off"),
  haEnabled: known(false),
  hostFailuresToTolerate: known(1),
  admissionControl: known("resourcePercentage"),
  defaultRestartPriority: known("medium"),
  automaticPercentage: known(true),
  cpuPercent: known(100),
  memoryPercent: known(100),
  explicitSlotSize: known(false),
  writtenSlotCpuMhz: known(32),
  writtenSlotMemoryMb: known(100),
  says: { drs: true, ha: true },
  monitorsHosts: known(true),
  vmOverrides: known(true),
  failoverHosts: known([]),
  notJudged: [],
};

function clusterOf(body: object): PlanCluster {
  return readStack({ resource: { vsphere_compute_cluster: { c: { name: "gpu", ...body } } } }).clusters![0]!;
}

describe("a cluster of the stack", () => {
  test.each<[string, object, Partial<PlanCluster>]>([
    ["has the provider's defaults", {}, { drsLevel: known("off"), haEnabled: known(false) }],
    ["has DRS, which is manual where nothing is said", { drs_enabled: true }, { drsLevel: known("manual") }],
    ["has DRS of some level", { drs_enabled: "true", drs_automation_level: "fullyAutomated" }, { drsLevel: known("fullyAutomated") }],
    ["has DRS off, whatever the level", { drs_automation_level: "fullyAutomated" }, { drsLevel: known("off") }],
    ["may have DRS", { drs_enabled: "${var.drs}" }, { drsLevel: unknown("${var.drs} (not declared)") }],
    [
      "has HA with percentages",
      {
        ha_enabled: true,
        ha_vm_restart_priority: "high",
        ha_admission_control_host_failure_tolerance: 2,
        ha_admission_control_resource_percentage_auto_compute: false,
        ha_admission_control_resource_percentage_cpu: 25,
        ha_admission_control_resource_percentage_memory: 30,
      },
      {
        haEnabled: known(true),
        defaultRestartPriority: known("high"),
        hostFailuresToTolerate: known(2),
        automaticPercentage: known(false),
        cpuPercent: known(25),
        memoryPercent: known(30),
      },
    ],
    [
      "has an explicit slot size",
      {
        ha_admission_control_policy: "slotPolicy",
        ha_admission_control_slot_policy_use_explicit_size: true,
        ha_admission_control_slot_policy_explicit_cpu: 4000,
        ha_admission_control_slot_policy_explicit_memory: 65536,
      },
      {
        admissionControl: known("slotPolicy"),
        explicitSlotSize: known(true),
        writtenSlotCpuMhz: known(4000),
        writtenSlotMemoryMb: known(65536),
      },
    ],
    ["has a name that is not known", { name: "${var.name}" }, { name: unknown("${var.name} (not declared)") }],
    ["may not be there at all", { count: "${var.n}" }, { name: unknown("${var.n} (not declared)") }],
  ])("%s", (_, body, expected) => {
    const { source, ...found } = clusterOf(body);
    expect(found).toEqual({ ...DEFAULTS, address: found.address, stack: found.stack, ...expected });
    expect(source.file).toBe("cdk.tf.json");
  });

  test("has no words that vSphere does not know", () => {
    expect(mistakesOf(() => clusterOf({ drs_enabled: true, drs_automation_level: "full" }))).toContain(
      'vsphere_compute_cluster.c: drs_automation_level must be manual, partiallyAutomated, fullyAutomated, found "full"',
    );
  });

  test("is named with its stack where there are several", () => {
    const resource = { vsphere_compute_cluster: { c: { name: "gpu" } } };
    expect(readApp({ a: { resource }, b: {} }).clusters).toMatchObject([{ address: "a/vsphere_compute_cluster.c", stack: "a" }]);
  });

  test("is waited for by the VMs in it", () => {
    const vm = { resource_pool_id: "${vsphere_compute_cluster.c.resource_pool_id}" };
    expect(readVmOf(vm, { resource: { vsphere_compute_cluster: { c: { name: "gpu" } } } }).dependsOn).toEqual([
      "vsphere_compute_cluster.c",
    ]);
  });
});

const x = { vsphere_virtual_machine: { x: { name: "x" } } };
test.each([
  ["a VM of the stack", "${vsphere_virtual_machine.x.id}", known("vsphere_virtual_machine.x")],
  ["one by its uuid", "${vsphere_virtual_machine.x.uuid}", known("vsphere_virtual_machine.x")],
  ["one outside", "${data.vsphere_virtual_machine.old.id}", known("old-1")],
  ["who knows what", "${var.uuid}", unknown("${var.uuid} (not declared)")],
])("a snapshot is of %s", (_, uuid, vm) => {
  const data = { vsphere_virtual_machine: { old: { name: "old-1" } } };
  const resource = { ...x, vsphere_virtual_machine_snapshot: { s: { virtual_machine_uuid: uuid } } };
  expect(readStack({ data, resource }).snapshots).toMatchObject([{ address: "vsphere_virtual_machine_snapshot.s", vm }]);
});

test.each([
  [{}, undefined, undefined],
  [{ cpu_hot_add_enabled: true, memory_hot_add_enabled: false }, known(true), known(false)],
  [{ memory_hot_add_enabled: "${var.hot}" }, undefined, unknown("${var.hot} (not declared)")],
])("the hot add flags of %j", (body, cpuHotAdd, memoryHotAdd) => {
  const vm = readVmOf(body);
  expect([vm.cpuHotAdd, vm.memoryHotAdd]).toEqual([cpuHotAdd, memoryHotAdd]);
});

test.each([
  [{}, known("off")],
  [{ drs_enabled: true }, known("manual")],
  [{ drs_enabled: true, drs_automation_level: "partiallyAutomated" }, known("partiallyAutomated")],
  [{ drs_enabled: "${var.on}" }, unknown("${var.on} (not declared)")],
])("a DRS override that says %j", (body, drsLevel) => {
  const override = { virtual_machine_id: "${vsphere_virtual_machine.x.id}", ...body };
  expect(readStack({ resource: { ...x, vsphere_drs_vm_override: { r: override } } }).rules).toMatchObject([
    { kind: "drs-override", drsLevel },
  ]);
});
