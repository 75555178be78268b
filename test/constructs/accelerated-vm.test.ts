import { ComputeCluster } from "@cdktf/provider-vsphere/lib/compute-cluster";
import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { Fn, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  AcceleratedTemplate,
  AcceleratedVm,
  AcceleratedVmProps,
  Gpu,
  GpuPassthroughHost,
  HardwareLabel,
  RestartPriority,
} from "../../constructs";
import { wrongNames } from "../known-arguments";
import { Json, newStack, newVm, resourcesOf, synthesized, withoutAccelerators } from "./fixtures";

const vmOf = (stack: TerraformStack): Json => resourcesOf(stack, "vsphere_virtual_machine")[0]!;

describe("an accelerated VM", () => {
  test("is a vsphere_virtual_machine with everything that passthrough needs, cloned from a template with its devices", () => {
    const stack = newStack();
    newVm(stack, "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count: 2 }] });
    const { resource } = synthesized(stack);
    const [templateId] = Object.keys(resource["passthru_template"]!);
    expect(resource["vsphere_virtual_machine"]).toEqual({
      "train-1_D3D76925": {
        name: "train-1",
        resource_pool_id: "resgroup-9",
        datastore_id: "datastore-1",
        guest_id: expect.stringMatching(/^\$\{data\.vsphere_virtual_machine\.template-source-[0-9a-f]{8}\.guest_id\}$/) as string,
        num_cpus: 16,
        memory: 131072,
        memory_reservation: 131072,
        memory_reservation_locked_to_max: true,
        firmware: "efi",
        extra_config: { "pciPassthru.use64bitMMIO": "TRUE", "pciPassthru.64bitMMIOSizeGB": "256" },
        disk: [{ label: "disk0", size: 100 }],
        network_interface: [{ network_id: "network-1" }],
        clone: { template_uuid: `\${passthru_template.${templateId}.uuid}` },
        lifecycle: { ignore_changes: ["clone"] },
      },
    });
    expect(Object.values(resource["passthru_template"]!)[0]).toMatchObject({
      source_template_uuid: "4211-ubuntu",
      hardware_version: 17,
      device: [{ allowed: ["10de:20f1"] }, { allowed: ["10de:20f1"] }],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("takes over what else is given", () => {
    const stack = newStack();
    newVm(stack, "train-1", {
      name: "trainer",
      folder: "gpu",
      guestId: "ubuntu64Guest",
      hardwareVersion: 20,
      diskSizeGiB: 500,
      networkIds: ["network-1", "network-2"],
      extraConfig: { "guestinfo.role": "training" },
      replaceOnTemplateChange: true,
    });
    expect(vmOf(stack)).toMatchObject({
      name: "trainer",
      folder: "gpu",
      guest_id: "ubuntu64Guest",
      hardware_version: 20,
      disk: [{ label: "disk0", size: 500 }],
      network_interface: [{ network_id: "network-1" }, { network_id: "network-2" }],
      extra_config: { "guestinfo.role": "training", "pciPassthru.use64bitMMIO": "TRUE", "pciPassthru.64bitMMIOSizeGB": "128" },
    });
    expect(vmOf(stack)).not.toHaveProperty("lifecycle");
  });

  test("looks no guest up that it is given", () => {
    const stack = newStack();
    newVm(stack, "train-1", { guestId: "ubuntu64Guest" });
    expect(synthesized(stack)).not.toHaveProperty("data");
  });

  test("writes names of the providers' schemas only", () => {
    const stack = newStack();
    newVm(stack, "train-1", { folder: "gpu", hardwareVersion: 20, extraConfig: { a: "1" }, replaceOnTemplateChange: true });
    const cluster = new ComputeCluster(stack, "gpu", { name: "gpu-prod", datacenterId: "dc" });
    newVm(stack, "train-2", { cluster, restartPriority: RestartPriority.HIGH });
    expect(wrongNames(synthesized(stack))).toEqual([]);
  });

  test("leaves the window of a GPU whose BAR1 is not known to who sizes it", () => {
    const accelerators = [{ gpu: Gpu.custom({ name: "Nova", ids: ["10de:2f00"] }) }];
    const keys = { "pciPassthru.use64bitMMIO": "TRUE", "pcipassthru.64bitmmiosizegb": "512" };
    const stack = newStack();
    newVm(stack, "nova", { accelerators, extraConfig: keys });
    expect(vmOf(stack)["extra_config"]).toEqual(keys);
    for (const extraConfig of [{}, { "pciPassthru.use64bitMMIO": "TRUE" }]) {
      expect(() => newVm(newStack(), "nova", { accelerators, extraConfig })).toThrow(
        "training/nova: the memory window of Nova is not known; give its bar1Gb, or pciPassthru.use64bitMMIO and " +
          "pciPassthru.64bitMMIOSizeGB in extraConfig",
      );
    }
  });

  test("gets a window that a workstation GPU can't exceed, whatever its display mode", () => {
    const stack = newStack();
    newVm(stack, "ws", { accelerators: [{ gpu: Gpu.RTX_A6000 }] });
    expect(vmOf(stack)["extra_config"]).toMatchObject({ "pciPassthru.64bitMMIOSizeGB": "128" });
  });

  test("gets no 64-bit MMIO keys where its GPUs need none", () => {
    const stack = newStack();
    newVm(stack, "t4", { accelerators: [{ gpu: Gpu.T4, count: 4 }] });
    expect(vmOf(stack)).not.toHaveProperty("extra_config");
  });

  test("pins no host", () => {
    const stack = newStack();
    newVm(stack);
    expect(vmOf(stack)).not.toHaveProperty("host_system_id");
  });

  test.each([
    ["the resource", (stack: TerraformStack) => new ComputeCluster(stack, "gpu", { name: "gpu-prod", datacenterId: "dc" }), ""],
    ["its data source", (stack: TerraformStack) => new DataVsphereComputeCluster(stack, "gpu", { name: "gpu-prod" }), "data."],
  ])("takes its cluster as %s", (_, makeCluster, prefix) => {
    const stack = newStack();
    newVm(stack, "train-1", { cluster: makeCluster(stack), restartPriority: RestartPriority.HIGH });
    expect(vmOf(stack)["resource_pool_id"]).toBe(`\${${prefix}vsphere_compute_cluster.gpu.resource_pool_id}`);
    expect(resourcesOf(stack, "vsphere_ha_vm_override")).toEqual([
      {
        compute_cluster_id: `\${${prefix}vsphere_compute_cluster.gpu.id}`,
        virtual_machine_id: "${vsphere_virtual_machine.train-1_D3D76925.id}",
        ha_vm_restart_priority: "high",
      },
    ]);
  });

  test("takes numbers and texts that Terraform computes", () => {
    const stack = newStack();
    const size = new TerraformVariable(stack, "size", { type: "number" });
    newVm(stack, "train-1", {
      name: size.stringValue,
      cpus: size.numberValue,
      memoryMiB: size.numberValue,
      diskSizeGiB: size.numberValue,
      hardwareVersion: size.numberValue,
    });
    expect(vmOf(stack)).toMatchObject({
      name: "${var.size}",
      num_cpus: "${var.size}",
      memory: "${var.size}",
      memory_reservation: "${var.size}",
      hardware_version: "${var.size}",
    });
  });

  test("says what was asked for and where in its metadata", () => {
    const stack = newStack();
    const label = HardwareLabel.existing("Training");
    newVm(stack, "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_80GB, count: 2, label }, { gpu: Gpu.T4 }] });
    const written = JSON.parse(JSON.stringify(stack.toTerraform())) as { resource: { vsphere_virtual_machine: Record<string, Json> } };
    expect(written.resource.vsphere_virtual_machine["train-1_D3D76925"]!["//"]).toEqual({
      metadata: { path: "training/train-1/Resource", uniqueId: "train-1_D3D76925" },
      passthru: {
        accelerators: [
          { allowed: ["10de:20b5"], label: "Training", count: 2 },
          { allowed: ["10de:1eb8"], count: 1 },
        ],
        source: { file: "test/constructs/fixtures.ts", line: 43 },
      },
    });
  });

  test("starts after the VMs that it is told to", () => {
    const stack = newStack();
    const large = newVm(stack, "large");
    newVm(stack, "small", { startAfter: [large, large] });
    expect(resourcesOf(stack, "vsphere_virtual_machine")).toMatchObject([
      { name: "large" },
      { name: "small", depends_on: ["vsphere_virtual_machine.large_5EDAFD7C"] },
    ]);
  });

  test("makes its stack start after the stack of the VMs that it is told to start after", () => {
    const app = Testing.app();
    const [first, second] = [newStack("first", app), newStack("second", app)];
    newVm(second, "small", { startAfter: [newVm(first, "large")] });
    expect(second.dependencies).toEqual([first]);
    expect(vmOf(second)).not.toHaveProperty("depends_on");
  });
});

describe("a label", () => {
  const host = (stack: TerraformStack) =>
    new GpuPassthroughHost(stack, "esx-01", { hostSystemId: "host-21", devices: ["af:00.0", "d8:00.0"] });

  test("makes the VM wait for its devices, in the same stack", () => {
    const stack = newStack();
    const label = new HardwareLabel(stack, "label", { label: "Training", devices: host(stack).devices });
    newVm(stack, "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, label }] });
    expect(vmOf(stack)["depends_on"]).toEqual([
      "passthru_host_device.esx-01_0000af000_20E9D248",
      "passthru_host_device.esx-01_0000d8000_880C4F2B",
    ]);
    expect(resourcesOf(stack, "passthru_template")).toMatchObject([{ device: [{ label: "Training" }] }]);
  });

  test("makes the VM's stack wait for the devices' stack, across stacks", () => {
    const app = Testing.app();
    const [farm, stack] = [newStack("farm", app), newStack("training", app)];
    const label = new HardwareLabel(farm, "label", { label: "Training", devices: host(farm).devices });
    newVm(stack, "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, label }] });
    expect(stack.dependencies).toEqual([farm]);
    expect(vmOf(stack)).not.toHaveProperty("depends_on");
  });

  test("that others manage makes the VM wait for nothing", () => {
    const stack = newStack();
    newVm(stack, "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, label: HardwareLabel.existing("Training") }] });
    expect(vmOf(stack)).not.toHaveProperty("depends_on");
  });

  test("is not waited for by a VM without it", () => {
    const stack = newStack();
    new HardwareLabel(stack, "label", { label: "Training", devices: host(stack).devices });
    newVm(stack);
    expect(vmOf(stack)).not.toHaveProperty("depends_on");
  });
});

describe("a VM with static devices", () => {
  const staticDevices = { hostSystemId: "host-21", addresses: ["AF:00.0", "0000:d8:00.0"], gpu: Gpu.A100_PCIE_40GB };

  test("is bound to its host and devices, and is cloned from the source itself", () => {
    const stack = newStack();
    new AcceleratedVm(stack, "fixed", withoutAccelerators({ staticDevices }));
    expect(vmOf(stack)).toMatchObject({
      host_system_id: "host-21",
      pci_device_id: ["0000:af:00.0", "0000:d8:00.0"],
      firmware: "efi",
      memory_reservation: 131072,
      extra_config: { "pciPassthru.64bitMMIOSizeGB": "256" },
      clone: { template_uuid: "4211-ubuntu" },
    });
    expect(synthesized(stack).resource).not.toHaveProperty("passthru_template");
  });

  test("has a source in its metadata and no accelerators", () => {
    const stack = newStack();
    const vm = new AcceleratedVm(stack, "fixed", withoutAccelerators({ staticDevices }));
    const { "//": comment } = Object.values(
      (vm.resource.toTerraform() as { resource: Record<string, Record<string, Json>> }).resource["vsphere_virtual_machine"]!,
    )[0]!;
    expect(Object.keys((comment as { passthru: Json }).passthru)).toEqual(["source"]);
  });
});

describe("an accelerated VM refuses", () => {
  const both = "static and dynamic devices on one VM crash the vSphere provider";
  const staticDevices = { hostSystemId: "host-21", addresses: ["0000:af:00.0"], gpu: Gpu.T4 };

  test.each<[string, Partial<AcceleratedVmProps>, string]>([
    ["an empty name", { name: "" }, "its name has 0 characters; give it 1 to 80"],
    ["a long name", { name: "x".repeat(81) }, "its name has 81 characters; give it 1 to 80"],
    ["half a CPU", { cpus: 0.5 }, "cpus is 0.5; give a whole number of at least 1"],
    ["no memory", { memoryMiB: 0 }, "memoryMiB is 0; give a multiple of 4 of at least 4"],
    ["memory that vSphere would round", { memoryMiB: 1023 }, "memoryMiB is 1023; give a multiple of 4 of at least 4"],
    ["memory that is not a number", { memoryMiB: NaN }, "memoryMiB is NaN; give a multiple of 4 of at least 4"],
    ["a disk without size", { diskSizeGiB: 0 }, "diskSizeGiB is 0; give a whole number of at least 1"],
    ["virtual hardware without dynamic devices", { hardwareVersion: 15 }, "hardwareVersion is 15; give a whole number of at least 17"],
    ["no GPU", { accelerators: [] }, "asks for no GPU; give accelerators, or use VirtualMachine"],
    ["a count of none", { accelerators: [{ gpu: Gpu.T4, count: 0 }] }, "count of T4 is 0; give a whole number of at least 1"],
    [
      "a count that is not known at synth",
      { accelerators: [{ gpu: Gpu.T4, count: Fn.abs(2) }] },
      "count of T4 is a reference; give a number, because it decides the template's devices",
    ],
    [
      "more devices than a VM can have",
      {
        accelerators: [
          { gpu: Gpu.T4, count: 100 },
          { gpu: Gpu.L4, count: 29 },
        ],
      },
      "asks for 129 devices; a VM has 128 at most",
    ],
    ["networks as one reference", { networkIds: Fn.tolist(["network-1"]) }, "networkIds is one reference to a list; give a list of ids"],
    [
      "an extra_config key that it sets itself, in any spelling",
      { extraConfig: { "pcipassthru.64bitmmiosizegb": "64" } },
      "extraConfig sets pcipassthru.64bitmmiosizegb, which is set to 128 for the GPUs already; leave it out",
    ],
    [
      "a device in extra_config",
      { extraConfig: { "pciPassthru0.allowedDevices": "0x10de:0x20f1" } },
      "extraConfig sets pciPassthru0.allowedDevices, which vCenter ignores; ask for the device in accelerators",
    ],
    [
      "a restart priority without a cluster to set it in",
      { restartPriority: RestartPriority.LOW },
      "restartPriority needs the cluster itself or its id, and cluster has only a resource pool",
    ],
    ["static beside dynamic devices", { staticDevices }, `has staticDevices and accelerators; ${both}: give one of them`],
    [
      "static devices on a prepared template",
      { staticDevices, accelerators: [], template: AcceleratedTemplate.prepared("ubuntu-a100") },
      `has staticDevices and a prepared template, which carries dynamic ones; ${both}: use AcceleratedTemplate.from`,
    ],
    [
      "no static device",
      { accelerators: [], staticDevices: { ...staticDevices, addresses: [] } },
      'staticDevices is empty; give at least one PCI address, as "0000:af:00.0"',
    ],
    [
      "an invalid static device",
      { accelerators: [], staticDevices: { ...staticDevices, addresses: ["0000:af:00"] } },
      '"0000:af:00" in staticDevices is no PCI address; write it as "0000:af:00.0"',
    ],
  ])("%s", (_, props, message) => {
    expect(() => newVm(newStack(), "train-1", props)).toThrow(new Error(`training/train-1: ${message}`));
  });
});
