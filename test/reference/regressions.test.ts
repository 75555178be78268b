import { judge } from "../engine/judge";
import { known, PlanRule, unknown } from "../../lib/model";
import { answerOf } from "./answer";
import { bruteForce } from "./brute-force";
import { capacityOf } from "./capacity";
import { answerTo, complaints } from "./complaints";
import { Case } from "./generate";
import { address, after, change, cluster, ha, hosts, inventory, plan, planned, running, vm } from "./notation";
import { problemOf } from "./problem";
import { endOf, replay } from "./replay";

/** Small cases that told the engine and the brute force apart once, each with what the specification says about it. */
type Row = readonly [title: string, of: Pick<Case, "plan" | "cluster">];

const SETTLED: readonly Row[] = [
  [
    "F2: an unchanged VM of a plan restarts by the stack's requests where the inventory declares none",
    {
      cluster: cluster({ hosts: hosts("h1[I] h2[A]"), ha: ha(1), vms: [running("r", "h1", [0])] }),
      plan: plan([vm("r", "A", { action: "none" })]),
    },
  ],
  [
    "O1: a create-first destroy waits for the device changes that depend on the VM",
    {
      cluster: cluster({ hosts: hosts("h1[A*2] h2[A*2]"), vms: [running("r", "h1", [0])] }),
      plan: plan(
        [vm("r", "A", { action: "replace-create-first" }), vm("v", "A,A")],
        [change("x", "h2", 1, { enabled: known(false), ...after("r") })],
      ),
    },
  ],
  [
    "O6: a device that the plan frees can be disabled before or after it is freed",
    {
      cluster: cluster({ hosts: hosts("h1[A] h2[A]"), ha: ha(1), vms: [running("r", "h1", [0])] }),
      plan: plan([vm("r", "A", { action: "delete" }), vm("v", "A")], [change("x", "h1", 0, { enabled: known(false) })]),
    },
  ],
  [
    "O8: a later stack's destroy comes after everything of the earlier stack",
    {
      cluster: cluster({ hosts: hosts("h1[A]"), vms: [running("r", "h1", [0])] }),
      plan: inTwoStacks([vm("r", "A", { action: "delete", stack: "t" }), vm("v", "A")]),
    },
  ],
  [
    "O8: an earlier stack's destroy comes before everything of the later stack",
    {
      cluster: cluster({ hosts: hosts("h1[A]"), vms: [running("r", "h1", [0])] }),
      plan: inTwoStacks([vm("r", "A", { action: "delete" }), vm("v", "A", { stack: "t" })]),
    },
  ],
  [
    "O8: a destroy of an earlier stack waits for nothing of a later one that depends on it",
    {
      cluster: cluster({ hosts: hosts("h1[A] h2[A]"), vms: [running("r", "h1", [0]), running("q", "h2", [0])] }),
      plan: inTwoStacks([
        vm("r", "A,A", { action: "replace-destroy-first" }),
        vm("q", "A", { action: "replace-destroy-first", stack: "t", ...after("r") }),
      ]),
    },
  ],
  [
    "F1: a VM that comes off a host that is away is off when every usable host fails",
    {
      cluster: cluster({
        hosts: [...hosts("h1[]", { state: "disconnected" }), ...hosts("h2[] h3[]")],
        ha: ha(3),
        vms: [running("r", "h1", [])],
      }),
      plan: plan([vm("r", "", { action: "reboot" })]),
    },
  ],
  [
    "F4: a static VM is lost with its host, also beyond the N that is asked about",
    { cluster: cluster({ hosts: hosts("h1[A] h2[A]"), ha: ha(0), vms: [running("r", "h1", [0], { static: true })] }), plan: plan([]) },
  ],
  [
    "F4: a VM that a rule of the plan keeps off every other host is lost with its host",
    {
      cluster: cluster({ hosts: hosts("h1[] h2[A]"), ha: ha(0) }),
      plan: { ...plan([vm("v", "A")]), rules: [hostRule("vm-host-anti-affinity", "v", "h2")] },
    },
  ],
  [
    "O6: a device that can't be disabled while it is held is held in the end",
    {
      cluster: cluster({ hosts: hosts("h1[A] h2[A]"), ha: ha(0) }),
      plan: plan([vm("v", "A"), vm("w", "A")], [change("x", "h1", 0, { enabled: known(false) })]),
    },
  ],
  [
    "P2: a VM that reboots on its host fails with it",
    {
      cluster: cluster({
        hosts: hosts("h1[A] h2[A] h3[A]"),
        drs: { enabled: true, automationLevel: "manual", declared: true },
        ha: ha(1),
        vms: [running("r", "h2", [0])],
      }),
      plan: plan([vm("r", "A", { action: "reboot" }), vm("v", "A", { action: "create" })]),
    },
  ],
  [
    "P2: a host where a VM of the batch has to power on is like no other when hosts fail",
    {
      cluster: cluster({
        hosts: [...hosts("h1[A*2]"), ...hosts("h2[A*3]", { memoryMb: 70_000 }), ...hosts("h3[A*2]")],
        drs: { enabled: false, automationLevel: "fullyAutomated", declared: true },
        ha: ha(0),
        vms: [running("r", "h3", [0, 1])],
        planned: [planned("p", "A", { count: 2, memoryMb: 16_384 })],
      }),
      plan: plan([vm("r", "A,A", { action: "reboot", memoryMb: known(65_536) })]),
    },
  ],
  [
    "O6: a VM that took a device before it was relabelled holds it when hosts fail",
    {
      cluster: cluster({ hosts: hosts("h1[T] h2[T]"), ha: ha(0) }),
      plan: plan([vm("v", "T"), vm("w", "T")], [change("x", "h1", 0, { hardwareLabel: known("Inference") })]),
    },
  ],
];

