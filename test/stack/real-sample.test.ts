import { known, Plan } from "../../lib/model";
import { readPlan } from "../../lib/stack";
import { diskFiles } from "./disk-files";

/** What cdktf 0.21 with the vSphere bindings really writes: two stacks, references across them, count, for_each, `//` metadata. */
describe("an app that cdktf synthesized", () => {
  const folder = "test/data/stacks/two-stacks.out";
  const plan: Plan = readPlan(diskFiles, [folder], { variables: {}, variableFiles: [], stacks: [] });
  const vm = (address: string) => plan.vms.find((each) => each.address === `training/vsphere_virtual_machine.${address}`)!;

  test("has its stacks in order", () => {
    expect(plan.stacks.map(({ name, dependsOn }) => ({ name, dependsOn }))).toEqual([
      { name: "platform", dependsOn: [] },
      { name: "training", dependsOn: ["platform"] },
    ]);
  });

  test("has every instance of its VMs", () => {
    expect(plan.vms.map(({ label }) => label)).toEqual(["train-big", "train-head", "infer-a", "infer-b", "train-0", "train-1", "train-2"]);
  });

  test("resolves names, locals and what another stack exports", () => {
    expect(vm("worker[1]")).toMatchObject({
      name: known("train-1"),
      cluster: known({ by: "name", name: "gpu-prod" }),
      resourcePool: known({ path: ["gpu"], fromRoot: true, isMade: true }),
      cpus: known(16),
      memoryMb: known(65536),
      memoryReservationMb: known(65536),
      memoryLockedToMax: known(true),
      hardwareVersion: known(19),
      firmware: known("efi"),
      datastores: ["vsan"],
      networks: ["vlan-10"],
      createBeforeDestroy: true,
      ignoreChanges: ["clone"],
      dependsOn: ["platform/vsphere_resource_pool.pool", "training/vsphere_virtual_machine.head"],
      constructPath: "training/worker",
      carriers: { templateName: known("ubuntu-a100"), gpuIntent: false },
    });
    expect(vm('infer["b"]')).toMatchObject({ memoryMb: known(8192), host: known({ by: "name", name: "esx-01.lab" }) });
  });

  test("finds the requests in each of their carriers", () => {
    const a100 = { vendor: 0x10de, device: 0x20f1 };
    const training = [{ kind: "dynamic", allowed: [a100], label: "Training" }];
    expect(vm("head").carriers).toEqual({
      templateName: known("ubuntu-a100"),
      templateSite: { datacenter: "dc-1", vcenter: { text: "vc.lab", isPart: false } },
      extraConfig: known(training),
      metadata: known(training),
      gpuIntent: true,
    });
    expect(vm('infer["a"]').carriers).toEqual({ static: known(["0000:af:00.0"]), gpuIntent: false });
    expect(vm("big").carriers.template).toEqual(
      known([...training, { kind: "dynamic", allowed: [a100, { vendor: 0x10de, device: 0x20b5 }] }]),
    );
    expect(vm("big").hardwareVersion).toEqual(known(20));
  });

  test("says where each part comes from", () => {
    expect(vm("head").source).toEqual({ file: "stacks/training.ts", line: 42 });
    expect(vm("big").source).toEqual({ file: `${folder}/stacks/training/cdk.tf.json`, line: 154, column: 7 });
  });

  test("has its device changes and rules", () => {
    expect(plan.deviceChanges).toMatchObject([
      {
        address: "training/passthru_host_device.gpu-0",
        host: known({ by: "name", name: "esx-01.lab" }),
        pciAddress: known("0000:af:00.0"),
        enabled: known(true),
        hardwareLabel: known("Training"),
        applyNow: known(true),
      },
    ]);
    expect(vm("big").dependsOn).toEqual(["platform/vsphere_resource_pool.pool", "training/passthru_host_device.gpu-0"]);
    expect(vm("head").restartPriority).toEqual(known("high"));
    expect(plan.rules.map(({ kind, vms }) => ({ kind, vms }))).toEqual([
      { kind: "vm-anti-affinity", vms: known(["training/vsphere_virtual_machine.head", "training/vsphere_virtual_machine.worker[0]"]) },
      { kind: "ha-override", vms: known(["training/vsphere_virtual_machine.head"]) },
    ]);
    expect(plan.notes).toEqual([]);
  });
});
