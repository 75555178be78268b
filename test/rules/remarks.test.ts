import { known, LimitedPart, Remark, unknown } from "../../lib/model";
import { clusterAssumed } from "../../lib/rules/cluster-assumed";
import { clusterChangeNotOrdered } from "../../lib/rules/cluster-change-not-ordered";
import { createFirstSameName } from "../../lib/rules/create-first-same-name";
import { deviceChangeRefused } from "../../lib/rules/device-change-refused";
import { hostChangeRefused } from "../../lib/rules/host-change-refused";
import { hostNotBinding } from "../../lib/rules/host-not-binding";
import { leftOut } from "../../lib/rules/left-out";
import { limitReached } from "../../lib/rules/limit-reached";
import { rebootPending } from "../../lib/rules/reboot-pending";
import { Rule } from "../../lib/rules/rule";
import { staysOff } from "../../lib/rules/stays-off";
import { templateSourceRefused } from "../../lib/rules/template-source-refused";
import { tooManyFailures } from "../../lib/rules/too-many-failures";
import { undeclaredSubId } from "../../lib/rules/undeclared-sub-id";
import { unknownCluster } from "../../lib/rules/unknown-cluster";
import { unknownRequests } from "../../lib/rules/unknown-requests";
import { unknownValue } from "../../lib/rules/unknown-value";
import { updatePowersOn } from "../../lib/rules/update-powers-on";
import { vmReboots } from "../../lib/rules/vm-reboots";
import {
  address,
  carriers,
  cluster,
  clusterJudgement,
  deviceChange,
  gpuVm,
  inventory,
  judgement,
  plan,
  planOf,
  planVm,
  request,
  source,
  template,
  vmSource,
} from "./builders";
import { run, said } from "./run-rule";

const a = "vsphere_virtual_machine.a";
const at = address("0000:01:00.0");
const change = "passthru_host_device.d";

const remarked = (...remarks: readonly Remark[]) => ({
  plan: plan({ vms: [planVm("a")], deviceChanges: [deviceChange("d", { constructPath: "farm/d" })] }),
  judgement: judgement(clusterJudgement({ remarks })),
});

/** Those that only say more of another finding, which has its own test, are not here. */
type Found = Exclude<Remark, { kind: "may-be-elsewhere" }>;

/** A new kind does not compile without its rule. */
const RULES: Readonly<Record<Found["kind"], Rule>> = {
  "unknown-value": unknownValue,
  "undeclared-sub-id": undeclaredSubId,
  "disable-refused": deviceChangeRefused,
  "pinned-under-drs": hostNotBinding,
  "reboot-pending": rebootPending,
  "too-many-failures": tooManyFailures,
  "limit-reached": limitReached,
  "left-out": leftOut,
  "stays-off": staysOff,
  "powers-on": updatePowersOn,
  reboots: vmReboots,
  "create-first": createFirstSameName,
  "host-kept": hostChangeRefused,
  "not-ordered": clusterChangeNotOrdered,
};

