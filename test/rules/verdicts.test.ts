import { Cluster, ClusterJudgement, LimitedPart, Refusal, Remark, Step } from "../../lib/model";
import { failoverFails } from "../../lib/rules/failover-fails";
import { failoverNotJudged } from "../../lib/rules/failover-not-judged";
import { failoverUnknown } from "../../lib/rules/failover-unknown";
import { orderDependent } from "../../lib/rules/order-dependent";
import { placementDependent } from "../../lib/rules/placement-dependent";
import { powerOnImpossible } from "../../lib/rules/power-on-impossible";
import { powerOnUnknown } from "../../lib/rules/power-on-unknown";
import {
  address,
  cluster,
  clusterJudgement,
  gpuVm,
  ha,
  host,
  inventory,
  judgement,
  plan,
  planOf,
  planVm,
  request,
  runningVm,
  source,
  vmSource,
} from "./builders";
import { run, said } from "./run-rule";

const a = "vsphere_virtual_machine.a";
const b = "vsphere_virtual_machine.b";
const four = [request(), request(), request(), request()];

function dependent(refused: readonly Refusal[], rest: Partial<Step> = {}, powerOn: Partial<ClusterJudgement["powerOn"]> = {}) {
  const failing = { steps: [{ action: "power-on", vm: a, refused, ...rest } as const], off: [a] };
  return judgement(clusterJudgement({ powerOn: { verdict: "order-dependent", canBeLeftOff: [a], complete: true, failing, ...powerOn } }));
}

const free = (at: string, requested: number, used: number, capacity: number): Refusal => {
  return { host: at, reason: "no-free-device", requested, used, capacity };
};

