import { known } from "../../lib/model";
import { readPlan } from "../../lib/stack";
import { diskFiles } from "./disk-files";
import { REAL_PLAN } from "./plans";

/** A plan that Terraform made with the vSphere provider: count, for_each, a module, data sources. */
describe("a plan that Terraform wrote", () => {
  const plan = readPlan(diskFiles, [REAL_PLAN], { variables: {}, variableFiles: [], stacks: [] });
  const mmio = known({ "pciPassthru.64bitMMIOSizeGB": "128", "pciPassthru.use64bitMMIO": "TRUE" });
  const common = {
    stack: "real",
    action: "create",
    memoryLockedToMax: known(true),
    cpuReservationMhz: known(0),
    hardwareVersion: known(19),
    firmware: known("efi"),
    datastores: ["LocalDS_0"],
    networks: ["VM Network"],
    createBeforeDestroy: false,
    ignoreChanges: [],
    dependsOn: [],
    latencySensitivity: known("normal"),
    madeFrom: known("template"),
    guestId: known("ubuntu64Guest"),
  };
  const vm = (address: string, cluster: string, name: string, cpus: number, memory: number, isForGpus: boolean, at: string) => ({
    ...common,
    source: { file: `test/data/plans/real/${at.split(":")[0]!}`, line: Number(at.split(":")[1]), column: 1 },
    address,
    label: name,
    name: known(name),
    cluster: known({ by: "name", name: cluster }),
    site: { datacenter: "DC0" },
    cpus: known(cpus),
    memoryMb: known(memory),
    memoryReservationMb: known(memory),
    extraConfig: isForGpus ? mmio : known({}),
    carriers: { templateName: known("gpu-template"), templateSite: { datacenter: "DC0" }, gpuIntent: isForGpus },
  });

  test("has its five VMs, each with all that the plan tells of it", () => {
    expect(plan.vms).toEqual([
      vm("vsphere_virtual_machine.counted[0]", "DC0_C0", "counted-0", 8, 65536, true, "main.tf:25"),
      vm("vsphere_virtual_machine.counted[1]", "DC0_C0", "counted-1", 8, 65536, true, "main.tf:25"),
      vm('vsphere_virtual_machine.each["a"]', "DC0_C0", "each-a", 8, 65536, false, "main.tf:60"),
      vm('vsphere_virtual_machine.each["b"]', "DC0_C0", "each-b", 16, 65536, false, "main.tf:60"),
      vm("module.mod.vsphere_virtual_machine.this", "DC0_C1", "in-module", 16, 131072, true, "mod/gpuvm/main.tf:11"),
    ]);
  });

  test("and nothing else", () => {
    const { vms, ...rest } = plan;
    expect(vms).toHaveLength(5);
    const nothing = { clusterChanges: [], deviceChanges: [], rules: [], notes: [], clusters: [], snapshots: [] };
    expect(rest).toEqual({ stacks: [{ name: "real", file: REAL_PLAN, dependsOn: [] }], ...nothing });
  });
});
