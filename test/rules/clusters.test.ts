import { Cluster, Device, known, Plan, PlanRule, unknown } from "../../lib/model";
import { drsAssumed } from "../../lib/rules/drs-assumed";
import { drsManual } from "../../lib/rules/drs-manual";
import { deviceOutOfService } from "../../lib/rules/device-out-of-service";
import { hostOutOfService } from "../../lib/rules/host-out-of-service";
import { labelNearMiss } from "../../lib/rules/label-near-miss";
import { labelOnNothing } from "../../lib/rules/label-on-nothing";
import { mayReceiveOtherDevice } from "../../lib/rules/may-receive-other-device";
import { Rule } from "../../lib/rules/rule";
import { ruleAfterPowerOn } from "../../lib/rules/rule-after-power-on";
import { twoOwners } from "../../lib/rules/two-owners";
import { unlabelledCanTakeLabelled } from "../../lib/rules/unlabelled-can-take-labelled";
import {
  A100,
  carriers,
  cluster,
  clusterJudgement,
  device,
  deviceChange,
  devices,
  gpuVm,
  H100,
  host,
  inventory,
  judgement,
  NIC,
  plan,
  planOf,
  planRule,
  planVm,
  request,
  runningVm,
  source,
} from "./builders";
import { run, said } from "./run-rule";

const a = "vsphere_virtual_machine.a";
const at = "0000:01:00.0";
const next = "0000:02:00.0";
const lost = planVm("a", { carriers: carriers({ template: unknown("${x}") }) });
const asking = (name: string, label?: string, ids?: string) => gpuVm(name, [request(ids, label)]);
const holding = (...held: readonly Device[]): Partial<Cluster> => ({ hosts: [host("h1", { devices: held })] });

type Case = readonly [name: string, planned: Plan, declared: Partial<Cluster>, expected: readonly string[]];

function table(rule: Rule, cases: readonly Case[]): void {
  describe(rule.id, () => {
    test.each(cases)("%s", (_, planned, declared, expected) => {
      const judged = judgement(clusterJudgement({ powerOn: { verdict: "order-dependent", canBeLeftOff: [], complete: true } }));
      expect(said(rule, { plan: planned, inventory: inventory(cluster(declared)), judgement: judged })).toEqual(expected);
    });
  });
}

const labels = (...changed: readonly ReturnType<typeof deviceChange>[]) => plan({ vms: [asking("a", "training")], deviceChanges: changed });
const trained = holding(device(at, A100, { label: "Training" }));

table(labelNearMiss, [
  [
    "differs by white space",
    planOf(asking("a", "Train ing ")),
    trained,
    [`warning ${a}: a asks for the label "Train ing ", the devices have "Training"`],
  ],
  [
    "is shared",
    planOf(asking("a", "training"), asking("b", "training")),
    trained,
    ['warning: a and b ask for the label "training", the devices have "Training"'],
  ],
  ["is a label that the plan gives", labels(deviceChange("d", { hardwareLabel: known("Training") })), holding(device(at)), []],
  [
    "is a label that the plan gives to a host of the cluster",
    labels(deviceChange("d", { host: known({ by: "name", name: "h1" }), hardwareLabel: known("Training") })),
    holding(device(at)),
    [`warning ${a}: a asks for the label "training", the devices have "Training"`],
  ],
  [
    "is among devices",
    plan(),
    holding(device(at, A100, { label: "Training" }), device(next, A100, { label: "training" })),
    ['warning: devices of gpu-prod have labels that differ only by case or white space: "Training" and "training"'],
  ],
  [
    "is no miss where a device has the very label",
    planOf(asking("a", "training")),
    holding(device(at, A100, { label: "Training" }), device(next, A100, { label: "training" })),
    ['warning: devices of gpu-prod have labels that differ only by case or white space: "Training" and "training"'],
  ],
  ["is another", planOf(asking("a", "Inference")), trained, []],
  ["can't be known", planOf(lost), trained, []],
]);