describe("a remark of the engine becomes a finding", () => {
  const remarks: readonly Found[] = [
    { kind: "unknown-value", vm: a, why: "${x}" },
    { kind: "undeclared-sub-id", vm: a, host: "h1", device: at },
    { kind: "disable-refused", change, vm: "old", host: "h1", device: at },
    { kind: "pinned-under-drs", vm: a, host: "h1", others: ["h2"], certain: true },
    { kind: "reboot-pending", change, host: "h1", device: at },
    { kind: "too-many-failures", hostFailures: 2, usable: 1 },
    { kind: "limit-reached", part: "failover", proved: "1 failure" },
    { kind: "left-out", vm: a },
    { kind: "stays-off", vm: a },
    { kind: "powers-on", vm: a },
    { kind: "reboots", vm: a, by: ["num_cpus"] },
    { kind: "create-first", vm: a },
    { kind: "host-kept", change: "vsphere_host.h", host: "h1", vm: "old" },
    { kind: "not-ordered", change: "vsphere_host.h" },
  ];

  test.each(remarks)("$kind", (remark) => {
    expect(said(RULES[remark.kind], remarked(remark))).toHaveLength(1);
    expect(said(RULES[remark.kind], remarked(...remarks.filter((other) => other !== remark)))).toEqual([]);
  });

  test.each<[part: LimitedPart, message: string, settledBy: RegExp]>([
    ["power-on", "the search for power-on reached its limit; proved so far: nothing", /--stack/],
    ["failover", "the search for failover reached its limit; proved so far: nothing", /--failures/],
    ["sub-ids", "the search for what undeclared sub-ids can be reached its limit; proved so far: nothing", /declare the subsystem/],
  ])("a limit that leaves a verdict unknown, that of %s, is a warning, and explains the verdict", (part, message, settledBy) => {
    const [found, ...others] = run(limitReached, remarked({ kind: "limit-reached", part, proved: "nothing" }));
    expect(found).toMatchObject({ severity: "warning", message: `gpu-prod: ${message}`, cluster: "gpu-prod", source, explains: "unknown" });
    expect(found!.fix).toMatch(settledBy);
    expect(others).toEqual([]);
  });

  test("limits of what is told beside the verdicts are one note, and explain none", () => {
    const parts: readonly LimitedPart[] = ["left-off", "worst", "tolerates", "maintenance"];
    const [found, ...others] = run(limitReached, remarked(...parts.map((part) => ({ kind: "limit-reached", part, proved: "x" }) as const)));
    expect(found).toMatchObject({
      severity: "note",
      message:
        "gpu-prod: the search reached its limit before it knew every VM that can be left off, the worst failure, the most failures " +
        "that are survived and which hosts can be emptied; no verdict hangs on that",
    });
    expect(found!.explains).toBeUndefined();
    expect(others).toEqual([]);
  });

  test("points at the device change with its construct path", () => {
    const remark: Remark = { kind: "reboot-pending", change, host: "h1", device: at };
    expect(run(rebootPending, remarked(remark))).toMatchObject([{ cluster: "gpu-prod", constructPath: "farm/d", source: vmSource }]);
    expect(run(rebootPending, { judgement: remarked(remark).judgement })).toMatchObject([{ resource: change, source: { line: 1 } }]);
  });

  test("counts the devices of one VM together", () => {
    const remarks = ["h1", "h2", "h2"].map((host): Remark => ({ kind: "undeclared-sub-id", vm: a, host, device: at }));
    expect(said(undeclaredSubId, remarked(...remarks))).toEqual([
      `warning ${a}: a asks for sub-ids that the inventory does not declare for 3 devices, of h1 and h2`,
    ]);
  });
});

const two = inventory(cluster(), cluster({ name: "gpu-test" }));
const nowhere = known({ by: "name", name: "gpu-tset" } as const);

describe("unknown-cluster", () => {
  test.each([
    ["a note without devices", planVm("a", { cluster: nowhere }), "note", "is"],
    ["an error with devices", gpuVm("a", undefined, { cluster: nowhere }), "error", "asks for devices"],
    [
      "an error where devices are unknown",
      planVm("a", { cluster: nowhere, carriers: carriers({ gpuIntent: true }) }),
      "error",
      "may ask for devices",
    ],
  ])("says that a cluster is not declared: %s", (_, vm, severity, asks) => {
    const message = `a ${asks} in the cluster "gpu-tset", which the inventory does not declare: it is not judged; did you mean "gpu-test"?`;
    expect(said(unknownCluster, { plan: planOf(vm), inventory: two })).toEqual([`${severity} ${a}: ${message}`]);
  });

  test("says once that a cluster is not known, whatever the engine remarks", () => {
    const vm = planVm("a", { cluster: unknown("${x}") });
    const remarks: Remark[] = [{ kind: "unknown-value", vm: a, why: "${x}" }];
    const inputs = { plan: planOf(vm), inventory: two, judgement: judgement(clusterJudgement({ remarks })) };
    expect(said(unknownCluster, inputs)).toEqual([`error ${a}: the cluster of a is not known: \${x}`]);
    const either: Remark[] = [...remarks, { kind: "may-be-elsewhere", vm: a, matters: false }];
    expect(said(unknownCluster, { ...inputs, judgement: judgement(clusterJudgement({ remarks: either })) })).toEqual([
      `warning ${a}: the cluster of a is not known: \${x}; each that it can be in has the same verdict with it and without it`,
    ]);
    expect(said(unknownValue, inputs)).toEqual([]);
  });

  test.each([
    [
      "${var.c} (no value and no default)",
      /^give the value \(--var, --var-file, a default\) or a plan that has it, or let resource_pool_id/,
    ],
    ["the inventory declares no cluster with the id domain-c1", /^declare the cluster in an inventory/],
  ])("asks for a value only where one is missing: %s", (why, expected) => {
    const [finding] = run(unknownCluster, { plan: planOf(planVm("a", { cluster: unknown(why) })), inventory: two });
    expect(finding!.fix).toMatch(expected);
  });

  test("says once of VMs that keep nothing shut that their cluster is not known or not declared", () => {
    const small = ["a", "b"].map((name) => planVm(name, { cluster: nowhere }));
    const lost = ["c", "d"].map((name) => planVm(name, { cluster: unknown("${x}") }));
    const remarks = lost.map(({ address }): Remark => ({ kind: "may-be-elsewhere", vm: address, matters: false }));
    const inputs = { plan: planOf(...small, ...lost), inventory: two, judgement: judgement(clusterJudgement({ remarks })) };
    expect(said(unknownCluster, inputs)).toEqual([
      "warning: the cluster of c and d is not known: ${x}; each that they can be in has the same verdict with them and without them",
      'note: a and b are in the cluster "gpu-tset", which the inventory does not declare: they are not judged; did you mean "gpu-test"?',
    ]);
  });

  test("is silent about a VM that the plan deletes, and about a declared cluster", () => {
    const vms = planOf(planVm("a", { cluster: nowhere, action: "delete" }), planVm("b"));
    expect(said(unknownCluster, { plan: vms, inventory: two })).toEqual([]);
  });
});

