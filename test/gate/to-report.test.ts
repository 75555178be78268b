import { ClusterJudgement, FailOn, Finding, known, unknown, Verdict } from "../../lib/model";
import { Judged, toReport } from "../../lib/gate";
import * as make from "../rules/builders";

type PowerOn = ClusterJudgement["powerOn"]["verdict"];
type Failover = ClusterJudgement["failover"]["verdict"];

function judgedAs(powerOn: PowerOn, failover: Failover, name = "gpu-prod"): ClusterJudgement {
  return make.clusterJudgement({
    name,
    powerOn: { verdict: powerOn, canBeLeftOff: [], complete: true },
    failover: { hostFailures: 1, verdict: failover },
  });
}

function judged(rest: Partial<Judged> = {}): Judged {
  return {
    plan: make.planOf(make.gpuVm("a")),
    inventory: make.inventory(make.cluster()),
    judgement: make.judgement(make.clusterJudgement()),
    findings: [],
    ...rest,
  };
}

function finding(rule: string, severity: Finding["severity"], rest: Partial<Finding> = {}): Finding {
  return { rule, severity, cluster: "gpu-prod", message: "found", ...rest };
}

test.each<[PowerOn, Failover, string, boolean]>([
  ["guaranteed", "survives", "fits", true],
  ["guaranteed", "not-judged", "fits", true],
  ["guaranteed", "unknown", "unknown", false],
  ["unknown", "survives", "unknown", false],
  ["order-dependent", "survives", "does-not-fit", false],
  ["order-dependent", "unknown", "does-not-fit", false],
  ["impossible", "not-judged", "does-not-fit", false],
  ["guaranteed", "placement-dependent", "does-not-fit", false],
  ["unknown", "fails", "does-not-fit", false],
])("power-on %s and failover %s come to %s; the gate passes: %s, even if no rule says so", (powerOn, failover, verdict, passes) => {
  const report = toReport(judged({ judgement: make.judgement(judgedAs(powerOn, failover)) }), "error");
  expect([report.verdict, report.gate.passes]).toEqual([verdict, passes]);
});

test("a VM that is proved to be left off by some order does not fit, though the rest is unknown", () => {
  const powerOn = { verdict: "unknown", canBeLeftOff: ["a"], complete: false } as const;
  expect(toReport(judged({ judgement: make.judgement(make.clusterJudgement({ powerOn })) }), "error").verdict).toBe("does-not-fit");
});

test("one cluster that does not fit outweighs another that is unknown", () => {
  const inventory = make.inventory(make.cluster({ name: "a" }), make.cluster({ name: "b" }));
  const judgement = make.judgement(judgedAs("unknown", "unknown", "a"), judgedAs("impossible", "not-judged", "b"));
  expect(toReport(judged({ plan: make.plan(), inventory, judgement }), "error").verdict).toBe("does-not-fit");
});

test.each<[Finding["severity"], FailOn, boolean]>([
  ["error", "error", false],
  ["warning", "error", true],
  ["warning", "warning", false],
  ["note", "warning", true],
  ["note", "note", false],
  ["error", "none", true],
])("a finding of severity %s with --fail-on %s: passes %s", (severity, failOn, passes) => {
  expect(toReport(judged({ findings: [finding("two-owners", severity)] }), failOn).gate.passes).toBe(passes);
});

test("a suppressed finding keeps no gate shut", () => {
  const findings = [finding("two-owners", "error", { suppressed: { reason: "known" } })];
  expect(toReport(judged({ findings }), "error").gate.passes).toBe(true);
});

test("rule errors don't touch the verdict", () => {
  expect(toReport(judged({ findings: [finding("two-owners", "error")] }), "error").verdict).toBe("fits");
});

