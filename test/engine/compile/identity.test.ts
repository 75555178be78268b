import { judge } from "../judge";
import { Cluster, ClusterJudgement, known, PlanVm, RunningVm, unknown } from "../../../lib/model";
import { cluster, hosts, inventory, plan, requests, running, vm } from "../../reference/notation";

/** One host with two A100; `v` runs there on the first. */
function judged(planned: Partial<PlanVm>, runs: Partial<RunningVm> = {}, asks = "A", more: Partial<Cluster> = {}): ClusterJudgement {
  const of = cluster({
    hosts: hosts("h1[A*2]"),
    vms: [running("v", "h1", [0], { cpus: 2, firmware: "efi", hardwareVersion: 19, ...runs })],
    ...more,
  });
  return judge(plan([vm("v", asks, { cpus: known(2), ...planned })]), inventory(of)).clusters[0]!;
}

const actions = ({ powerOn }: ClusterJudgement): readonly string[] | undefined => powerOn.succeeding?.steps.map(({ action }) => action);
const REBOOT = ["power-off", "power-on"];
const REPLACE = ["delete", "power-on"];
const CREATE_FIRST = ["power-on", "delete"];

describe("a synthesized VM that runs already (O7)", () => {
  test.each<[string, Partial<PlanVm>, Partial<RunningVm>, string, readonly string[]]>([
    ["is nothing new", {}, {}, "A", []],
    ["reboots for CPUs", { cpus: known(4) }, {}, "A", REBOOT],
    ["reboots for memory", { memoryMb: known(2048), memoryReservationMb: known(2048) }, {}, "A", REBOOT],
    ["reboots for its firmware", { firmware: known("bios") }, {}, "A", REBOOT],
    ["reboots for its hardware version", { hardwareVersion: known(21) }, {}, "A", REBOOT],
    ["is replaced for what its template carries", {}, {}, "A,A", REPLACE],
    ["is replaced for declared requests that differ", {}, { requests: requests("T") }, "A", REPLACE],
    ["is left alone where declared requests are the same", {}, { requests: requests("A") }, "A", []],
    ["is replaced create-first where the stack says so", { createBeforeDestroy: true }, { requests: requests("T") }, "A", CREATE_FIRST],
    ["ignores what it is told to", { cpus: known(4), ignoreChanges: ["num_cpus"] }, {}, "A", []],
    ["ignores a changed clone", { ignoreChanges: ["clone"] }, {}, "A,A", []],
    ["ignores everything", { cpus: known(4), ignoreChanges: ["all"] }, {}, "A,A", []],
  ])("%s", (_, planned, runs, asks, expected) => {
    expect(actions(judged(planned, runs, asks))).toEqual(expected);
  });

  test.each<[string, Partial<PlanVm>, string, string]>([
    ["what the stack says, where it holds that", {}, "T", "fails"],
    ["what it holds, where it ignores its clone and the stack says another label", { ignoreChanges: ["clone"] }, "I", "fails"],
    ["what it holds, where it ignores everything", { ignoreChanges: ["all"] }, "I", "fails"],
    ["what it holds, where it ignores its clone and nothing says what that carries", { ignoreChanges: ["clone"] }, "", "fails"],
    ["what the stack says, where its clone fits what it holds", { ignoreChanges: ["clone"] }, "A", "survives"],
  ])("restarts by %s", (_, planned, asks, expected) => {
    const ha = { hostFailuresToTolerate: 1, admissionControl: "disabled", defaultRestartPriority: "medium" } as const;
    expect(judged(planned, {}, asks, { hosts: hosts("h1[T] h2[I]"), ha }).failover.verdict).toBe(expected);
  });

  test.each<[string, Partial<PlanVm>, Partial<RunningVm>, readonly string[], readonly string[]]>([
    ["stays so where nothing is different", {}, {}, [], ["stays-off"]],
    ["is powered on where its CPUs are different", { cpus: known(4) }, {}, ["power-on"], ["powers-on"]],
    ["is made anew for declared requests that differ", {}, { requests: requests("T") }, ["power-on"], []],
    ["stays so where a plan leaves it alone", { action: "none" }, {}, [], ["stays-off"]],
    ["is powered on where a plan reconfigures it", { action: "none", reconfigures: true }, {}, ["power-on"], ["powers-on"]],
    ["is powered on where a plan would reboot it", { action: "reboot" }, {}, ["power-on"], ["powers-on"]],
    ["gives nothing back where a plan deletes it", { action: "delete" }, {}, [], []],
  ])("that the inventory declares to be off %s", (_, planned, off, expected, remarks) => {
    const { devices: _none, ...rest } = running("v", "h1", [], { cpus: 2, ...off });
    const of = cluster({ hosts: hosts("h1[A]"), poweredOff: [rest] });
    const judgement = judge(plan([vm("v", "A", { cpus: known(2), ...planned })]), inventory(of)).clusters[0]!;
    expect({ steps: actions(judgement), remarks: judgement.remarks.map(({ kind }) => kind) }).toEqual({ steps: expected, remarks });
  });

  test("an undeclared field is not different", () => {
    const { cpus: _, ...bare } = running("v", "h1", [0]);
    const of = cluster({ hosts: hosts("h1[A*2]"), vms: [bare] });
    expect(actions(judge(plan([vm("v", "A", { cpus: known(64) })]), inventory(of)).clusters[0]!)).toEqual([]);
  });

  test.each<[string, Partial<PlanVm>, string]>([
    ["is nothing new for a VM that is made", { name: known("new") }, "guaranteed"],
    ["may be newer than a running VM's", {}, "unknown"],
  ])("the template's hardware version %s", (_, planned, verdict) => {
    expect(judged({ ...planned, hardwareOfTemplate: unknown("${data.t.hardware_version}") }).powerOn.verdict).toBe(verdict);
  });

  test("two VMs of one name are not told apart, and never pass", () => {
    const of = cluster({ hosts: hosts("h1[A*2]"), vms: [running("v", "h1", [0])] });
    const twice = plan([vm("v", "A"), vm("w", "A", { name: known("v") })]);
    expect(judge(twice, inventory(of)).clusters[0]!.powerOn).toMatchObject({ verdict: "unknown", complete: false });
  });

  test("a name that is not known may be any of them", () => {
    expect(judged({ name: unknown("${var.name}") }).powerOn).toMatchObject({
      verdict: "unknown",
      why: [expect.stringContaining("${var.name}")],
    });
  });
});

