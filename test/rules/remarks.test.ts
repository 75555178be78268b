import { known, Remark, unknown } from "../../lib/model";
import { clusterAssumed } from "../../lib/rules/cluster-assumed";
import { deviceChangeRefused } from "../../lib/rules/device-change-refused";
import { limitReached } from "../../lib/rules/limit-reached";
import { rebootPending } from "../../lib/rules/reboot-pending";
import { Rule } from "../../lib/rules/rule";
import { tooManyFailures } from "../../lib/rules/too-many-failures";
import { undeclaredSubId } from "../../lib/rules/undeclared-sub-id";
import { unknownCluster } from "../../lib/rules/unknown-cluster";
import { unknownRequests } from "../../lib/rules/unknown-requests";
import { unknownValue } from "../../lib/rules/unknown-value";
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

describe("a remark of the engine becomes a finding", () => {
  test.each<[Rule, Remark, string]>([
    [unknownRequests, { kind: "unknown-requests", vm: a, why: "${x}" }, `error ${a}: which devices a asks for is not known: \${x}`],
    [unknownValue, { kind: "unknown-value", vm: a, why: "${x}" }, `warning ${a}: a: not known: \${x}`],
    [unknownCluster, { kind: "unknown-cluster", vm: a, why: "${x}" }, `error ${a}: the cluster of a is not known: \${x}`],
    [
      undeclaredSubId,
      { kind: "undeclared-sub-id", vm: a, host: "h1", device: at },
      `warning ${a}: a asks for sub-ids that the inventory does not declare for 1 device, of h1`,
    ],
    [
      deviceChangeRefused,
      { kind: "disable-refused", change, vm: "old", host: "h1", device: at },
      `error ${change}: passthrough of ${at} on h1 can't be disabled: old runs with it`,
    ],
    [
      rebootPending,
      { kind: "reboot-pending", change, host: "h1", device: at },
      `warning ${change}: ${at} on h1 is enabled, but is no capacity before the host reboots`,
    ],
    [
      tooManyFailures,
      { kind: "too-many-failures", hostFailures: 2, usable: 1 },
      "warning: gpu-prod: can't tolerate 2 host failures with 1 usable host",
    ],
    [
      limitReached,
      { kind: "limit-reached", part: "failover", proved: "1 failure" },
      "warning: gpu-prod: the search for failover reached its limit; proved so far: 1 failure",
    ],
  ])("$id", (rule, remark, expected) => {
    expect(said(rule, remarked(remark))).toEqual([expected]);
    expect(said(rule, remarked())).toEqual([]);
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
    const remarks: Remark[] = [
      { kind: "unknown-cluster", vm: a, why: "y" },
      { kind: "unknown-value", vm: a, why: "${x}" },
    ];
    const inputs = { plan: planOf(vm), inventory: two, judgement: judgement(clusterJudgement({ remarks })) };
    expect(said(unknownCluster, inputs)).toEqual([`error ${a}: the cluster of a is not known: \${x}`]);
    expect(said(unknownValue, inputs)).toEqual([]);
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
    const remarks: Remark[] = [
      { kind: "unknown-requests", vm: a, why: "${x}" },
      { kind: "unknown-value", vm: a, why: "${x}" },
    ];
    const inputs = { plan: planOf(lost), judgement: judgement(clusterJudgement({ remarks })) };
    expect(said(unknownRequests, inputs)).toEqual(expected);
    expect(said(unknownValue, inputs)).toEqual([]);
  });

  test("does not matter for a VM that the plan leaves alone, or that is in no declared cluster", () => {
    expect(said(unknownRequests, { plan: planOf({ ...lost, action: "none" }, { ...lost, cluster: nowhere }) })).toEqual([]);
  });
});
