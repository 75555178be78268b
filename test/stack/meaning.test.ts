import { known, unknown } from "../../lib/model";
import { mistakesOf, readApp, readStack, readVmOf, vmStack } from "./read";

const cluster = { vsphere_compute_cluster: { c: { name: "gpu" } } };
const pool = (body: object) => ({ vsphere_resource_pool: { p: body } });
const hosts = { vsphere_host: { h: { name: "esx-01" } } };

describe("a VM's cluster and pool", () => {
  test.each<[string, string | undefined, object, object]>([
    [
      "data of a cluster",
      "${data.vsphere_compute_cluster.c.resource_pool_id}",
      { data: cluster },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    [
      "a cluster of the stack",
      "${vsphere_compute_cluster.c.resource_pool_id}",
      { resource: cluster },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    ["a literal id", "resgroup-9", {}, { cluster: known({ by: "id", id: "resgroup-9" }) }],
    [
      "a pool of the stack",
      "${vsphere_resource_pool.p.id}",
      { data: cluster, resource: pool({ name: "big", parent_resource_pool_id: "${data.vsphere_compute_cluster.c.resource_pool_id}" }) },
      { cluster: known({ by: "name", name: "gpu" }), resourcePool: known("big") },
    ],
    [
      "a pool in a pool",
      "${vsphere_resource_pool.q.id}",
      {
        resource: {
          vsphere_resource_pool: {
            p: { name: "outer", parent_resource_pool_id: "resgroup-1" },
            q: { name: "inner", parent_resource_pool_id: "${vsphere_resource_pool.p.id}" },
          },
        },
      },
      { cluster: known({ by: "id", id: "resgroup-1" }), resourcePool: known("inner") },
    ],
    [
      "data of a pool by its path",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "/dc/host/gpu/Resources/outer/inner" }) },
      { cluster: known({ by: "name", name: "gpu" }), resourcePool: known("inner") },
    ],
    [
      "the root pool by its path",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "gpu/Resources" }) },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    [
      "data of a pool by its name alone",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "inner" }) },
      { cluster: unknown("${data.vsphere_resource_pool.p.parent_resource_pool_id} (known after apply)"), resourcePool: known("inner") },
    ],
    [
      "data of a host",
      "${data.vsphere_host.h.resource_pool_id}",
      { data: hosts },
      { cluster: unknown("${data.vsphere_host.h.resource_pool_id} (the cluster of a host)") },
    ],
    [
      "pools in a ring",
      "${vsphere_resource_pool.p.id}",
      { resource: pool({ name: "p", parent_resource_pool_id: "${vsphere_resource_pool.p.id}" }) },
      { cluster: unknown("${vsphere_resource_pool.p.parent_resource_pool_id} (its parents have no end)"), resourcePool: known("p") },
    ],
    ["nothing", undefined, {}, { cluster: unknown("resource_pool_id is not set") }],
    ["a condition", '${true ? "a" : "b"}', {}, { cluster: known({ by: "id", id: "a" }) }],
    [
      "a cluster out of a list of them",
      "${element([for c in data.vsphere_compute_cluster.c : c.resource_pool_id], 1)}",
      { data: { vsphere_compute_cluster: { c: { count: 2, name: "gpu-${count.index}" } } } },
      { cluster: known({ by: "name", name: "gpu-1" }) },
    ],
  ])("are found through %s", (_, resource_pool_id, rest, expected) => {
    const { cluster: found, resourcePool } = readVmOf({ resource_pool_id }, rest);
    expect({ cluster: found, ...(resourcePool && { resourcePool }) }).toEqual(expected);
  });
});

describe("a VM's host", () => {
  test.each<[string, object, object]>([
    ["${data.vsphere_host.h.id}", { data: hosts }, known({ by: "name", name: "esx-01" })],
    ["${vsphere_host.h.id}", { resource: { vsphere_host: { h: { hostname: "esx-02" } } } }, known({ by: "name", name: "esx-02" })],
    ["${data.vsphere_host.h.id}", { data: { vsphere_host: { h: {} } } }, unknown("${data.vsphere_host.h.name} (known after apply)")],
    ["host-21", {}, known({ by: "id", id: "host-21" })],
    ["${var.h}", {}, unknown("${var.h} (not declared)")],
  ])("%s with %j", (host_system_id, rest, expected) => expect(readVmOf({ host_system_id }, rest).host).toEqual(expected));
});

