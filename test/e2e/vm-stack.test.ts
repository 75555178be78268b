import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereNetwork } from "@cdktf/provider-vsphere/lib/data-vsphere-network";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcceleratedTemplate, AcceleratedVm, Gpu, GpuPassthroughHost, HardwareLabel } from "../../constructs";
import { describeWhere, describeWithVsphereProvider, readRunning, startVCenter, VCenter } from "./rig";
import { bundleProvider, Stack } from "./stack";

const PLAIN = "42110000-0000-4000-8000-000000000001";
const GPUS = ["0000:3b:00.0", "0000:af:00.0"];
/** Its waiters share one property collector, which the simulator can't. */
const ONE_AT_A_TIME = "-parallelism=1";

describeWhere(["go", "terraform"], "hosts, labels, templates and VMs in one stack", () => {
  describeWithVsphereProvider("VMs of the real vSphere provider", (mirrors) => {
    let vcenter: VCenter;
    let provider: ReturnType<typeof bundleProvider>;

    beforeAll(async () => {
      provider = bundleProvider();
      vcenter = await startVCenter({
        clusters: [
          {
            name: "gpu",
            ha: { admission_control: "disabled" },
            hosts: ["esx-01.lab", "esx-02.lab"].map((name) => ({
              name,
              esxi: "8.0.2",
              cpu_mhz: 100_000,
              memory_mb: 262_144,
              rebind_without_reboot: true,
              devices: GPUS.map((address) => ({ address, id: "10de:20f1", passthrough: "disabled" as const })),
            })),
            templates: [{ name: "plain", uuid: PLAIN, hardware_version: 15, memory_mb: 16_384 }],
          },
        ],
      });
    });
    afterAll(async () => {
      provider.remove();
      await vcenter.stop();
    });

    test("start with the devices that they ask for, are found unchanged, and go", async () => {
      const stack = new Stack(provider.file, vcenter, { "cdk.tf.json": synthesize(vcenter) }, mirrors);
      try {
        await stack.must("init");
        await stack.apply(ONE_AT_A_TIME);
        const running = await readRunning(vcenter);
        expect(Object.keys(running).sort()).toEqual(["train-1", "train-2"]);
        const held = Object.values(running).flatMap(({ host, devices }) => devices.map((address) => `${host} ${address}`));
        // Two each, and none twice.
        expect(new Set(held).size).toBe(4);
        expect(await stack.isSettled()).toBe(true);
        await stack.must("destroy", "-auto-approve", ONE_AT_A_TIME);
        expect(await readRunning(vcenter)).toEqual({});
      } finally {
        stack.remove();
      }
    }, 300_000);
  });
});

function synthesize({ ready }: VCenter): string {
  const outdir = mkdtempSync(join(tmpdir(), "passthru-synth-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "gpu-farm");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  // What it really uses are environment variables; its types demand these two.
  const vsphere = new VsphereProvider(stack, "vsphere", { user: ready.user, password: ready.password });
  vsphere.addOverride("user", null);
  vsphere.addOverride("password", null);
  stack.addOverride("terraform.required_providers.vsphere.version", ">= 2.15.0");
  const datacenterId = new DataVsphereDatacenter(stack, "dc", { name: "dc-1" }).id;
  const cluster = new DataVsphereComputeCluster(stack, "cluster", { name: "gpu", datacenterId });
  const datastoreId = new DataVsphereDatastore(stack, "store", { name: "datastore-1", datacenterId }).id;
  const network = new DataVsphereNetwork(stack, "net", { name: "VM Network", datacenterId });
  const hosts = ready.hosts.map(({ id, name }) => new GpuPassthroughHost(stack, name, { hostSystemId: id, devices: GPUS }));
  const label = new HardwareLabel(stack, "label", { label: "Training", devices: hosts.flatMap(({ devices }) => devices) });
  for (const name of ["train-1", "train-2"]) {
    const vm = new AcceleratedVm(stack, name, {
      cluster,
      template: AcceleratedTemplate.from(PLAIN),
      datastoreId,
      networkIds: [network.id],
      guestId: "ubuntu64Guest",
      cpus: 2,
      memoryMiB: 16_384,
      diskSizeGiB: 1,
      accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count: 2, label }],
    });
    // No guest ever comes up.
    vm.resource.addOverride("wait_for_guest_net_timeout", 0);
  }
  app.synth();
  const text = readFileSync(join(outdir, "stacks/gpu-farm/cdk.tf.json"), "utf8");
  rmSync(outdir, { recursive: true });
  return text;
}