test.each(SETTLED)("%s", (_, of) => agree(of));

const SPARE: readonly Row[] = [
  [
    "a device that a VM holds is not free where another of its group is",
    { cluster: cluster({ hosts: hosts("h1[] h2[A] h3[I,A]"), ha: ha(1), vms: [running("r", "h3", [1])] }), plan: plan([]) },
  ],
  [
    "a device that a change relabels is counted once",
    {
      cluster: cluster({
        hosts: [...hosts("h1[A]", { failover: true }), ...hosts("h2[A*3]")],
        ha: ha(1),
        vms: [running("r", "h2", [0], { memoryReservationMb: 0 })],
      }),
      plan: plan([vm("v", "A")], [change("x", "h1", 0, { hardwareLabel: known("Training") })]),
    },
  ],
  [
    "what a VM holds that runs alone is not free though nothing in play asks for it",
    {
      cluster: cluster({ hosts: hosts("h1[A] h2[H]"), ha: ha(1), vms: [running("r", "h2", [0])] }),
      plan: plan([vm("r", "A", { action: "replace-destroy-first" }), vm("v", "A", { action: "create" })]),
    },
  ],
  [
    "a spare device is stranded where the only victims are static",
    { cluster: cluster({ hosts: hosts("h1[A] h2[A]"), ha: ha(1), vms: [running("r", "h1", [0], { static: true })] }), plan: plan([]) },
  ],
  [
    "what is released last is free where what was released before can be held instead",
    {
      cluster: cluster({ hosts: hosts("h1[A] h2[H] h3[A] h4[I,A]"), ha: ha(1), vms: [running("r", "h4", [0]), running("q", "h4", [1])] }),
      plan: plan([
        vm("r", "H", { action: "replace-create-first" }),
        vm("q", "A", { action: "reboot", ...after("r") }),
        vm("v", "A", {
          action: "create",
          host: known({ by: "name", name: "h1" }),
          carriers: { static: known([address(0)]), gpuIntent: false },
        }),
      ]),
    },
  ],
  [
    "what a delete frees is free, what another VM holds beside it is not",
    {
      cluster: cluster({ hosts: hosts("h1[] h2[A,I]"), ha: ha(1), vms: [running("r", "h2", [0])] }),
      plan: plan([vm("r", "A", { action: "delete" }), vm("v", "A", { action: "create" })]),
    },
  ],
];

test.each(SPARE)("F5: %s", (_, { plan: asked, cluster: of }) => {
  const each: Case = { plan: asked, cluster: of, options: {} };
  const [judged] = judge(asked, inventory(of)).clusters;
  expect(complaints(judged!, answerTo(each, 6000)!, each)).toEqual([]);
});

function agree({ plan: asked, cluster: of }: Pick<Case, "plan" | "cluster">): void {
  const [judged] = judge(asked, inventory(of)).clusters;
  expect(answerOf(judged!)).toEqual(bruteForce(asked, of));
  expect(replay(asked, of, judged!.powerOn)).toEqual([]);
}