test("datastores and networks have the names that the files give them", () => {
  const data = { vsphere_datastore: { a: { name: "vsan" } }, vsphere_network: { n: { name: "vlan" }, m: { name: "${var.x}" } } };
  const body = {
    datastore_id: "datastore-1",
    disk: { datastore_id: "${data.vsphere_datastore.a.id}" },
    dynamic: { network_interface: { for_each: ["n"], content: { network_id: "${data.vsphere_network[network_interface.value].id}" } } },
    network_interface: [{ network_id: "${data.vsphere_network.n.id}" }, { network_id: "${data.vsphere_network.m.id}" }],
  };
  expect(readVmOf(body, { data })).toMatchObject({ datastores: ["vsan"], networks: ["vlan"] });
});

const A100 = { vendor: 0x10de, device: 0x20f1 };
const request = (label?: string) => ({ kind: "dynamic", allowed: [A100], ...(label !== undefined && { label }) });
const template = (device: unknown, more: object = {}) => ({ resource: { passthru_template: { t: { device, ...more } } } });
const CLONE = { clone: { template_uuid: "${passthru_template.t.uuid}" } };

describe("a VM's request carriers", () => {
  test.each<[string, object, object, object]>([
    ["a template of the stack", CLONE, template({ allowed: ["0x10de:0x20f1"], label: "T" }), { template: known([request("T")]) }],
    [
      "its id, and clone as a list",
      { clone: [{ template_uuid: "${passthru_template.t.id}" }] },
      template([{ allowed: ["10de:20f1"] }]),
      { template: known([request()]) },
    ],
    ["a template without devices", CLONE, template(undefined), { template: known([]) }],
    ["an empty label", CLONE, template({ allowed: [], label: "" }), { template: known([{ kind: "dynamic", allowed: [] }]) }],
    [
      "dynamic device blocks",
      CLONE,
      template(undefined, {
        dynamic: {
          device: { for_each: "${range(2)}", iterator: "each_gpu", content: { allowed: ["10de:20f1"], label: "T${each_gpu.value}" } },
        },
      }),
      { template: known([request("T0"), request("T1")]) },
    ],
    ["an unknown allowed device", CLONE, template({ allowed: ["${var.id}"] }), { template: unknown("${var.id} (not declared)") }],
    ["unknown device blocks", CLONE, template("${var.devices}"), { template: unknown("${var.devices} (not declared)") }],
    [
      "a clone of a clone",
      { clone: { template_uuid: "${vsphere_virtual_machine.y.id}" } },
      { ...template({ allowed: ["10de:20f1"] }), other: CLONE },
      { template: known([request()]) },
    ],
    [
      "a data source by name",
      { clone: { template_uuid: "${data.vsphere_virtual_machine.t.id}" } },
      { data: { vsphere_virtual_machine: { t: { name: "ubuntu" } } } },
      { templateName: known("ubuntu") },
    ],
    [
      "a data source by uuid",
      { clone: { template_uuid: "${data.vsphere_virtual_machine.t.uuid}" } },
      { data: { vsphere_virtual_machine: { t: { uuid: "4211" } } } },
      { templateUuid: known("4211") },
    ],
    [
      "a content library item",
      { clone: { template_uuid: "${data.vsphere_content_library_item.t.id}" } },
      { data: { vsphere_content_library_item: { t: { name: "item" } } } },
      { templateName: known("item") },
    ],
    ["a literal uuid", { clone: { template_uuid: "4211-aa" } }, {}, { templateUuid: known("4211-aa") }],
    ["an unknown template", { clone: { template_uuid: "${var.t}" } }, {}, { templateName: unknown("${var.t} (not declared)") }],
    ["an unknown clone", { clone: "${var.c}" }, {}, { templateName: unknown("${var.c} (not declared)") }],
    [
      "extra_config",
      {
        extra_config: {
          "pciPassthru1.allowedDevices": "10de:20f1, 0x10de:0x20f1",
          "pciPassthru0.customLabel": "NIC",
          "pciPassthru0.present": "TRUE",
        },
      },
      {},
      {
        extraConfig: known([
          { kind: "dynamic", allowed: [], label: "NIC" },
          { kind: "dynamic", allowed: [A100, A100] },
        ]),
      },
    ],
    [
      "an unknown value in extra_config",
      { extra_config: { "pciPassthru0.allowedDevices": "${var.id}" } },
      {},
      { extraConfig: unknown("${var.id} (not declared)") },
    ],
    ["pci_device_id", { pci_device_id: ["AF:00.0", "0000:af:00.0"] }, {}, { static: known(["0000:af:00.0"]) }],
    ["no pci_device_id", { pci_device_id: [] }, {}, {}],
    [
      "an unknown pci_device_id",
      { pci_device_id: ["${data.vsphere_host_pci_device.d.id}"] },
      { data: { vsphere_host_pci_device: { d: {} } } },
      {
        static: unknown("${data.vsphere_host_pci_device.d.id} (known after apply)"),
      },
    ],
    [
      "metadata",
      { "//": { passthru: { accelerators: [{ allowed: ["10de:20f1"], label: "${local.l}", count: "${1 + 1}" }] } } },
      { locals: { l: "T" } },
      { metadata: known([request("T"), request("T")]), gpuIntent: true },
    ],
    ["empty metadata", { "//": { passthru: { accelerators: [] } } }, {}, { metadata: known([]) }],
    [
      "a vGPU in extra_config",
      { extra_config: { "pciPassthru1.vgpu": "grid_a100-40c", "pciPassthru0.VGPU": "${var.profile}" } },
      {},
      { vgpu: "pciPassthru0.VGPU", gpuIntent: false },
    ],
    ["a vGPU that is taken away", { extra_config: { "pciPassthru0.vgpu": "", "pciPassthru1.vgpu": null } }, {}, { gpuIntent: false }],
    ["sizes for GPUs", { extra_config: { "pciPassthru.use64bitMMIO": "TRUE" } }, {}, { gpuIntent: true }],
  ])("%s", (_, body, others, expected) => {
    const { other, ...rest } = others as { readonly other?: object };
    const stack = vmStack(body, rest) as { resource: { vsphere_virtual_machine: object } };
    Object.assign(stack.resource.vsphere_virtual_machine, other && { y: other });
    expect(readStack(stack).vms[0]!.carriers).toEqual({ gpuIntent: false, ...expected });
  });

  test("the hardware version is the template's where the VM sets none", () => {
    const versions = [{}, { hardware_version: 21 }].map(
      (own) => readVmOf({ ...CLONE, ...own }, template([], { hardware_version: 19 })).hardwareVersion,
    );
    expect(versions).toEqual([known(19), known(21)]);
  });

  test("a template of another stack carries its devices too", () => {
    const data = { terraform_remote_state: { "cross-stack-reference-input-b": {} } };
    const clone = { template_uuid: "${data.terraform_remote_state.cross-stack-reference-input-b.outputs.t}" };
    const other = { ...template({ allowed: ["10de:20f1"] }), output: { t: { value: "${passthru_template.t.uuid}" } } };
    expect(readApp({ a: vmStack({ clone }, { data }), b: other }, { a: ["b"] }).vms[0]!.carriers.template).toEqual(known([request()]));
  });

  test.each<[string, object, object, string]>([
    [
      "an id in a template",
      CLONE,
      template({ allowed: ["10de"] }),
      'cdk.tf.json:5:9  passthru_template.t: device must allow devices as "vendor:device" in hexadecimal, such as "10de:20f1", found "10de"',
    ],
    [
      "an id in extra_config",
      { extra_config: { "pciPassthru0.allowedDevices": "4318:8433:1" } },
      {},
      'x: extra_config must allow devices as "vendor:device"',
    ],
    ["an id in metadata", { "//": { passthru: { accelerators: [{ allowed: ["a100"] }] } } }, {}, "x: // must allow devices"],
    ["a count in metadata", { "//": { passthru: { accelerators: [{ allowed: [], count: 0 }] } } }, {}, "whole number from 1 to 1000"],
    ["metadata of another shape", { "//": { passthru: { accelerators: "two" } } }, {}, "x: // has passthru.accelerators that are no list"],
    [
      "a decimal address",
      { pci_device_id: ["00000:175:00.0"] },
      {},
      'pci_device_id must be a PCI address in hexadecimal, such as "0000:af:00.0", found "00000:175:00.0"',
    ],
    [
      "an address that is no text",
      { pci_device_id: [null] },
      {},
      'pci_device_id must be a PCI address in hexadecimal, such as "0000:af:00.0", found null',
    ],
  ])("with a wrong %s are mistakes", (_, body, rest, expected) => expect(mistakesOf(() => readVmOf(body, rest))).toContain(expected));

  test("a fixed device in extra_config is noted", () => {
    const { notes } = readStack(vmStack({ extra_config: { "pciPassthru0.id": "0000:AF:00.0" } }));
    expect(notes).toMatchObject([{ rule: "extra-config-fixed-device", severity: "warning", resource: "vsphere_virtual_machine.x" }]);
  });
});

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
