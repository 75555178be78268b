import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcceleratedTemplate, GpuPassthroughHost, HardwareLabel } from "../../constructs";
import { describeWhere, readInventory, startVCenter, VCenter } from "./rig";
import { bundleProvider, Stack } from "./stack";

const A100 = "10de:20f1";
const PLAIN = "42110000-0000-4000-8000-000000000001";
const GPUS = ["0000:3b:00.0", "0000:af:00.0"];

interface Seen {
  readonly clusters: readonly {
    readonly hosts: readonly { name: string; devices: readonly { address: string; label?: string; passthrough?: string }[] }[];
    readonly vms: readonly { name: string; host: string; devices: readonly string[] }[];
    readonly templates: readonly { name: string; devices: readonly unknown[] }[];
  }[];
}

describeWhere(["go", "terraform"], "hosts, labels and a template, from CDKTF to power-on", () => {
  let vcenter: VCenter;
  let provider: ReturnType<typeof bundleProvider>;
  let stack: Stack;

  beforeAll(async () => {
    provider = bundleProvider();
    const host = (name: string, passthrough: "active" | "disabled") => ({
      name,
      esxi: "8.0.2",
      cpu_mhz: 100_000,
      memory_mb: 262_144,
      rebind_without_reboot: true,
      devices: [...GPUS.map((address) => ({ address, id: A100, passthrough })), { address: "0000:d8:00.0", id: A100, label: "Others" }],
    });
    vcenter = await startVCenter({
      clusters: [
        {
          name: "gpu",
          ha: { admission_control: "disabled" },
          hosts: [host("esx-01.lab", "disabled"), host("esx-02.lab", "active")],
          templates: [{ name: "plain", uuid: PLAIN, hardware_version: 15, memory_mb: 16_384 }],
        },
      ],
    });
  });
  afterEach(() => stack.remove());
  afterAll(async () => {
    provider.remove();
    await vcenter.stop();
  });

  /** As VMware's own client sees it. */
  const seen = async () => {
    const [cluster] = ((await readInventory(vcenter)) as Seen).clusters;
    if (!cluster) throw new Error("no cluster");
    const { hosts, vms, templates } = cluster;
    return {
      devices: Object.fromEntries(
        hosts.flatMap(({ name, devices }) =>
          devices.map((device) => [
            `${name.slice(0, 6)} ${device.address.slice(5, 7)}`,
            [device.passthrough, device.label ?? ""].join(" ").trim(),
          ]),
        ),
      ),
      vms: vms.map(({ name, host, devices }) => [name, host, ...devices]),
      templates: Object.fromEntries(templates.map(({ name, devices }) => [name, devices])),
    };
  };
  const govc = async (...args: readonly string[]): Promise<void> => {
    const { status, stderr } = await vcenter.govc(...args);
    if (status !== 0) throw new Error(stderr);
  };

  function synthesize(label: string): string {
    const outdir = mkdtempSync(join(tmpdir(), "passthru-synth-"));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "gpu-farm");
    // By default cdktf keeps the state in the folder of whoever synthesizes.
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const hosts = vcenter.ready.hosts.map(({ id, name }) => new GpuPassthroughHost(stack, name, { hostSystemId: id, devices: GPUS }));
    const training = new HardwareLabel(stack, "label", { label, devices: hosts.flatMap(({ devices }) => devices) });
    const template = AcceleratedTemplate.from(PLAIN).uuidFor(stack, [{ allowed: [A100], label: training.label }]);
    new TerraformOutput(stack, "template", { value: template });
    app.synth();
    const text = readFileSync(join(outdir, "stacks/gpu-farm/cdk.tf.json"), "utf8");
    rmSync(outdir, { recursive: true });
    return text;
  }

  const BEFORE = {
    "esx-01 3b": "disabled",
    "esx-01 af": "disabled",
    "esx-01 d8": "active Others",
    "esx-02 3b": "active",
    "esx-02 af": "active",
    "esx-02 d8": "active Others",
  };
  const labelled = (label: string) =>
    Object.fromEntries(Object.entries(BEFORE).map(([name, state]) => [name, name.endsWith("d8") ? state : `active ${label}`]));

  test("is made, found unchanged, relabelled, held by VMs, and taken back", async () => {
    stack = new Stack(provider.file, vcenter, { "cdk.tf.json": synthesize("Training") });
    await stack.must("init");
    expect(await stack.must("plan")).toContain("5 to add, 0 to change, 0 to destroy");
    expect((await seen()).devices).toEqual(BEFORE);

    await stack.apply();
    expect((await seen()).devices).toEqual(labelled("Training"));
    const [copy = ""] = Object.keys((await seen()).templates).filter((name) => name !== "plain");
    expect(copy).toMatch(/^passthru-gpu-farm-[0-9a-f]{8}$/);
    expect((await seen()).templates).toMatchObject({ plain: [], [copy]: [{ allowed: [A100], label: "Training" }] });
    expect(await stack.isSettled()).toBe(true);

    // A VM from it has its device at its first power-on, and only one that carries the label.
    for (const name of ["vm-1", "vm-2", "vm-3", "vm-4", "vm-5"]) {
      await govc("vm.clone", "-vm", copy, "-pool", "/dc-1/host/gpu/Resources", "-on=false", name);
      await govc("vm.change", "-vm", name, "-memory-pin=true");
    }
    for (const name of ["vm-1", "vm-2", "vm-3", "vm-4"]) await govc("vm.power", "-on", name);
    await expect(govc("vm.power", "-on", "vm-5")).rejects.toThrow("no free device");
    const held = (await seen()).vms.map(([, host, ...devices]) => [host, ...devices].join(" ")).sort();
    expect(held).toEqual(["esx-01.lab", "esx-02.lab"].flatMap((host) => GPUS.map((address) => `${host} ${address}`)));
    // Who holds a device is told, and is no change.
    expect(await stack.isSettled()).toBe(true);

    // Another label is another template: the new one is there before the old one goes. Running VMs keep their devices.
    stack.replace("cdk.tf.json", synthesize("Inference"));
    expect(await stack.apply()).toContain("1 added, 4 changed, 1 destroyed");
    expect((await seen()).devices).toEqual(labelled("Inference"));
    expect(Object.keys((await seen()).templates)).not.toContain(copy);
    expect((await seen()).vms).toHaveLength(4);
    expect(await stack.isSettled()).toBe(true);

    // Passthrough that a running VM needs is never taken away: of what was off before, nothing is restored.
    const refused = await stack.fails("destroy", "-auto-approve");
    expect(refused).toMatch(/0000:(3b|af):00\.0 of esx-01\.lab is held by VM vm-\d/);
    expect((await seen()).devices).toMatchObject({
      "esx-01 3b": "active Inference",
      "esx-01 af": "active Inference",
      "esx-02 3b": "active",
    });
    expect((await seen()).vms).toHaveLength(4);

    for (const name of ["vm-1", "vm-2", "vm-3", "vm-4", "vm-5"]) await govc("vm.destroy", name);
    await stack.must("destroy", "-auto-approve");
    expect((await seen()).devices).toEqual(BEFORE);
    expect(Object.keys((await seen()).templates)).toEqual(["plain"]);
  });
});