describe("cluster-assumed", () => {
  const lost = (name: string) => planVm(name, { cluster: unknown("${x}") });

  test.each([
    ["one VM", planOf(lost("a")), `note ${a}: a taken to be in "gpu-prod", the only cluster of the inventory: \${x}`],
    ["several", planOf(lost("a"), lost("b")), 'note: a and b taken to be in "gpu-prod", the only cluster of the inventory: ${x}'],
  ])("names %s", (_, vms, expected) => {
    expect(said(clusterAssumed, { plan: vms })).toEqual([expected]);
  });

  test("is silent where the cluster is known, or one of several", () => {
    expect(said(clusterAssumed, { plan: planOf(planVm("a")) })).toEqual([]);
    expect(said(clusterAssumed, { plan: planOf(lost("a")), inventory: two })).toEqual([]);
  });
});

describe("unknown-requests", () => {
  test("says of a vGPU that it is not judged", () => {
    const asking = planVm("a", { carriers: carriers({ vgpu: "pciPassthru0.vgpu" }) });
    const why = "it asks for a vGPU in extra_config (pciPassthru0.vgpu), and vGPU is not judged";
    expect(run(unknownRequests, { plan: planOf(asking) })).toMatchObject([
      { message: `which devices a asks for is not known: ${why}`, fix: expect.stringMatching(/^ask for whole devices/) },
    ]);
  });

  const lost = planVm("a", { carriers: carriers({ template: unknown("${x}") }) });
  const expected = [`error ${a}: which devices a asks for is not known: \${x}`];

  test("is found in the plan, and not said again by other rules", () => {
    const remarks: Remark[] = [{ kind: "unknown-value", vm: a, why: "${x}" }];
    const inputs = { plan: planOf(lost), judgement: judgement(clusterJudgement({ remarks })) };
    expect(said(unknownRequests, inputs)).toEqual(expected);
    expect(said(unknownValue, inputs)).toEqual([]);
  });

  test("is not what is wrong with a passthru_template that is copied from a source with devices: the template is", () => {
    const copied = planVm("a", { carriers: carriers({ template: known([request()]), templateName: known("ubuntu") }) });
    const inputs = { plan: planOf(copied), inventory: inventory(cluster({ templates: [template("ubuntu")] })) };
    expect(run(unknownRequests, inputs)).toEqual([]);
    expect(run(templateSourceRefused, inputs)).toMatchObject([{ fix: 'copy a template without devices, or clone from "ubuntu" itself' }]);
  });

  test("does not matter for a VM that the plan leaves alone, or that is in no declared cluster", () => {
    expect(said(unknownRequests, { plan: planOf({ ...lost, action: "none" }, { ...lost, cluster: nowhere }) })).toEqual([]);
  });
});