describe("order-dependent", () => {
  test.each<[string, readonly Refusal[], string]>([
    ["free devices", [free("h1", 4, 1, 4), free("h2", 4, 2, 4)], "no host has more than 3 matching devices free"],
    ["any free device", [free("h1", 4, 4, 4), free("h2", 4, 4, 4)], "no host has a matching device free"],
    ["free devices of the only host", [free("h1", 4, 3, 4)], "h1 has only 1 matching device free"],
    ["free devices that match one to one", [free("h1", 4, 0, 4)], "the free devices of no host match all of its requests at once"],
    ["any matching device", [{ host: "h1", reason: "no-matching-device" }, free("h1", 4, 0, 0)], "h1 has no matching device"],
    [
      "enough matching devices",
      [
        { host: "h1", reason: "no-matching-device", requested: 4, capacity: 2 },
        { host: "h2", reason: "no-matching-device", requested: 4, capacity: 0 },
      ],
      "no host has more than 2 matching devices",
    ],
    [
      "memory where devices are free, with the rarest reason first",
      [free("h1", 4, 1, 4), free("h2", 4, 1, 4), { host: "h3", reason: "memory", requested: 132096, used: 921600, capacity: 1048576 }],
      "it is refused: memory at h3 (129 GB asked, 124 GB free) and no matching device free at 2 hosts (4 asked, 3 free)",
    ],
    [
      "memory, whatever hosts without devices say",
      [
        { host: "h1", reason: "no-matching-device" },
        { host: "h2", reason: "maintenance" },
        { host: "h3", reason: "memory" },
      ],
      "it is refused: memory at h3",
    ],
    ["a host in service", [{ host: "h1", reason: "maintenance" }], "it is refused: in maintenance at h1"],
    [
      "memory of a pool",
      [{ reason: "resource-pool", name: "gpu", resource: "memory", requested: 132096, used: 65536, capacity: 131072 }],
      'it is refused: resource pool "gpu" (129 GB asked, 64 GB free)',
    ],
    [
      "CPU of a pool",
      [{ reason: "resource-pool", name: "gpu", resource: "cpu", requested: 5200, used: 8000, capacity: 10000 }],
      'it is refused: resource pool "gpu" (5200 MHz asked, 2000 MHz free)',
    ],
    [
      "a version that the host lists",
      [{ host: "h1", reason: "hardware-version", requested: 19, capacity: 20 }],
      "it is refused: hardware version at h1 (19 asked, not listed)",
    ],
    [
      "a supported version",
      [{ host: "h1", reason: "hardware-version", requested: 21, capacity: 20 }],
      "it is refused: hardware version at h1 (21 asked, at most 20)",
    ],
    [
      "a version that has dynamic devices",
      [{ reason: "hardware-version", requested: 15, capacity: 17 }],
      "it is refused: hardware version (15 asked, at least 17)",
    ],
  ])("says that a VM lacks %s", (_, refused, words) => {
    const message = `a can be left off: needs 4 × A100-PCIE-40GB on one host; in some order ${words}`;
    expect(said(orderDependent, { plan: planOf(gpuVm("a", four)), judgement: dependent(refused) })).toEqual([`error ${a}: ${message}`]);
  });

  test("points at the VM and carries its construct path", () => {
    const place = { constructPath: "training/a", source: vmSource };
    const inputs = { plan: planOf(gpuVm("a", four, place)), judgement: dependent([free("h1", 4, 1, 4)]) };
    expect(run(orderDependent, inputs)).toMatchObject([{ cluster: "gpu-prod", resource: a, ...place }]);
  });

  test("points at the planned VM in the inventory", () => {
    const shape = {
      name: "next",
      count: 2,
      memoryMb: 1024,
      memoryReservationMb: 1024,
      cpuReservationMhz: 0,
      overheadMb: 0,
      requests: [request()],
      source: { file: "inventory.hcl", line: 9 },
    };
    const judged = dependent([], {}, { canBeLeftOff: ["planned.next[1]"], failing: { steps: [], off: ["planned.next[1]"] } });
    const [finding] = run(orderDependent, { inventory: inventory(cluster({ planned: [shape] })), judgement: judged });
    expect(finding).toMatchObject({ source: { line: 9 } });
    expect(finding?.message).toBe("planned.next[1] can be left off: needs 1 × A100-PCIE-40GB; in some order other VMs take what it needs");
  });

  test("says which VM a skipped one waits for", () => {
    const judged = dependent(
      [free("h1", 1, 1, 1)],
      {},
      {
        canBeLeftOff: [a, b],
        failing: { steps: [{ action: "power-on", vm: a, refused: [free("h1", 1, 1, 1)] }], off: [a, b] },
      },
    );
    expect(said(orderDependent, { plan: planOf(gpuVm("a"), gpuVm("b", [request()], { dependsOn: [a] })), judgement: judged })).toContain(
      `error ${b}: b can be left off: it waits for a, which can be left off`,
    );
  });

  const at = [address("0000:01:00.0")];
  const relabelled: Step = { action: "set-device", vm: "passthru_host_device.d", host: "h1", devices: at };
  test.each<[string, ReturnType<typeof gpuVm>, ReturnType<typeof dependent>, string]>([
    [
      "order or fence",
      gpuVm("a"),
      dependent([free("h1", 1, 1, 1)]),
      "start it first (depends_on), or fence devices for it with a hardware label",
    ],
    [
      "labels for the others, where it asks for one",
      gpuVm("a", [request(undefined, "T"), request()]),
      dependent([free("h1", 1, 1, 1)]),
      "start it first (depends_on), or let the VMs that ask without a label ask with one of their own",
    ],
    [
      "order by size, or whole hosts, where it needs several devices",
      gpuVm("a", [request(undefined, "T"), request(undefined, "T")]),
      dependent([free("h1", 2, 1, 2)]),
      "start it before smaller VMs (depends_on), or fence whole hosts for it with a hardware label",
    ],
    [
      "another host, where its host is fixed",
      gpuVm("a"),
      dependent([free("h1", 1, 1, 1)], { host: "h1" }),
      "set host_system_id to a host with free matching devices, or turn DRS on",
    ],
    [
      "a dependency on the change that makes its device available",
      gpuVm("a"),
      dependent([free("h1", 1, 1, 1)], {}, { succeeding: { steps: [relabelled, { action: "power-on", vm: a, host: "h1", devices: at }] } }),
      "let it wait for passthru_host_device.d (depends_on), which makes a device available to it",
    ],
  ])("advises %s", (_, vm, judged, fix) => {
    expect(run(orderDependent, { plan: planOf(vm), judgement: judged })).toMatchObject([{ fix }]);
  });

  test("names ten VMs one by one, and the others together", () => {
    const vms = Array.from({ length: 30 }, (_, index) => gpuVm(`v${String(index).padStart(2, "0")}`));
    const canBeLeftOff = vms.map(({ address: vm }) => vm);
    const last = canBeLeftOff[29]!;
    const failing = { steps: [{ action: "power-on" as const, vm: last, refused: [free("h1", 1, 1, 1)] }], off: [last] };
    const found = run(orderDependent, { plan: planOf(...vms), judgement: dependent([], {}, { canBeLeftOff, failing }) });
    expect(found).toHaveLength(11);
    expect(found.map(({ resource }) => resource)).toContain(last);
    expect(found.find(({ resource }) => resource === undefined)).toMatchObject({
      source,
      message: "20 more VMs can be left off: v09, v10, v11, v12, v13, v14, v15, v16, v17, v18 and 10 more",
    });
  });

  test("never stays silent about the verdict", () => {
    expect(said(orderDependent, { judgement: dependent([], {}, { canBeLeftOff: [] }) })).toEqual([
      "error: gpu-prod: some order of the power-ons leaves a VM off",
    ]);
  });

  test("is silent about other verdicts", () => {
    expect(said(orderDependent, {})).toEqual([]);
  });
});

