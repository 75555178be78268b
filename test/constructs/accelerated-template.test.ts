import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { Testing, TerraformStack } from "cdktf";
import { AcceleratedTemplate, AcceleratedVmProps, Gpu, HardwareLabel } from "../../constructs";
import { newStack, newVm, resourcesOf, synthesized } from "./fixtures";

const UUID = "4211-ubuntu";

function templatesOf(stack: TerraformStack, ...vms: Partial<AcceleratedVmProps>[]) {
  vms.forEach((props, index) => newVm(stack, `vm-${index}`, props));
  return resourcesOf(stack, "passthru_template");
}

describe("a template copied from a source", () => {
  test("is shared by the VMs of a stack that ask for the same devices", () => {
    const template = AcceleratedTemplate.from(UUID);
    expect(templatesOf(newStack(), { template }, { template, cpus: 8 }, { template: AcceleratedTemplate.from(UUID) })).toHaveLength(1);
  });

  test.each<[string, Partial<AcceleratedVmProps>]>([
    ["source", { template: AcceleratedTemplate.from("4211-debian") }],
    ["number of devices", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count: 2 }] }],
    ["device", { accelerators: [{ gpu: Gpu.A100_PCIE_80GB }] }],
    ["label", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, label: HardwareLabel.existing("Training") }] }],
    ["datastore", { template: AcceleratedTemplate.from(UUID, { datastoreId: "datastore-2" }) }],
    ["folder", { template: AcceleratedTemplate.from(UUID, { folder: "templates" }) }],
  ])("is another one for another %s, under another name", (_, props) => {
    const templates = templatesOf(newStack(), {}, props);
    expect(templates).toHaveLength(2);
    expect(new Set(templates.map(({ name }) => name)).size).toBe(2);
  });

  test("carries each device as a block of its own", () => {
    const accelerators = [{ gpu: Gpu.A2, count: 2, label: HardwareLabel.existing("Inference") }, { gpu: Gpu.L4 }];
    const options = { datastoreId: "datastore-2", folder: "templates", linkedClone: true };
    expect(templatesOf(newStack(), { accelerators, template: AcceleratedTemplate.from(UUID, options) })).toEqual([
      {
        source_template_uuid: UUID,
        name: expect.stringMatching(/^passthru-training-[0-9a-f]{8}$/) as string,
        datastore_id: "datastore-2",
        folder: "templates",
        linked_clone: true,
        hardware_version: 17,
        device: [
          { allowed: ["10de:25b6"], label: "Inference" },
          { allowed: ["10de:25b6"], label: "Inference" },
          { allowed: ["10de:27b8"] },
        ],
        lifecycle: { create_before_destroy: true },
      },
    ]);
  });

  test("tells its clones their guest: that of the source, looked up once a stack and source", () => {
    const stack = newStack();
    newVm(stack, "a");
    newVm(stack, "b", { accelerators: [{ gpu: Gpu.L4 }] });
    newVm(stack, "c", { template: AcceleratedTemplate.from("4211-debian") });
    const found = synthesized(stack).data["vsphere_virtual_machine"]!;
    const guests = Object.entries(found).map(([id, { uuid }]) => [`\${data.vsphere_virtual_machine.${id}.guest_id}`, uuid]);
    expect(guests).toHaveLength(2);
    const sources = resourcesOf(stack, "vsphere_virtual_machine").map(
      (vm) => Object.fromEntries(guests)[vm["guest_id"] as string] as string,
    );
    expect(sources).toEqual([UUID, UUID, "4211-debian"]);
  });

  test("has the same name in every synth, and another one in another stack", () => {
    const name = (stack: string) => templatesOf(newStack(stack), {})[0]!["name"];
    expect(name("training")).toBe(name("training"));
    expect(name("inference")).not.toBe(name("training"));
  });

  test("of a source that is looked up is shared too, and its name follows what is found", () => {
    const stack = newStack();
    const source = new DataVsphereVirtualMachine(stack, "ubuntu", { name: "ubuntu" });
    const templates = templatesOf(
      stack,
      { template: AcceleratedTemplate.from(source.id) },
      { template: AcceleratedTemplate.from(source.id) },
    );
    expect(templates).toHaveLength(1);
    expect(templates[0]).toMatchObject({
      source_template_uuid: "${data.vsphere_virtual_machine.ubuntu.id}",
      name: expect.stringMatching(
        /^passthru-training-[0-9a-f]{8}-\$\{substr\(sha1\(join\("\|", \[data\.vsphere_virtual_machine\.ubuntu\.id\]\)\), 0, 8\)\}$/,
      ) as string,
    });
  });

  test("of a source that another stack looks up is not taken for one of the same name here", () => {
    const app = Testing.app();
    const [here, there] = [newStack("here", app), newStack("there", app)];
    const [mine, theirs] = [here, there].map((stack) => new DataVsphereVirtualMachine(stack, "ubuntu", { name: "ubuntu" }));
    const templates = templatesOf(
      here,
      { template: AcceleratedTemplate.from(mine!.id) },
      { template: AcceleratedTemplate.from(theirs!.id) },
    );
    expect(templates.map((template) => template["source_template_uuid"]).sort()).toEqual([
      expect.stringContaining("terraform_remote_state"),
      "${data.vsphere_virtual_machine.ubuntu.id}",
    ]);
  });
});

describe("a prepared template", () => {
  test("is looked up by its name, once a stack, and makes no resource of our provider", () => {
    const stack = newStack();
    const template = AcceleratedTemplate.prepared("ubuntu-a100", { datacenterId: "datacenter-2" });
    newVm(stack, "a", { template });
    newVm(stack, "b", { template: AcceleratedTemplate.prepared("ubuntu-a100", { datacenterId: "datacenter-2" }) });
    const { data, resource, terraform } = synthesized(stack);
    expect(Object.values(data["vsphere_virtual_machine"]!)).toEqual([{ name: "ubuntu-a100", datacenter_id: "datacenter-2" }]);
    const [id] = Object.keys(data["vsphere_virtual_machine"]!);
    for (const vm of Object.values(resource["vsphere_virtual_machine"]!)) {
      expect(vm["clone"]).toEqual({ template_uuid: `\${data.vsphere_virtual_machine.${id}.id}` });
      expect(vm["guest_id"]).toEqual(`\${data.vsphere_virtual_machine.${id}.guest_id}`);
    }
    expect(Object.keys(resource)).toEqual(["vsphere_virtual_machine"]);
    expect(terraform).toBeUndefined();
  });

  test("needs no data centre", () => {
    const stack = newStack();
    newVm(stack, "a", { template: AcceleratedTemplate.prepared("ubuntu-a100") });
    expect(Object.values(synthesized(stack).data["vsphere_virtual_machine"]!)).toEqual([{ name: "ubuntu-a100" }]);
  });
});