test.each<[PowerOn, Failover, Verdict]>([
  ["order-dependent", "survives", "order-dependent"],
  ["impossible", "survives", "impossible"],
  ["unknown", "survives", "unknown"],
  ["guaranteed", "placement-dependent", "placement-dependent"],
  ["guaranteed", "fails", "fails"],
  ["guaranteed", "unknown", "unknown"],
])(
  "power-on %s, failover %s: where the cluster accepts %s, what explains it is a note and the gate passes, with the same verdict",
  (...row) => {
    const [powerOn, failover, accepted] = row;
    const given = {
      judgement: make.judgement(judgedAs(powerOn, failover)),
      findings: [finding("some-rule", "error", { explains: accepted })],
    };
    const strict = toReport(judged(given), "error");
    const lenient = toReport(judged({ ...given, inventory: make.inventory(make.cluster({ accept: [accepted] })) }), "error");
    expect(strict.gate).toEqual({ passes: false, accepted: [] });
    expect(lenient.gate).toEqual({ passes: true, accepted: [`gpu-prod: ${accepted}`] });
    expect(lenient.findings[0]!.severity).toBe("note");
    expect(lenient.verdict).toBe(strict.verdict);
  },
);

test.each<[string, Partial<Finding>]>([
  ["nothing", {}],
  ["another verdict", { explains: "fails" }],
  ["the same verdict of another cluster", { explains: "unknown", cluster: "gpu-test" }],
])("an error that explains %s stays one, whatever is accepted", (_, rest) => {
  const inventory = make.inventory(make.cluster({ accept: ["unknown"] }), make.cluster({ name: "gpu-test" }));
  const report = toReport(judged({ inventory, findings: [finding("some-rule", "error", rest)] }), "error");
  expect([report.findings[0]!.severity, report.gate.passes]).toEqual(["error", false]);
});

test("accepting one verdict leaves the others as they are", () => {
  const inventory = make.inventory(make.cluster({ accept: ["order-dependent"] }));
  const report = toReport(judged({ inventory, judgement: make.judgement(judgedAs("order-dependent", "fails")) }), "error");
  expect(report.gate).toEqual({ passes: false, accepted: ["gpu-prod: order-dependent"] });
});

test("a VM with devices in a cluster that nobody declares makes an otherwise good verdict unknown, and shuts the gate", () => {
  const elsewhere = { cluster: known({ by: "name", name: "elsewhere" } as const) };
  const withDevices = toReport(judged({ plan: make.planOf(make.gpuVm("a", [make.request()], elsewhere)) }), "error");
  expect([withDevices.verdict, withDevices.gate.passes]).toEqual(["unknown", false]);
  const without = toReport(judged({ plan: make.planOf(make.planVm("a", elsewhere)) }), "error");
  expect([without.verdict, without.gate.passes]).toEqual(["fits", true]);
});

test("a VM that may have devices is unknown where no inventory declares any cluster", () => {
  const vm = make.planVm("a", { cluster: unknown("${var.pool}"), carriers: make.carriers({ template: unknown("${var.template}") }) });
  const nothing = { inventory: make.inventory(), judgement: make.judgement(), plan: make.planOf(vm) };
  expect(toReport(judged(nothing), "error").verdict).toBe("unknown");
});

test("the summary counts planned VMs and leaves out those that the plan deletes", () => {
  const planned = { name: "next", count: 2, memoryMb: 1, memoryReservationMb: 1, cpuReservationMhz: 0, overheadMb: 1, source: make.source };
  const inventory = make.inventory(make.cluster({ planned: [{ ...planned, requests: [make.request(), make.request()] }] }));
  const plan = make.planOf(make.gpuVm("a"), make.gpuVm("b", [make.request()], { action: "delete" }));
  const report = toReport(judged({ plan, inventory }), "error");
  expect(report.summary).toEqual({ stacks: 0, vms: 3, devices: 5, inventory: ["inventory.hcl"] });
  expect(report.vms!.map(({ address }) => address)).toEqual([
    "planned.next[0]",
    "planned.next[1]",
    "vsphere_virtual_machine.a",
    "vsphere_virtual_machine.b",
  ]);
});

test("absent is omitted, never undefined or null", () => {
  const text = JSON.stringify(toReport(judged(), "error"), (_, value: unknown) => (value === undefined ? "undefined" : value));
  expect(text).not.toMatch(/undefined|null/);
});
