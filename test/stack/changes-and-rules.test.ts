import { known, unknown } from "../../lib/model";
import { mistakesOf, readStack } from "./read";

describe("a device change", () => {
  const change = (body: object, rest: object = {}) =>
    readStack({ ...rest, resource: { passthru_host_device: { d: { host_system_id: "host-1", pci_id: "0000:AF:00.0", ...body } } } })
      .deviceChanges;

  test.each<[string, object, object]>([
    [
      "with defaults",
      {},
      { host: known({ by: "id", id: "host-1" }), pciAddress: known("0000:af:00.0"), applyNow: known(true), dependsOn: [] },
    ],
    ["that removes a label", { hardware_label: "" }, { hardwareLabel: known(undefined) }],
    [
      "that sets a label",
      { hardware_label: "T", enabled: false, apply_now: false },
      { hardwareLabel: known("T"), enabled: known(false), applyNow: known(false) },
    ],
    ["with an unknown label", { hardware_label: "${var.l}" }, { hardwareLabel: unknown("${var.l} (not declared)") }],
    [
      "of an unknown number",
      { count: "${var.n}" },
      { pciAddress: unknown("${var.n} (not declared)"), host: unknown("${var.n} (not declared)") },
    ],
  ])("%s", (_, body, expected) => expect(change(body)).toMatchObject([expected]));

  test("leaves alone what it does not say", () => {
    expect(change({})[0]).not.toHaveProperty("enabled");
    expect(change({})[0]).not.toHaveProperty("hardwareLabel");
  });

  test("is made for each instance", () => {
    expect(change({ for_each: { "af:00.0": "A", "b0:00.0": "B" }, pci_id: "${each.key}", hardware_label: "${each.value}" })).toMatchObject([
      { address: 'passthru_host_device.d["af:00.0"]', pciAddress: known("0000:af:00.0"), hardwareLabel: known("A") },
      { address: 'passthru_host_device.d["b0:00.0"]', pciAddress: known("0000:b0:00.0"), hardwareLabel: known("B") },
    ]);
  });

  test("with a wrong address is a mistake", () => {
    expect(mistakesOf(() => change({ pci_id: "af" }))).toContain("passthru_host_device.d: pci_id must be a PCI address");
  });
});