describe("power-on-impossible", () => {
  const impossible = (powerOn: Partial<ClusterJudgement["powerOn"]>, rest: Partial<ClusterJudgement> = {}) =>
    judgement(clusterJudgement({ powerOn: { verdict: "impossible", canBeLeftOff: [a], complete: true, ...powerOn }, ...rest }));
  const row = { id: "10de:20f1", total: 1, used: 0, free: 1 };
  const off = { steps: [{ action: "power-on" as const, vm: a, refused: [free("h1", 1, 1, 1)] }], off: [a] };
  const either = impossible({ canBeLeftOff: [a, b], failing: off }, { capacity: [row] });

  test("counts what is asked for against what is free", () => {
    expect(said(powerOnImpossible, { plan: planOf(gpuVm("a"), gpuVm("b")), judgement: either })).toEqual([
      "error: gpu-prod: asks for 2 × A100-PCIE-40GB, 1 free device matches: not every VM can start, any of 2 can be off",
      `error ${a}: a stays off in one order: needs 1 × A100-PCIE-40GB; h1 has no matching device free`,
    ]);
  });

  test.each([
    ["a running VM's devices may come back", inventory(cluster({ vms: [runningVm("b", { devices: [address("0000:01:00.0")] })] })), row],
    ["a sub-id leaves it open", inventory(cluster()), { ...row, id: "10de:20f1" }],
  ])("does not count where %s", (_, declared, capacity) => {
    const asking = [request("10de:20f1:10de:145f")];
    const judged = impossible({ canBeLeftOff: [a, b], failing: off }, { capacity: [capacity] });
    const batch = planOf(gpuVm("a", asking), gpuVm("b", asking));
    expect(said(powerOnImpossible, { plan: batch, inventory: declared, judgement: judged })).toContain(
      "error: gpu-prod: not every VM can start, any of 2 can be off",
    );
  });

  test("says of a VM that is always off what refused it, and what helps", () => {
    const refused: Refusal[] = [{ reason: "memory-not-reserved", requested: 131072, used: 65536 }];
    const judged = impossible({ failing: { steps: [{ action: "power-on", vm: a, refused }], off: [a] } }, { capacity: [row] });
    expect(run(powerOnImpossible, { plan: planOf(gpuVm("a")), judgement: judged })).toMatchObject([
      {
        resource: a,
        message: "a stays off: needs 1 × A100-PCIE-40GB; it is refused: memory not reserved in full (64 GB of 128 GB)",
        fix: "set memory_reservation equal to memory",
      },
    ]);
  });

  test("never stays silent about the verdict", () => {
    expect(said(powerOnImpossible, { judgement: impossible({ canBeLeftOff: [] }) })).toEqual(["error: gpu-prod: not every VM can start"]);
    expect(said(powerOnImpossible, { plan: planOf(planVm("a")), judgement: impossible({}) })).toEqual([
      `error ${a}: a stays off: there is no room for all`,
    ]);
  });
});