test("O6: a device that could not be disabled while it was held is capacity in the end", () => {
  const of = cluster({ hosts: hosts("h1[A] h2[A]"), vms: [running("r", "h1", [0])] });
  const asked = plan([vm("r", "A", { action: "delete" })], [change("x", "h1", 0, { enabled: known(false) })]);
  const [judged] = judge(asked, inventory(of)).clusters;
  expect(judged!.capacity).toMatchObject(capacityOf(problemOf(asked, of), endOf(asked, of, judged!.powerOn)!));
});

test("F2: a VM that a rule keeps with others is not moved aside alone", () => {
  const together = {
    name: "together",
    vms: ["r1", "r3", "r4"],
    type: "together" as const,
    mandatory: true,
    source: { file: "notation", line: 1 },
  };
  const vms = [running("r1", "h1", [0]), running("r3", "h1", []), running("r4", "h1", [])];
  const of = cluster({ hosts: hosts("h1[A] h2[A] h3[]"), ha: ha(1), vms, vmRules: [together] });
  const options = { defrag: "movable" as const };
  const [judged] = judge(plan([]), inventory(of), options).clusters;
  expect(answerOf(judged!)).toEqual(bruteForce(plan([]), of, options));
});

test("O3, F2: a VM is not moved aside where an override of the plan makes DRS manual for it", () => {
  const override: PlanRule = {
    ...hostRule("drs-override", "r2", "h2"),
    drsLevel: known("manual"),
  };
  const of = cluster({
    hosts: hosts("h1[A] h2[A] h3[]", { memoryMb: 20_000 }),
    ha: ha(1),
    vms: [running("r1", "h1", [0], { memoryMb: 12_000 }), running("r2", "h2", [], { memoryMb: 12_000, memoryReservationMb: 12_000 })],
  });
  const asked = plan([vm("r2", "", { action: "none", memoryMb: known(12_000), memoryReservationMb: known(12_000) })]);
  const options = { defrag: "movable" as const };
  const verdicts = [asked, { ...asked, rules: [override] }].map((each) => {
    const [judged] = judge(each, inventory(of), options).clusters;
    expect(answerOf(judged!)).toEqual(bruteForce(each, of, options));
    return judged!.failover.verdict;
  });
  expect(verdicts).toEqual(["survives", "fails"]);
});

describe("what is not known decides nothing", () => {
  const why = unknown("${var.x}");

  test("O7: a VM whose CPUs are not known may be about to reboot", () => {
    const of = cluster({ hosts: hosts("h1[A]"), vms: [running("r", "h1", [0], { cpus: 2 })], planned: [planned("p", "A")] });
    const reboots = plan([vm("r", "A", { cpus: known(4) })]);
    const stays = plan([vm("r", "A", { cpus: known(2) })]);
    expect([reboots, stays].map((each) => bruteForce(each, of).powerOn.canBeLeftOff)).toEqual([
      ["planned.p", "vsphere_virtual_machine.r"],
      ["planned.p"],
    ]);

    const { powerOn } = judge(plan([vm("r", "A", { cpus: why })]), inventory(of)).clusters[0]!;
    expect({ verdict: powerOn.verdict, complete: powerOn.complete }).toEqual({ verdict: "unknown", complete: false });
  });

  test("F1: a VM whose restart priority is not known may be protected", () => {
    const of = cluster({ hosts: hosts("h1[A] h2[]"), ha: ha(1, { defaultRestartPriority: "disabled" }), vms: [running("r", "h1", [0])] });
    const { failover } = judge(plan([vm("r", "A", { action: "none", restartPriority: why })]), inventory(of)).clusters[0]!;
    expect(failover.verdict).toBe("unknown");
  });

  test("O1: a VM that waits for one that is not known is not said to be on before it", () => {
    const of = cluster({ hosts: hosts("h1[A*2]"), planned: [planned("p", "A")] });
    const asked = plan([vm("b", "A,A", after("a")), vm("a", "A", { memoryMb: why })]);
    const { powerOn } = judge(asked, inventory(of)).clusters[0]!;
    expect(powerOn.canBeLeftOff).not.toContain("planned.p");
  });
});

function hostRule(kind: PlanRule["kind"], name: string, host: string): PlanRule {
  return {
    kind,
    address: "rule.x",
    stack: "s",
    mandatory: known(true),
    enabled: known(true),
    vms: known([`vsphere_virtual_machine.${name}`]),
    hosts: known([{ by: "name", name: host }]),
    source: { file: "notation", line: 1 },
  };
}

function inTwoStacks(vms: Parameters<typeof plan>[0]): Case["plan"] {
  const one = plan(vms);
  return { ...one, stacks: [...one.stacks, { name: "t", file: "t/cdk.tf.json", dependsOn: ["s"] }] };
}