describe("a VM of a Terraform plan", () => {
  test.each<[PlanVm["action"], readonly string[]]>([
    ["none", []],
    ["reboot", REBOOT],
    ["replace-destroy-first", REPLACE],
    ["replace-create-first", CREATE_FIRST],
    ["delete", ["delete"]],
  ])("%s", (action, expected) => {
    expect(actions(judged({ action }))).toEqual(expected);
  });

  test("is found under the name that it runs under", () => {
    expect(actions(judged({ action: "reboot", name: known("renamed"), runningName: known("v") }))).toEqual(REBOOT);
  });

  test("restarts with the plan's requests where it is unchanged", () => {
    const of = cluster({
      hosts: hosts("h1[T] h2[A]"),
      vms: [running("v", "h1", [0])],
      ha: { hostFailuresToTolerate: 1, admissionControl: "disabled", defaultRestartPriority: "medium" },
    });
    const verdict = (batch: PlanVm): string => judge(plan([batch]), inventory(of)).clusters[0]!.failover.verdict;
    expect(verdict(vm("v", "A", { action: "none" }))).toBe("survives");
    expect(verdict(vm("v", "T", { action: "none" }))).toBe("fails");
  });

  const missing = (action: PlanVm["action"], asks: string, more: Partial<Cluster> = {}, rest: Partial<PlanVm> = {}) =>
    judge(plan([vm("gone", asks, { action, ...rest })]), inventory(cluster({ hosts: hosts("h1[A]"), ...more }))).clusters[0]!.powerOn;

  test.each(["none", "hot-add", "reboot", "replace-destroy-first", "replace-create-first", "delete"] as const)(
    "that exists but is in no inventory holds devices nobody knows which: %s",
    (action) => {
      const why = "the inventory does not run it";
      expect(missing(action, "A")).toMatchObject({ verdict: "unknown", why: [expect.stringMatching(`${why}$`)] });
      expect(missing(action, "A", { origin: { kind: "vcenter" } })).toMatchObject({
        why: [expect.stringContaining(`${why}, which is stale`)],
      });
    },
  );

  test("that is off holds nothing, whether it stays so or is deleted", () => {
    for (const action of ["none", "delete"] as const) {
      expect(missing(action, "A", {}, { isOff: true })).toMatchObject({ verdict: "guaranteed", succeeding: { steps: [] } });
    }
  });

  test("that is off takes a device where the plan powers it on", () => {
    const powerOn = { verdict: "guaranteed", succeeding: { steps: [{ action: "power-on", vm: "vsphere_virtual_machine.gone" }] } };
    expect(missing("power-on", "A", {}, { isOff: true })).toMatchObject(powerOn);
    expect(missing("power-on", "A", { vms: [running("old", "h1", [0])] }, { isOff: true })).toMatchObject({ verdict: "impossible" });
  });

  test("that is off starts on its host where DRS does not place it", () => {
    const manual = { drs: { enabled: true, automationLevel: "manual", declared: true } as const, hosts: hosts("h1[A] h2[H]") };
    const at = (name: string): Partial<PlanVm> => ({ isOff: true, presentHost: known({ by: "name", name }) });
    expect(missing("power-on", "A", manual, at("h1"))).toMatchObject({ verdict: "guaranteed" });
    expect(missing("power-on", "A", manual, at("h2"))).toMatchObject({ verdict: "impossible" });
  });

  test("that is off for the plan and runs for the inventory is not known", () => {
    expect(judged({ action: "none", isOff: true }).powerOn).toMatchObject({ verdict: "unknown" });
  });

  test("without devices is not missed", () => {
    expect(missing("none", "")).toMatchObject({ verdict: "guaranteed" });
  });

  test("that a failed apply left off is created by its replacement", () => {
    const steps = [{ action: "power-on" }];
    expect(missing("replace-destroy-first", "A", {}, { isOff: true })).toMatchObject({ verdict: "guaranteed", succeeding: { steps } });
  });

  test("reserves at once what an update raises while it runs", () => {
    const of = cluster({ hosts: hosts("h1[A*2]").map((host) => ({ ...host, memoryMb: 12288 })), vms: [running("v", "h1", [0])] });
    const raised = (memoryReservationMb: number): string => {
      const v = vm("v", "A", { action: "none", reconfigures: true, memoryReservationMb: known(memoryReservationMb) });
      const b = vm("b", "A", { memoryMb: known(4096), memoryReservationMb: known(4096) });
      return judge(plan([v, b]), inventory(of)).clusters[0]!.powerOn.verdict;
    };
    expect(raised(1024)).toBe("guaranteed");
    expect(raised(8192)).toBe("impossible");
  });

  test("has CPU or memory added while it runs, unless it has devices", () => {
    expect(actions(judged({ action: "hot-add" }))).toEqual(REBOOT);
    const of = cluster({ hosts: hosts("h1[A]"), vms: [running("v", "h1", [])] });
    expect(actions(judge(plan([vm("v", "", { action: "hot-add" })]), inventory(of)).clusters[0]!)).toEqual([]);
  });

  describe("without devices, and not in the inventory", () => {
    const small = { memoryMb: known(1024), memoryReservationMb: known(0) };
    const large = { memoryMb: known(8192), memoryReservationMb: known(8192), presentHost: known({ by: "name", name: "h1" } as const) };
    // Two hosts of 12 GB, a device each; each of two new VMs needs 4 GB and a device.
    const on = (rest: Partial<PlanVm>) => {
      const two = hosts("h1[A] h2[A]").map((host) => ({ ...host, memoryMb: 12288 }));
      const asks = { memoryMb: known(4096), memoryReservationMb: known(4096) };
      const vms = [vm("web", "", { action: "none", ...rest }), vm("a", "A", asks), vm("b", "A", asks)];
      return judge(plan(vms), inventory(cluster({ hosts: two }))).clusters[0]!;
    };

    test("is left out, with a remark, where it reserves nothing", () => {
      expect(on(small)).toMatchObject({
        powerOn: { verdict: "guaranteed" },
        remarks: [{ kind: "left-out", vm: "vsphere_virtual_machine.web" }],
      });
    });

    test("is load where the plan says that it is", () => {
      expect(on(large).powerOn).toMatchObject({ verdict: "impossible" });
    });

    test("is load on any host where the plan does not say", () => {
      const { presentHost: _, ...anywhere } = large;
      expect(on(anywhere).powerOn).toMatchObject({ verdict: "impossible" });
      expect(on({ ...anywhere, memoryReservationMb: known(4096) }).powerOn).toMatchObject({ verdict: "guaranteed" });
    });
  });
});