describe("the verdicts that are unknown", () => {
  test.each([
    [["x", "y"], [], ["error: gpu-prod: whether every VM starts is unknown: x", "error: gpu-prod: whether every VM starts is unknown: y"]],
    [["x"], [a], ["error: gpu-prod: whether every VM starts is unknown: x; proved so far: a can be left off"]],
    [undefined, [], ["error: gpu-prod: whether every VM starts is unknown: the reason was not recorded"]],
  ])("power-on for %j", (why, canBeLeftOff, expected) => {
    const judged = clusterJudgement({ powerOn: { verdict: "unknown", canBeLeftOff, complete: false, ...(why && { why }) } });
    expect(said(powerOnUnknown, { plan: planOf(planVm("a")), judgement: judgement(judged) })).toEqual(expected);
  });

  test.each([
    [["x"], 1, ["error: gpu-prod: whether every VM comes back after 1 host failure is unknown: x"]],
    [[], 2, ["error: gpu-prod: whether every VM comes back after 2 host failures is unknown: the reason was not recorded"]],
  ])("failover for %j", (why, hostFailures, expected) => {
    const judged = clusterJudgement({ failover: { verdict: "unknown", hostFailures, why } });
    expect(said(failoverUnknown, { judgement: judgement(judged) })).toEqual(expected);
  });

  const reached = (part: LimitedPart): Remark => ({ kind: "limit-reached", part, proved: "nothing" });
  test.each([
    ["a search that reached its limit: a smaller question", powerOnUnknown, [reached("power-on")], /--stack/],
    ["the same for failover", failoverUnknown, [reached("failover")], /--stack/],
    ["the limit of power-on, on which failover rests", failoverUnknown, [reached("power-on")], /--stack/],
    ["another question's limit: the missing fact", powerOnUnknown, [reached("failover"), reached("maintenance")], /declare it/],
    ["no limit: the missing fact", failoverUnknown, [], /declare it/],
  ])("name what would settle %s", (_, rule, remarks, fix) => {
    const unknown = { verdict: "unknown", why: ["x"] } as const;
    const powerOn = { ...unknown, canBeLeftOff: [], complete: false };
    const judged = clusterJudgement({ powerOn, failover: { ...unknown, hostFailures: 1 }, remarks });
    expect(run(rule, { judgement: judgement(judged) })).toMatchObject([{ fix: expect.stringMatching(fix) as string }]);
  });

  test("are not found where they are known", () => {
    expect([...said(powerOnUnknown, {}), ...said(failoverUnknown, {})]).toEqual([]);
  });
});