table(labelOnNothing, [
  [
    "says that there are none",
    planOf(asking("a", "__proto__")),
    holding(device(at)),
    [`warning ${a}: a asks for the label "__proto__", which no device of gpu-prod has; none has a label`],
  ],
  ["leaves a near miss to its rule", planOf(asking("a", "training")), trained, []],
  [
    "is silent about a label that the plan gives",
    labels(deviceChange("d", { host: known({ by: "name", name: "h1" }), hardwareLabel: known("training") })),
    holding(device(at)),
    [],
  ],
  [
    "is silent where the plan gives labels that are not known",
    labels(deviceChange("d", { host: unknown("${x}"), hardwareLabel: unknown("${y}") })),
    trained,
    [],
  ],
  ["is silent about unknown requests", planOf(lost), trained, []],
]);

const pool = holding(device(at, A100, { label: "Pool1" }), device(next, NIC, { label: "Pool1" }));
table(mayReceiveOtherDevice, [
  ["is silent where all are of one kind", planOf(asking("a", "Training", "")), trained, []],
  [
    "counts no device that is no capacity",
    planOf(asking("a", "Pool1", "")),
    holding(device(at, A100, { label: "Pool1" }), device(next, NIC, { label: "Pool1", healthy: false })),
    [],
  ],
  ["is silent about unknown requests", planOf(lost), pool, []],
]);

const mixed = holding(device(at, A100, { label: "Training" }), device(next, A100));
table(unlabelledCanTakeLabelled, [
  ["is silent where nobody needs the label", planOf(asking("a")), mixed, []],
  ["is silent about other models", planOf(asking("a", undefined, H100), asking("b", "Training")), mixed, []],
  ["is silent where a sub-id leaves it open", planOf(asking("a", undefined, "10de:20f1:10de:145f"), asking("b", "Training")), mixed, []],
  ["is silent about a VM that runs", planOf(asking("a"), asking("b", "Training")), { ...mixed, vms: [runningVm("a")] }, []],
  ["is silent about unknown requests", planOf(lost, asking("b", "Training")), mixed, []],
]);

test("that an unlabelled request can take a labelled device is a note where power-on is guaranteed", () => {
  const inputs = { plan: planOf(asking("a"), asking("b", "Training")), inventory: inventory(cluster(mixed)) };
  expect(run(unlabelledCanTakeLabelled, inputs)).toMatchObject([{ severity: "note" }]);
});

const ruled = (rule: PlanRule, ...vms: readonly ReturnType<typeof gpuVm>[]) => plan({ vms, rules: [rule] });
const late = "comes after the first power-on of a: it does not shape where it starts";
table(ruleAfterPowerOn, [
  [
    "is found for an override",
    ruled(planRule("drs-override", [a]), gpuVm("a")),
    {},
    [`warning rule.drs-override: rule.drs-override ${late}`],
  ],
  ["is silent about HA overrides", ruled(planRule("ha-override", [a]), gpuVm("a")), {}, []],
  ["is silent about a VM that runs", ruled(planRule("vm-affinity", [a]), gpuVm("a")), { vms: [runningVm("a")] }, []],
  ["is silent about a VM that can be moved later", ruled(planRule("vm-affinity", [a]), planVm("a")), {}, []],
  ["is silent about unknown VMs", ruled(planRule("vm-affinity", [], { vms: unknown("${x}") }), gpuVm("a")), {}, []],
  ["is silent about unknown devices", ruled(planRule("vm-affinity", [a]), lost), {}, []],
]);

