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

  test("an undeclared field is not different", () => {
    const { cpus: _, ...bare } = running("v", "h1", [0]);
    const of = cluster({ hosts: hosts("h1[A*2]"), vms: [bare] });
    expect(actions(judge(plan([vm("v", "A", { cpus: known(64) })]), inventory(of)).clusters[0]!)).toEqual([]);
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

  const missing = (action: PlanVm["action"], asks: string, more: Partial<Cluster> = {}): ClusterJudgement["powerOn"] =>
    judge(plan([vm("gone", asks, { action })]), inventory(cluster({ hosts: hosts("h1[A]"), ...more }))).clusters[0]!.powerOn;

  test("that exists but is in no hand-written inventory takes devices nobody knows where", () => {
    expect(missing("none", "A")).toMatchObject({ verdict: "unknown", why: [expect.stringContaining("the inventory does not run it")] });
  });

  test("that exists but does not run by a pulled inventory is off, and holds nothing", () => {
    expect(missing("none", "A", { origin: { kind: "vcenter" } })).toMatchObject({ verdict: "guaranteed", succeeding: { steps: [] } });
  });

  test("without devices is not missed", () => {
    expect(missing("none", "")).toMatchObject({ verdict: "guaranteed" });
  });

  test("that a failed apply left off is created by its replacement", () => {
    expect(missing("replace-destroy-first", "A")).toMatchObject({ verdict: "guaranteed", succeeding: { steps: [{ action: "power-on" }] } });
  });
});
