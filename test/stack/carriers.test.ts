import { known, unknown } from "../../lib/model";
import { mistakesOf, readApp, readStack, readVmOf, vmStack } from "./read";

const A100 = { vendor: 0x10de, device: 0x20f1 };
const request = (label?: string) => ({ kind: "dynamic", allowed: [A100], ...(label !== undefined && { label }) });
const template = (device: unknown, more: object = {}) => ({ resource: { passthru_template: { t: { device, ...more } } } });
const CLONE = { clone: { template_uuid: "${passthru_template.t.uuid}" } };

const sriov = (physical_function: string) => ({ adapter_type: "sriov", physical_function });

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
    ["an OVA by its file's name", { ovf_deploy: { local_ovf_path: "images/appliance.ova" } }, {}, { ovf: known("appliance.ova") }],
    [
      "an OVF without what may be secret in its URL",
      { ovf_deploy: { remote_ovf_url: "https://me:pw@files.lab/a/appliance.ovf?token=1/2#3" } },
      {},
      { ovf: known("appliance.ovf") },
    ],
    [
      "an OVA by its URL beside an empty path",
      { ovf_deploy: { local_ovf_path: "", remote_ovf_url: "https://files.lab/appliance.ova" } },
      {},
      { ovf: known("appliance.ova") },
    ],
    ["an OVF that is not known", { ovf_deploy: { remote_ovf_url: "${var.u}" } }, {}, { ovf: unknown("${var.u} (not declared)") }],
    ["an OVF without a file", { ovf_deploy: {} }, {}, { ovf: unknown("neither local_ovf_path nor remote_ovf_url is set") }],
    [
      "SR-IOV interfaces, a function for each",
      { network_interface: [{ network_id: "n" }, ...["3b:00.1", "0000:3b:00.0", "3b:00.1"].map(sriov)] },
      {},
      { sriov: known(["0000:3b:00.0", "0000:3b:00.1", "0000:3b:00.1"]) },
    ],
    [
      "an SR-IOV interface without its function",
      { network_interface: { adapter_type: "sriov" } },
      {},
      { sriov: unknown("an SR-IOV interface without physical_function") },
    ],
    ["ordinary interfaces are none", { network_interface: { adapter_type: "vmxnet3", physical_function: "" } }, {}, {}],
    [
      "a template by its inventory path",
      { clone: { template_uuid: "${data.vsphere_virtual_machine.t.id}" } },
      { data: { vsphere_virtual_machine: { t: { name: "/eu/dc-1/vm/gold/pair" } } } },
      { templateName: known("/eu/dc-1/vm/gold/pair"), templateSite: { datacenter: "eu/dc-1" } },
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
      "a device that a data source finds",
      { pci_device_id: ["${data.vsphere_host_pci_device.d.id}", "0000:af:00.0"] },
      {
        data: {
          vsphere_host: { h: { name: "h1" } },
          vsphere_host_pci_device: { d: { host_id: "${data.vsphere_host.h.id}", vendor_id: "0x10DE", name_regex: "${var.name}" } },
        },
        variable: { name: { default: "A100" } },
      },
      {
        static: known(["0000:af:00.0"]),
        found: [
          {
            words: "${data.vsphere_host_pci_device.d.id}",
            host: known({ by: "name", name: "h1" }),
            vendor: known(0x10de),
            nameRegex: known("A100"),
          },
        ],
      },
    ],
    ["an unknown pci_device_id", { pci_device_id: ["${var.device}"] }, {}, { static: unknown("${var.device} (not declared)") }],
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
    const { stackTemplate, ...carriers } = readStack(stack).vms[0]!.carriers;
    expect(carriers).toEqual({ gpuIntent: false, ...expected });
    // A finding about the template points at it.
    expect(stackTemplate?.address).toBe("template" in expected ? "passthru_template.t" : undefined);
  });

  test("the hardware version is the template's where the VM sets none", () => {
    const versions = [{}, { hardware_version: 21 }].map(
      (own) => readVmOf({ ...CLONE, ...own }, template([], { hardware_version: 19 })).hardwareVersion,
    );
    expect(versions).toEqual([known(19), known(21)]);
  });

  test("the hardware version of its own template is nothing new, and of another template not known", () => {
    const data = { vsphere_virtual_machine: { own: { name: "own" }, other: { name: "other" } } };
    const [own, other] = ["own", "other"].map((name) => {
      const clone = { template_uuid: "${data.vsphere_virtual_machine.own.id}" };
      return readVmOf({ clone, hardware_version: `\${data.vsphere_virtual_machine.${name}.hardware_version}` }, { data });
    });
    const open = (name: string) => unknown(`\${data.vsphere_virtual_machine.${name}.hardware_version} (known after apply)`);
    expect([own!.hardwareVersion, own!.hardwareOfTemplate]).toEqual([undefined, open("own")]);
    expect([other!.hardwareVersion, other!.hardwareOfTemplate]).toEqual([open("other"), undefined]);
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
    expect(notes).toMatchObject([{ rule: "extra-config-fixed-device", resource: "vsphere_virtual_machine.x" }]);
  });
});