const owners = (...changes: readonly ReturnType<typeof deviceChange>[]) => plan({ deviceChanges: changes });
table(twoOwners, [
  [
    "finds the host by name and by id",
    owners(deviceChange("c"), deviceChange("d", { host: known({ by: "id", id: "host-21" }) })),
    { hosts: [host("esx-01", { id: "host-21" })] },
    [`error passthru_host_device.d: ${at} of esx-01 has 2 owners: passthru_host_device.c and passthru_host_device.d`],
  ],
  [
    "finds it on a host that the inventory does not have",
    owners(deviceChange("c"), deviceChange("d")),
    {},
    [`error passthru_host_device.d: ${at} of esx-01 has 2 owners: passthru_host_device.c and passthru_host_device.d`],
  ],
  ["is silent about other hosts", owners(deviceChange("c"), deviceChange("d", { host: known({ by: "name", name: "esx-02" }) })), {}, []],
  ["is silent about one that is deleted", owners(deviceChange("c"), deviceChange("d", { action: "delete" })), {}, []],
  [
    "is silent about unknown hosts",
    owners(deviceChange("c", { host: unknown("${x}") }), deviceChange("d", { host: unknown("${x}") })),
    {},
    [],
  ],
  ["is silent about unknown devices", owners(deviceChange("c"), deviceChange("d", { pciAddress: unknown("${x}") })), {}, []],
]);

const drs = (enabled: boolean, automationLevel: "manual" | "fullyAutomated", declared = true) => {
  return { drs: { enabled, automationLevel, declared } };
};
table(drsAssumed, [["is not said where nothing is judged", plan(), drs(true, "fullyAutomated", false), []]]);

table(drsManual, [
  [
    "is found with DRS off",
    planOf(gpuVm("a"), gpuVm("b")),
    drs(false, "fullyAutomated"),
    ["warning: DRS of gpu-prod is off: vCenter picks the host of a and b without looking for free devices"],
  ],
  ["is silent about a VM whose host is set", planOf(gpuVm("a", undefined, { host: unknown("${x}") })), drs(true, "manual"), []],
  ["is silent about a VM without devices", planOf(planVm("a")), drs(true, "manual"), []],
  ["is silent about a VM that runs", planOf(gpuVm("a")), { ...drs(true, "manual"), vms: [runningVm("a")] }, []],
  ["is silent about unknown devices", planOf(lost), drs(true, "manual"), []],
]);

const away = (state: "maintenance" | "standby" | "connected", count = 2) => host(`h-${state}`, { state, devices: devices(count) });
table(deviceOutOfService, [
  ...(
    [
      [{ passthrough: "pending-reboot" }, "passthrough waits for a reboot"],
      [{ passthrough: "disabled" }, "passthrough is disabled"],
      [{ passthrough: "vgpu" }, "it is in vGPU mode"],
      [{ healthy: false }, "it is unhealthy"],
      [{ reserved: "for a test" }, "it is set aside (for a test)"],
    ] as const
  ).map(([state, why]): Case => [
    `says that ${why}`,
    planOf(gpuVm("a")),
    { hosts: [host("h1", { devices: devices(1, A100, state) })] },
    [`note: 1 × A100-PCIE-40GB at h1 that the VMs could use is not counted: ${why}`],
  ]),
  [
    "is silent about devices that nobody asks for",
    planOf(asking("a", undefined, H100)),
    { hosts: [host("h1", { devices: devices(1, A100, { passthrough: "vgpu" }) })] },
    [],
  ],
]);

table(hostOutOfService, [
  [
    "takes hosts in the same state together",
    planOf(gpuVm("a")),
    { hosts: [away("standby", 1), { ...away("standby", 1), name: "h2" }] },
    ["note: h-standby and h2 are in standby: 2 × A100-PCIE-40GB that the VMs could use are not counted"],
  ],
  ["is silent about devices that nobody asks for", planOf(asking("a", undefined, H100)), { hosts: [away("standby")] }, []],
  ["is silent about unknown requests", planOf(lost), { hosts: [away("standby")] }, []],
]);

test("findings about several VMs point at the first of them", () => {
  const [finding] = run(drsManual, { plan: planOf(gpuVm("a"), gpuVm("b")), inventory: inventory(cluster(drs(true, "manual"))) });
  expect(finding).toMatchObject({ cluster: "gpu-prod", source: { file: "stacks/training.ts" } });
  expect(finding).not.toHaveProperty("resource");
});

test("labels of one cluster are not looked for in another", () => {
  const other = cluster({ name: "other", ...trained, source });
  expect(said(labelNearMiss, { plan: planOf(asking("a", "training")), inventory: inventory(cluster(), other) })).toEqual([]);
});