describe("failover", () => {
  const failed = (failover: Partial<ClusterJudgement["failover"]>) => ({
    plan: planOf(planVm("a"), planVm("b")),
    judgement: judgement(clusterJudgement({ failover: { verdict: "fails", hostFailures: 1, ...failover } })),
  });

  test.each([
    [{ worst: { hosts: ["esx-02"], off: [a, b] }, tolerates: 0 }, "esx-02 down: a and b stay off (tolerates 0)"],
    [{ worst: { hosts: ["esx-01", "esx-02"], off: ["old"] } }, "esx-01 and esx-02 down: old stays off"],
    [{ hostFailures: 2 }, "gpu-prod: with 2 hosts down a protected VM stays off"],
  ])("fails with %j", (failover, message) => {
    expect(said(failoverFails, failed(failover))).toEqual([`error: ${message}`]);
  });

  test.each([
    [["placement", "order"] as const, "esx-02 down: a can stay off; where VMs are placed and the order of the restarts decide"],
    [["order"] as const, "esx-02 down: a can stay off; the order of the restarts decides"],
    [[], "esx-02 down: a can stay off"],
  ])("depends on %j", (dependsOn, message) => {
    const inputs = failed({ verdict: "placement-dependent", dependsOn, worst: { hosts: ["esx-02"], off: [a] } });
    expect(said(placementDependent, inputs)).toEqual([`error: ${message}`]);
  });

  test("leaves the domain of a host out where that is unmistakable", () => {
    const hosts = [host("esx-01.lab"), host("esx-02.a.lab"), host("esx-02.b.lab")];
    const inputs = failed({ worst: { hosts: ["esx-01.lab", "esx-02.a.lab"], off: [a] } });
    expect(said(failoverFails, { ...inputs, inventory: inventory(cluster({ hosts })) })).toEqual([
      "error: esx-01 and esx-02.a.lab down: a stays off",
    ]);
  });

  test("points at the cluster", () => {
    expect(run(failoverFails, failed({}))).toMatchObject([{ cluster: "gpu-prod", source }]);
  });

  test.each([
    ["what the engine says", { why: ["HA is off"] }, {}, "HA is off"],
    ["HA being off", {}, {}, "HA is off"],
    ["the power-on", {}, { ha }, "the batch can't power on"],
  ])("is not judged because of %s", (_, failover, settings, why) => {
    const inputs = { ...failed({ verdict: "not-judged", ...failover }), inventory: inventory(cluster(settings)) };
    expect(said(failoverNotJudged, inputs)).toEqual([`note: gpu-prod: failover is not judged: ${why}`]);
  });

  test.each<[string, string[], Partial<Cluster>, string]>([
    ["HA is off", ["HA is off"], {}, "declare the cluster's ha block, or judge with --failures as if HA were on"],
    ["the stack turns HA on, or --failures asks, and a VM can't start", ["not every VM can power on"], {}, "mend the power-on first"],
    ["HA is declared, and a VM can't start", ["not every VM can power on"], { ha }, "mend the power-on first"],
  ])("that is not judged is settled by what its reason is about: %s", (_, why, settings, fix) => {
    const judged = clusterJudgement({
      powerOn: { verdict: "impossible", canBeLeftOff: [a], complete: true },
      failover: { verdict: "not-judged", hostFailures: 1, why },
    });
    const inputs = { judgement: judgement(judged), inventory: inventory(cluster(settings)) };
    expect(run(failoverNotJudged, inputs).map((finding) => finding.fix)).toEqual([fix]);
  });

  test("is not mentioned where every VM survives", () => {
    const rules = [failoverFails, placementDependent, failoverNotJudged];
    expect(rules.flatMap((rule) => said(rule, failed({ verdict: "survives" })))).toEqual([]);
  });
});

test("VMs of the same name are told apart by their addresses", () => {
  const twice = [planVm("a", { label: "train" }), planVm("b", { label: "train" })];
  const judged = judgement(clusterJudgement({ failover: { verdict: "fails", hostFailures: 1, worst: { hosts: ["h1"], off: [a] } } }));
  expect(said(failoverFails, { plan: plan({ vms: twice }), judgement: judged })).toEqual([`error: h1 down: ${a} stays off`]);
});

test("a judgement of a cluster that the inventory lacks still becomes findings", () => {
  const judged = judgement(clusterJudgement({ name: "ghost", failover: { verdict: "fails", hostFailures: 1 } }));
  expect(run(failoverFails, { judgement: judged })).toMatchObject([{ cluster: "ghost", severity: "error" }]);
});