describe("rules and overrides", () => {
  const read = (resource: object, rest: object = {}) =>
    readStack({ ...rest, resource: { vsphere_virtual_machine: { a: { name: "va" }, b: { count: 2 } }, ...resource } });
  const ids = ["${vsphere_virtual_machine.a.id}", "${vsphere_virtual_machine.b[1].uuid}"];
  const groups = {
    vsphere_compute_cluster_vm_group: { g: { name: "vms", virtual_machine_ids: "${concat(vsphere_virtual_machine.b[*].id, [])}" } },
    vsphere_compute_cluster_host_group: { g: { name: "hosts", host_system_ids: ["host-1", "${data.vsphere_host.h.id}"] } },
  };
  const both = known(["vsphere_virtual_machine.b[0]", "vsphere_virtual_machine.b[1]"]);

  test.each<[string, object, object]>([
    [
      "an affinity rule",
      { vsphere_compute_cluster_vm_affinity_rule: { r: { virtual_machine_ids: ids, mandatory: true } } },
      {
        kind: "vm-affinity",
        mandatory: known(true),
        enabled: known(true),
        vms: known(["vsphere_virtual_machine.a", "vsphere_virtual_machine.b[1]"]),
      },
    ],
    [
      "an anti-affinity rule with a VM of no stack",
      {
        vsphere_compute_cluster_vm_anti_affinity_rule: {
          r: { virtual_machine_ids: ["${data.vsphere_virtual_machine.old.id}"], enabled: false },
        },
      },
      { kind: "vm-anti-affinity", mandatory: known(false), enabled: known(false), vms: known(["old-1"]) },
    ],
    [
      "a rule for an id that says nothing",
      { vsphere_compute_cluster_vm_anti_affinity_rule: { r: { virtual_machine_ids: ["4211"] } } },
      { vms: unknown("a VM that the stacks do not explain") },
    ],
    [
      "a host rule through groups",
      {
        ...groups,
        vsphere_compute_cluster_vm_host_rule: {
          r: { vm_group_name: "${vsphere_compute_cluster_vm_group.g.name}", affinity_host_group_name: "hosts" },
        },
      },
      {
        kind: "vm-host-affinity",
        vms: both,
        hosts: known([
          { by: "id", id: "host-1" },
          { by: "name", name: "esx-01" },
        ]),
      },
    ],
    [
      "a host rule that keeps away",
      { ...groups, vsphere_compute_cluster_vm_host_rule: { r: { vm_group_name: "vms", anti_affinity_host_group_name: "others" } } },
      { kind: "vm-host-anti-affinity", vms: both, hosts: unknown('the group "others" is not in the stacks') },
    ],
    [
      "a dependency rule",
      { ...groups, vsphere_compute_cluster_vm_dependency_rule: { r: { vm_group_name: "vms", dependency_vm_group_name: "vms" } } },
      { kind: "vm-dependency", vms: both },
    ],
    [
      "a DRS override",
      { vsphere_drs_vm_override: { r: { virtual_machine_id: ids[0] } } },
      { kind: "drs-override", vms: known(["vsphere_virtual_machine.a"]) },
    ],
  ])("%s", (_, resource, expected) => {
    const data = { vsphere_virtual_machine: { old: { name: "old-1" } }, ...{ vsphere_host: { h: { name: "esx-01" } } } };
    expect(read(resource, { data }).rules).toMatchObject([expected]);
  });

  const priorities = (...overrides: object[]) =>
    read({ vsphere_ha_vm_override: Object.fromEntries(overrides.map((body, at) => [`o${at}`, body])) }).vms.map(
      ({ restartPriority }) => restartPriority,
    );

  test.each<[string, object[], unknown[]]>([
    ["is the override's", [{ virtual_machine_id: ids[1], ha_vm_restart_priority: "high" }], [undefined, undefined, known("high")]],
    [
      "is the cluster's where the override says so",
      [{ virtual_machine_id: ids[0], ha_vm_restart_priority: "clusterRestartPriority" }],
      [undefined, undefined, undefined],
    ],
    ["is the cluster's where the override says nothing", [{ virtual_machine_id: ids[0] }], [undefined, undefined, undefined]],
    [
      "may be unknown",
      [{ virtual_machine_id: ids[0], ha_vm_restart_priority: "${var.p}" }],
      [unknown("${var.p} (not declared)"), undefined, undefined],
    ],
    ["is not touched by another VM's", [{ virtual_machine_id: "4211", ha_vm_restart_priority: "high" }], [undefined, undefined, undefined]],
    [
      "is unknown for every VM that an unknown override may be for",
      [{ virtual_machine_id: "${var.v}", ha_vm_restart_priority: "high" }],
      Array(3).fill(unknown("a vsphere_ha_vm_override may be for it: ${var.v} (not declared)")),
    ],
    [
      "is unknown with two overrides",
      [
        { virtual_machine_id: ids[0], ha_vm_restart_priority: "low" },
        { virtual_machine_id: ids[0], ha_vm_restart_priority: "high" },
      ],
      [unknown("two vsphere_ha_vm_override name it"), undefined, undefined],
    ],
  ])("a restart priority %s", (_, overrides, expected) => expect(priorities(...overrides)).toEqual(expected));

  test("a restart priority that there is not is a mistake", () => {
    expect(mistakesOf(() => priorities({ virtual_machine_id: ids[0], ha_vm_restart_priority: "top" }))).toContain(
      "ha_vm_restart_priority must be clusterRestartPriority, lowest",
    );
  });
});
