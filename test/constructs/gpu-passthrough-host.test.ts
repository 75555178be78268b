import { TerraformVariable } from "cdktf";
import { GpuPassthroughHost, HardwareLabel } from "../../constructs";
import { Json, newStack, resourcesOf } from "./fixtures";

const HOST = { hostSystemId: "host-21", devices: ["0000:af:00.0", "D8:00.0"] };

describe("a passthrough host", () => {
  test("makes one passthru_host_device for each address, enabled, in its canonical spelling", () => {
    const stack = newStack();
    new GpuPassthroughHost(stack, "esx-01", HOST);
    expect(resourcesOf(stack, "passthru_host_device")).toEqual([
      { host_system_id: "host-21", pci_id: "0000:af:00.0", enabled: true },
      { host_system_id: "host-21", pci_id: "0000:d8:00.0", enabled: true },
    ]);
  });

  test("takes over what is given", () => {
    const stack = newStack();
    new GpuPassthroughHost(stack, "esx-01", { ...HOST, enabled: false, applyNow: false });
    expect(resourcesOf(stack, "passthru_host_device")).toMatchObject(Array(2).fill({ enabled: false, apply_now: false }));
  });

  test("keeps a device's construct wherever it stands in the list", () => {
    const paths = (devices: string[]) =>
      new GpuPassthroughHost(newStack(), "esx-01", { ...HOST, devices }).devices.map(({ node }) => node.path);
    expect(paths(["0000:d8:00.0", "0000:af:00.0"])).toEqual(paths(["0000:af:00.0", "0000:d8:00.0"]).reverse());
  });

  test("takes an address that Terraform computes", () => {
    const stack = newStack();
    const address = new TerraformVariable(stack, "address", { type: "string" });
    new GpuPassthroughHost(stack, "esx-01", { ...HOST, devices: [address.stringValue, "0000:af:00.0"] });
    expect(resourcesOf(stack, "passthru_host_device").map((device) => device["pci_id"])).toEqual(["0000:af:00.0", "${var.address}"]);
  });

  test("says where it was asked for in its devices' metadata", () => {
    const stack = newStack();
    const { devices } = new GpuPassthroughHost(stack, "esx-01", HOST);
    const written = devices[0]!.toTerraform() as { resource: Record<string, Record<string, Json>> };
    expect(Object.values(written.resource["passthru_host_device"]!)[0]!["//"]).toMatchObject({
      passthru: { source: { file: "test/constructs/gpu-passthrough-host.test.ts", line: 38 } },
    });
  });

  test.each([
    ["no device", [], 'devices is empty; give at least one PCI address, as "0000:af:00.0"'],
    ["an invalid address", ["0000:af:00.8"], '"0000:af:00.8" in devices is no PCI address; write it as "0000:af:00.0"'],
    ["an address twice", ["0000:af:00.0", "AF:00.0"], '"0000:af:00.0" is twice in devices; give each device once'],
  ])("refuses %s", (_, devices, message) => {
    expect(() => new GpuPassthroughHost(newStack(), "esx-01", { ...HOST, devices })).toThrow(new Error(`training/esx-01: ${message}`));
  });
});

describe("a hardware label", () => {
  test("is set on each of its devices and makes no resource", () => {
    const stack = newStack();
    const { devices } = new GpuPassthroughHost(stack, "esx-01", HOST);
    const label = new HardwareLabel(stack, "label", { label: "Training", devices: devices.slice(0, 1) });
    expect(resourcesOf(stack, "passthru_host_device")).toEqual([
      { host_system_id: "host-21", pci_id: "0000:af:00.0", enabled: true, hardware_label: "Training" },
      { host_system_id: "host-21", pci_id: "0000:d8:00.0", enabled: true },
    ]);
    expect(label.devices).toEqual(devices.slice(0, 1));
  });

  test("is refused where a device has one already", () => {
    const stack = newStack();
    const { devices } = new GpuPassthroughHost(stack, "esx-01", HOST);
    new HardwareLabel(stack, "first", { label: "Training", devices });
    expect(() => new HardwareLabel(stack, "second", { label: "Inference", devices })).toThrow(
      new Error('training/second: training/esx-01/0000:af:00.0 has the label "Training" already; a device has one label'),
    );
  });

  test.each([
    ["", "the label is empty, which is no label; give it a name, as Training"],
    [" Training", 'the label " Training" begins or ends with white space, which counts; leave it out'],
  ])("is refused as %j", (text, message) => {
    const stack = newStack();
    const { devices } = new GpuPassthroughHost(stack, "esx-01", HOST);
    expect(() => new HardwareLabel(stack, "label", { label: text, devices })).toThrow(new Error(`training/label: ${message}`));
    expect(() => HardwareLabel.existing(text)).toThrow(new Error(message));
  });

  test("without devices is refused", () => {
    expect(() => new HardwareLabel(newStack(), "label", { label: "Training", devices: [] })).toThrow(
      new Error('training/label: label "Training" has no devices; give some, or use HardwareLabel.existing'),
    );
  });

  test("that others manage has no devices", () => {
    expect(HardwareLabel.existing("Training")).toEqual({ label: "Training", devices: [] });
  });
});
