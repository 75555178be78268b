import * as fc from "../properties";
import { Finding, Judgement, known, Remark, RefusalReason, unknown } from "../../lib/model";
import { CATALOGUE, findings } from "../../lib/rules";
import { factsOf } from "../../lib/rules/facts/facts";
import { findingsOf } from "../../lib/rules/run";
import {
  address,
  carriers,
  cluster,
  clusterJudgement,
  deviceChange,
  devices,
  gpuVm,
  host,
  inventory,
  judgement,
  plan,
  planRule,
  planVm,
  request,
  runningVm,
  source,
} from "./builders";

describe("the catalogue", () => {
  test("has every id once, in lower case with dashes", () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  test.each(CATALOGUE)("explains $id", ({ title, explanation, fix }) => {
    expect(title + explanation + fix).not.toContain("TODO");
    expect(title).toMatch(/^[^\n]{10,140}$/);
    expect(explanation).toMatch(/^([A-Z]|vSphere |vCenter )[^\n]*\.$/);
    expect(fix).toMatch(/^[a-z][^\n]*[^.]$/);
  });
});

// What says a verdict, or why it is that one, is no error where that verdict is accepted: nothing else may be.
test("the rules that explain verdicts are these", () => {
  const explaining = CATALOGUE.flatMap(({ id, explains }) => (explains === undefined ? [] : [[id, explains]]));
  expect(Object.fromEntries(explaining)).toEqual({
    "order-dependent": "order-dependent",
    "power-on-impossible": "impossible",
    "power-on-unknown": "unknown",
    "unknown-requests": "unknown",
    "unknown-cluster": "unknown",
    "placement-dependent": "placement-dependent",
    "failover-fails": "fails",
    "failover-unknown": "unknown",
    "failover-not-judged": "not-judged",
  });
});

describe("findings", () => {
  test("of nothing are none", () => {
    expect(findings(plan(), inventory(cluster()), judgement(clusterJudgement()))).toEqual([]);
  });

  test("have the severity of their rule, unless they say otherwise", () => {
    const note = { rule: "incomplete-plan", source, message: "no" } as const;
    const notes = [note, { ...note, severity: "warning" } as const];
    const found = findings(plan({ notes }), inventory(), judgement());
    expect(found).toMatchObject(notes.map((each) => ({ severity: "error", ...each, fix: expect.stringContaining("-target") as string })));
  });

  test("say that a rule failed, instead of falling silent", () => {
    const broken = {
      id: "broken",
      severity: "note" as const,
      title: "",
      explanation: "",
      fix: "",
      check: () => {
        throw new TypeError("x is not a function");
      },
    };
    const message = "the rule broken failed, so that what it looks for is not known: x is not a function";
    const found = findingsOf([broken], factsOf(plan(), inventory(), judgement()));
    expect(found).toMatchObject([{ rule: "rule-failed", severity: "error", message }]);
  });

  test("come errors first, then by cluster, resource, rule and message", () => {
    const facts = factsOf(plan(), inventory(), judgement());
    const hits: readonly Omit<Finding, "rule">[] = [
      { severity: "note", message: "n" },
      { severity: "warning", cluster: "a", message: "w" },
      { severity: "error", cluster: "b", resource: "a", message: "z" },
      { severity: "error", cluster: "b", resource: "a", message: "Z" },
      { severity: "error", cluster: "b", message: "3" },
      { severity: "error", cluster: "a", resource: "z", message: "2" },
      { severity: "error", message: "1" },
    ];
    const rule = { id: "r", severity: "note" as const, title: "", explanation: "", fix: "", check: () => hits };
    expect(findingsOf([rule], facts).map(({ message }) => message)).toEqual(["1", "2", "3", "Z", "z", "w", "n"]);
  });
});

const REASONS: readonly RefusalReason[] = [
  "disconnected",
  "failover-host",
  "not-the-fixed-host",
  "hardware-version",
  "datastore",
  "cpu",
  "memory",
  "no-matching-device",
  "no-free-device",
  "device-maximum",
  "resource-pool",
  "admission-control",
  "memory-not-reserved",
];

const at = address("0000:01:00.0");
const inPlan = ["vsphere_virtual_machine.a", "vsphere_virtual_machine.b"];
const name = fc.constantFrom(...inPlan, "old", "planned.next[0]", "__proto__", "", "\u001b[31mx");
const amount = fc.option(fc.constantFrom(-1, 0, 1, 4, 0.5, Infinity, NaN), { nil: undefined });
const names = fc.array(name, { maxLength: 14 });
const whys = fc.option(fc.array(fc.string(), { maxLength: 2 }), { nil: undefined });

const refusal = fc.record(
  { reason: fc.constantFrom(...REASONS), host: name, requested: amount, used: amount, capacity: amount, name },
  { requiredKeys: ["reason"] },
);
const step = fc.record(
  {
    action: fc.constantFrom("power-on", "power-off", "delete", "set-device"),
    vm: name,
    host: name,
    devices: fc.constant([at]),
    refused: fc.array(refusal, { maxLength: 4 }),
  },
  { requiredKeys: ["action", "vm"] },
);
const steps = fc.array(step, { maxLength: 5 });
const remark: fc.Arbitrary<Remark> = fc.oneof(
  fc.record({ kind: fc.constant("unknown-value" as const), vm: name, why: fc.string() }),
  fc.record({ kind: fc.constant("undeclared-sub-id" as const), vm: name, host: name, device: fc.constant(at) }),
  fc.record({ kind: fc.constant("disable-refused" as const), change: name, vm: name, host: name, device: fc.constant(at) }),
  fc.record({ kind: fc.constant("reboot-pending" as const), change: name, host: name, device: fc.constant(at) }),
  fc.record({
    kind: fc.constant("limit-reached" as const),
    part: fc.constantFrom("power-on", "failover", "sub-ids", "left-off", "worst", "tolerates", "maintenance"),
    proved: fc.string(),
  }),
);

const judged = fc.record({
  name: fc.constantFrom("gpu-prod", "ghost", "__proto__"),
  powerOn: fc.record(
    {
      verdict: fc.constantFrom("guaranteed", "order-dependent", "impossible", "unknown"),
      canBeLeftOff: names,
      complete: fc.boolean(),
      failing: fc.record({ steps, off: names }),
      succeeding: fc.record({ steps }),
      why: whys,
    },
    { requiredKeys: ["verdict", "canBeLeftOff", "complete"] },
  ),
  failover: fc.record(
    {
      hostFailures: fc.nat(3),
      verdict: fc.constantFrom("survives", "placement-dependent", "fails", "not-judged", "unknown"),
      dependsOn: fc.subarray(["order", "placement"] as const),
      worst: fc.record({ hosts: names, off: names }),
      tolerates: fc.nat(2),
      why: whys,
    },
    { requiredKeys: ["hostFailures", "verdict"] },
  ),
  capacity: fc.array(fc.record({ id: fc.constantFrom("10de:20f1", "?"), total: fc.nat(), used: fc.nat(), free: fc.nat(2) })),
  hosts: fc.constant([]),
  remarks: fc.array(remark, { maxLength: 4 }),
});

const arbitraryJudgement = fc.array(judged, { maxLength: 2 }).map((clusters) => ({ clusters }) as unknown as Judgement);

const lost = unknown("${x}");
const oddPlan = plan({
  vms: [
    gpuVm("a", [request(), request()], { dependsOn: ["vsphere_virtual_machine.b"] }),
    planVm("b", { name: lost, cluster: lost, memoryMb: lost, carriers: carriers({ template: lost, gpuIntent: true }) }),
    planVm("__proto__", { cluster: known({ by: "name", name: "__proto__" }), carriers: carriers({ templateName: known("constructor") }) }),
  ],
  deviceChanges: [deviceChange("d", { host: lost, hardwareLabel: lost }), deviceChange("e")],
  rules: [
    planRule("vm-affinity", ["vsphere_virtual_machine.a", "nobody"]),
    planRule("vm-anti-affinity", [], { vms: lost, mandatory: lost, enabled: lost }),
    planRule("drs-override", ["vsphere_virtual_machine.a"], { drsLevel: lost }),
  ],
  snapshots: [{ address: "s", stack: "training", vm: lost, source }],
});
const oddInventory = inventory(
  cluster({
    hosts: [host("h1", { devices: devices(2, "10de:20f1", { label: "constructor" }) })],
    vms: [runningVm("old", { devices: [at] })],
  }),
  cluster({ name: "empty" }),
);

const VERDICT_FINDINGS: Readonly<Record<string, string>> = {
  "order-dependent": "order-dependent",
  impossible: "power-on-impossible",
  "placement-dependent": "placement-dependent",
  fails: "failover-fails",
};

describe("whatever the engine says", () => {
  test("no rule fails, and every finding says something", () => {
    fc.assert(
      fc.property(arbitraryJudgement, (odd) => {
        for (const { rule, message, fix } of findings(oddPlan, oddInventory, odd)) {
          expect(rule).not.toBe("rule-failed");
          expect(message.length).toBeGreaterThan(0);
          expect(fix?.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test("every verdict short of the best is an error in its cluster", () => {
    fc.assert(
      fc.property(arbitraryJudgement, (odd) => {
        const found = findings(oddPlan, oddInventory, odd);
        for (const { name: inCluster, powerOn, failover } of odd.clusters) {
          const expected = [VERDICT_FINDINGS[powerOn.verdict], VERDICT_FINDINGS[failover.verdict]].filter((rule) => rule !== undefined);
          if (powerOn.verdict === "unknown") expected.push("power-on-unknown");
          if (failover.verdict === "unknown") expected.push("failover-unknown");
          const errors = found.filter(({ severity, cluster: of }) => severity === "error" && of === inCluster).map(({ rule }) => rule);
          expect(errors).toEqual(expect.arrayContaining(expected));
        }
      }),
    );
  });
});
