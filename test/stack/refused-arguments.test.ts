import { mistakesOf, readStack, readVmOf, vmStack } from "./read";

const sriov = { adapter_type: "sriov", physical_function: "0000:3b:00.0" };
const ordinary = { network_id: "network-7" };
const vapp = { resource: { vsphere_vapp_container: { a: { name: "a", parent_resource_pool_id: "resgroup-9" } } } };

describe("arguments that the vSphere provider refuses when it plans", () => {
  const said = (body: object, rest: object = {}) => readStack(vmStack(body, rest)).notes.map(({ rule, message }) => `${rule}: ${message}`);

  test.each<[string, object, object, string]>([
    [
      "a folder in a vApp",
      { folder: "gpu", resource_pool_id: "${vsphere_vapp_container.a.id}" },
      vapp,
      "sets folder, and is in a vApp, whose VMs have none; leave folder out",
    ],
    ["a datacenter", { datacenter_id: "datacenter-2" }, {}, "sets datacenter_id, which is for ovf_deploy only; leave it out"],
    [
      "both kinds of datastore",
      { datastore_id: "datastore-1", datastore_cluster_id: "group-p1" },
      {},
      "sets datastore_id and datastore_cluster_id; leave one out",
    ],
    [
      "both kinds of datastore by what a data source finds",
      { datastore_id: "${data.vsphere_datastore.a.id}", datastore_cluster_id: "${data.vsphere_datastore_cluster.a.id}" },
      { data: { vsphere_datastore: { a: {} }, vsphere_datastore_cluster: { a: {} } } },
      "sets datastore_id and datastore_cluster_id; leave one out",
    ],
    [
      "CPUs per NUMA node without a hardware version",
      { num_cores_per_numa_node: 4 },
      {},
      "sets num_cores_per_numa_node without hardware_version; set it to 20 or newer",
    ],
    [
      "an ordinary interface after an SR-IOV one",
      { network_interface: [sriov, ordinary] },
      {},
      "has an ordinary network_interface after an SR-IOV one; put SR-IOV ones last",
    ],
    [
      "more SR-IOV interfaces than a VM has",
      { network_interface: Array.from({ length: 11 }, () => sriov) },
      {},
      "has 11 SR-IOV interfaces, of which a VM has 10 at most",
    ],
    [
      "more ordinary interfaces than a VM has",
      { network_interface: Array.from({ length: 11 }, () => ordinary) },
      {},
      "has 11 ordinary interfaces, of which a VM has 10 at most",
    ],
    [
      "an SR-IOV interface without its function",
      { network_interface: [{ adapter_type: "sriov" }] },
      {},
      "has an SR-IOV interface without physical_function; set it to the address of a network card of its host",
    ],
    [
      "a bandwidth of an SR-IOV interface",
      { network_interface: [{ ...sriov, bandwidth_limit: 100, bandwidth_share_level: "high" }] },
      {},
      "sets bandwidth_limit and bandwidth_share_level of an SR-IOV interface, which has none; leave it out",
    ],
  ])("%s", (_, body, rest, refusal) => {
    expect(said(body, rest)).toEqual([`arguments-refused: vsphere_virtual_machine.x ${refusal}: the vSphere provider refuses the plan`]);
  });

  test.each<[string, object, object]>([
    ["a folder outside of a vApp", { folder: "gpu", resource_pool_id: "resgroup-9" }, {}],
    ["a VM in a vApp without a folder", { resource_pool_id: "${vsphere_vapp_container.a.id}" }, vapp],
    ["the datacenter of an OVF", { datacenter_id: "datacenter-2", ovf_deploy: { local_ovf_path: "a.ova" } }, {}],
    ["what is null", { folder: null, datacenter_id: null, datastore_id: "datastore-1", datastore_cluster_id: null }, {}],
    ["what is empty and is then not set", { folder: "", resource_pool_id: "${vsphere_vapp_container.a.id}", datacenter_id: "" }, vapp],
    [
      "what may be null",
      {
        folder: "${var.open ? var.open : null}",
        datacenter_id: "${var.open ? var.open : null}",
        datastore_id: "${var.open ? null : data.vsphere_datastore.a.id}",
        datastore_cluster_id: "${var.open ? data.vsphere_datastore_cluster.a.id : null}",
        num_cores_per_numa_node: "${var.open ? 4 : null}",
        resource_pool_id: "${vsphere_vapp_container.a.id}",
      },
      { ...vapp, variable: { open: { type: "bool" } }, data: { vsphere_datastore: { a: {} }, vsphere_datastore_cluster: { a: {} } } },
    ],
    ["CPUs per NUMA node with a hardware version that may be null", { num_cores_per_numa_node: 4, hardware_version: "${var.v}" }, {}],
    ["CPUs per NUMA node with a hardware version", { num_cores_per_numa_node: 4, hardware_version: 20 }, {}],
    ["a bandwidth of an ordinary interface", { network_interface: [{ ...ordinary, bandwidth_limit: 100 }, sriov] }, {}],
    [
      "ten interfaces of each kind",
      { network_interface: [...Array.from({ length: 10 }, () => ordinary), ...Array.from({ length: 10 }, () => sriov)] },
      {},
    ],
    ["SR-IOV interfaces that come last", { network_interface: [ordinary, sriov, sriov] }, {}],
  ])("but not %s", (_, body, rest) => {
    expect(said(body, rest)).toEqual([]);
  });
});

test.each<[string, object, string]>([
  ["a template", { clone: { template_uuid: "${data.vsphere_virtual_machine.t.id}" } }, "template"],
  ["a copy", { clone: { template_uuid: "${passthru_template.t.uuid}" } }, "template"],
  ["an item", { clone: { template_uuid: "${data.vsphere_content_library_item.t.id}" } }, "library-item"],
  ["a uuid", { clone: { template_uuid: "4211" } }, "template-or-item"],
  ["an OVF", { ovf_deploy: { local_ovf_path: "a.ova" } }, "ovf"],
  ["nothing", {}, "nothing"],
])("a VM is made from %s", (_, body, origin) => {
  const data = { vsphere_virtual_machine: { t: { name: "t" } }, vsphere_content_library_item: { t: { name: "t" } } };
  const resource = { passthru_template: { t: { device: [] } } };
  expect(readVmOf(body, { data, resource }).madeFrom).toEqual({ known: true, value: origin });
});

test("a block of which Terraform takes one is a mistake where there are two", () => {
  for (const name of ["clone", "ovf_deploy"]) {
    const stack = vmStack({ [name]: [{ template_uuid: "4211" }, { template_uuid: "4212" }] });
    expect(mistakesOf(() => readStack(stack))).toBe(
      `cdk.tf.json:6:9  vsphere_virtual_machine.x: ${name} must be one block at most, found 2`,
    );
  }
});
