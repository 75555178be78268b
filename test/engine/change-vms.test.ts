import { Change, judge as judgePrepared, prepare } from "../../lib/engine";
import { Cluster, InputError, known, Plan, PlanVm, unknown } from "../../lib/model";
import { cluster, ha, hosts, inventory, plan, planned, running, vm } from "../reference/notation";

describe("the VMs of a host that is taken away", () => {
  const fail: Change = { kind: "fail-host", host: "h1", vms: "restart" };
  const of = (more: Partial<Cluster> = {}) => cluster({ hosts: hosts("h1[A*2,T] h2[A,T]"), vms: [running("old", "h1", [2])], ...more });
  const asked = (action: PlanVm["action"], devices: string, more: Partial<PlanVm> = {}): Plan =>
    plan([vm("old", devices, { action, ...more })]);
  const imported: Partial<PlanVm> = { carriers: { gpuIntent: false }, memoryReservationMb: known(1024) };

  test.each<[string, Plan, string[]]>([
    ["in no stack restarts by what it holds", plan([]), ["planned.old"]],
    ["in a stack is created by it", asked("from-stack", "T"), ["vsphere_virtual_machine.old"]],
    ["that a plan leaves alone restarts by its stack's requests", asked("none", "A"), ["planned.old"]],
    ["that a plan leaves alone, and says nothing of, restarts by what it holds", asked("none", "", imported), ["planned.old"]],
    ["that a plan reboots starts as it is after that", asked("reboot", "A"), ["vsphere_virtual_machine.old"]],
    ["that a plan reboots, and says nothing of, keeps what it had", asked("reboot", "", imported), ["vsphere_virtual_machine.old"]],
    ["that a plan adds memory to starts as it is after that", asked("hot-add", "A"), ["vsphere_virtual_machine.old"]],
    ["that a plan powers on is powered on", asked("power-on", "A", { isOff: true }), ["vsphere_virtual_machine.old"]],
    [
      "that a plan reboots, and whose changed clone it ignores, keeps what it had",
      asked("reboot", "I,I", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    [
      "in a stack that ignores its changed clone keeps what it had",
      asked("from-stack", "I,I", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    [
      "that a plan replaces asks as it is made",
      asked("replace-create-first", "A", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    ["that a plan deletes is gone", asked("delete", "T"), []],
  ])("one %s", (_, given, on) => {
    const [judged] = judgePrepared(prepare(given, inventory(of())).with(fail)).clusters;
    expect(judged!.powerOn.verdict).toBe("guaranteed");
    const holders = judged!.hosts.flatMap(({ name, devices }) => devices.flatMap(({ holder }) => (holder ? [[name, holder.vm]] : [])));
    expect(holders).toEqual(on.map((name) => ["h2", name]));
  });

  test("restart with what an update raises while they run; where that is not known, so is what restarts", () => {
    const restarted = (memoryReservationMb: PlanVm["memoryReservationMb"]) =>
      prepare(asked("none", "T", { reconfigures: true, memoryReservationMb }), inventory(of())).with(fail);
    const raised = restarted(known(2048)).inventory.clusters[0]!.planned;
    expect(raised.map(({ memoryReservationMb }) => memoryReservationMb)).toEqual([2048]);
    expect(judgePrepared(restarted(unknown("${m}"))).clusters[0]!.powerOn.verdict).toBe("unknown");
  });

  test("are under the rules that they were under", () => {
    const rule = {
      kind: "vm-anti-affinity" as const,
      address: "rule",
      stack: "s",
      mandatory: known(true),
      enabled: known(true),
      vms: known(["vsphere_virtual_machine.old", "vsphere_virtual_machine.v"]),
      source: { file: "x", line: 1 },
    };
    const given = { ...plan([vm("old", "T", { action: "none" }), vm("v", "A", { action: "create" })]), rules: [rule] };
    const failed = prepare(given, inventory(of({ ha: ha(0) }))).with(fail);
    expect(failed.plan.rules[0]!.vms).toEqual(known(["old", "vsphere_virtual_machine.v"]));
  });

  test("are not restarted where several VMs of the plan say that they are one of them", () => {
    const both = plan([vm("old", "T", { action: "none" }), vm("twin", "T", { action: "none", name: known("old") })]);
    expect(() => prepare(both, inventory(of())).with(fail)).toThrow(
      '2 VMs of the plan say that they are vm "old": which restarts is not known',
    );
  });

  test("of one name in several folders restart by what they hold, unless the plan may mean one of them", () => {
    const twins = ["a", "b"].map((folder, index) => running("old", "h1", [index], { folder }));
    const both = inventory(cluster({ hosts: hosts("h1[A*2] h2[A*3]"), vms: twins }));
    expect(
      prepare(plan([]), both)
        .with(fail)
        .inventory.clusters[0]!.planned.map(({ name }) => name),
    ).toEqual(["a/old", "b/old"]);
    const message = 'several VMs are called "old": it is not known which of them the plan means';
    expect(() => prepare(asked("from-stack", "A"), both).with(fail)).toThrow(message);
  });

  test("are left out, in plan and inventory, where they are gone", () => {
    const gone = prepare(asked("none", "T"), inventory(of())).with({ ...fail, vms: "gone" });
    expect([gone.plan.vms, gone.inventory.clusters[0]!.vms]).toEqual([[], []]);
  });
});

describe("a change that can't be made says why, and what was probably meant", () => {
  const held = cluster({
    hosts: hosts("h1[A*2] h2[A]"),
    vms: [running("old", "h1", [0]), running("bound", "h2", [0], { static: true })],
    planned: [planned("next", "A")],
    resourcePools: [{ name: "gpu", expandable: true, source: { file: "x", line: 1 } }],
  });
  const at = { host: "h1", device: "0000:01:00.0" };
  const shape = planned("more", "A");

  test.each<[Change, string]>([
    [{ kind: "fail-host", host: "h3", vms: "gone" }, 'i.hcl  there is no host "h3"; did you mean "h1"?'],
    [{ kind: "fail-host", host: "h1", vms: "gone", cluster: "C1" }, 'i.hcl  there is no cluster "C1"; did you mean "c"?'],
    [{ kind: "fail-host", host: "twin", vms: "gone" }, 'i.hcl  several clusters have a host "twin": name the cluster'],
    [
      { kind: "drain-host", host: "h2", vms: "restart" },
      'notation:1  vm "bound" is bound to devices of host "h2" and can\'t restart elsewhere: leave it out first',
    ],
    [{ kind: "add-host", cluster: "c", host: hosts("h2[]")[0]! }, 'notation:1  cluster "c" has a host "h2" already'],
    [
      { kind: "add-host", cluster: "c", host: { ...hosts("h9[]")[0]!, id: "host-h2" } },
      'notation:1  host "h2" has the id "host-h2" already',
    ],
    [{ kind: "copy-host", host: "h1", name: "h2" }, 'notation:1  cluster "c" has a host "h2" already'],
    [
      { kind: "label-device", ...at, device: "0000:01:00.1", label: "x" },
      'notation:1  host "h1" has no device "0000:01:00.1"; did you mean "0000:01:00.0"?',
    ],
    [{ kind: "enable-device", ...at, device: "gpu" }, 'notation:1  host "h1" has no device "gpu"'],
    [
      { kind: "disable-device", ...at },
      'notation:1  device "0000:01:00.0" of host "h1" can\'t be disabled: vm "old" runs with it; leave that out, too',
    ],
    [{ kind: "add-vms", cluster: "c", shape: planned("next", "A") }, 'notation:1  cluster "c" has a planned VM "next" already'],
    [
      { kind: "add-vms", cluster: "c", shape: { ...shape, count: 0.5 } },
      'notation:1  there can\'t be 0.5 of the VM "more": expected 1 to 10000',
    ],
    [
      { kind: "add-vms", cluster: "c", shape: { ...shape, resourcePool: "gpus" } },
      'notation:1  cluster "c" has no resource pool "gpus"; did you mean "gpu"?',
    ],
    [{ kind: "leave-out-vm", vm: "olt" }, 'i.hcl  there is no VM "olt"; did you mean "old"?'],
    [{ kind: "leave-out-vm", vm: "both" }, 'i.hcl  several clusters have a VM "both": name the cluster'],
  ])("%j", (asked, message) => {
    const twin = (name: string) => cluster({ name, hosts: hosts("twin[]"), vms: [running("both", "twin", [])] });
    const prepared = prepare(plan([]), { files: ["i.hcl"], clusters: [held, twin("far"), twin("farther")] });
    expect(() => prepared.with(asked)).toThrow(InputError);
    expect(() => prepared.with(asked)).toThrow(message);
  });
});
