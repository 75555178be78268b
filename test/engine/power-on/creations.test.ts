import { Budget } from "../../../lib/engine/packing/budget";
import { CreationsProver, onlyTakes, PowerOnProof } from "../../../lib/engine/power-on/creations";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Cluster, PlanVm } from "../../../lib/model";
import { after, cluster, ha, hosts, plan, running, vm } from "../../reference/notation";
import { compiledOf } from "../compiled";

interface Row {
  readonly hosts: string;
  readonly vms: readonly PlanVm[];
  readonly of?: Partial<Cluster>;
}

const MANUAL: Partial<Cluster> = { drs: { enabled: true, automationLevel: "manual", declared: true } };
const [a, b, d] = [vm("a", "A"), vm("b", "A"), vm("d", "A,A")];

const TABLE: readonly (readonly [title: string, row: Row, verdict: PowerOnProof["verdict"], off: readonly string[]])[] = [
  ["nobody", { hosts: "h1[A]", vms: [] }, "guaranteed", []],
  ["nobody, nowhere to go", { hosts: "h1[]", vms: [] }, "guaranteed", []],
  ["one who takes nothing", { hosts: "h1[]", vms: [vm("n", "")] }, "guaranteed", []],
  ["exactly enough", { hosts: "h1[A*2]", vms: [a, b] }, "guaranteed", []],
  ["one too few: either can be off", { hosts: "h1[A]", vms: [a, b] }, "impossible", ["a", "b"]],
  ["one can never be on; the other is not touched", { hosts: "h1[A]", vms: [a, d] }, "impossible", ["d"]],
  ["and who waits for it", { hosts: "h1[A]", vms: [vm("a", "A", after("d")), d] }, "impossible", ["a", "d"]],
  ["E9: singles on either host keep the pair out", { hosts: "h1[A*2] h2[A*2]", vms: [a, b, d] }, "order-dependent", ["d"]],
  ["E9: the pair first", { hosts: "h1[A*2] h2[A*2]", vms: [vm("a", "A", after("d")), vm("b", "A", after("d")), d] }, "guaranteed", []],
  ["one single can't", { hosts: "h1[A*2] h2[A*2]", vms: [a, d] }, "guaranteed", []],
  [
    "who waits for the one that is kept out is off with it",
    { hosts: "h1[A*2] h2[A*2]", vms: [a, b, d, vm("e", "", after("d"))] },
    "order-dependent",
    ["d", "e"],
  ],
  [
    "it is kept out by who waits for others, too",
    { hosts: "h1[A*2] h2[A*2]", vms: [a, vm("b", "A", after("a")), d] },
    "order-dependent",
    ["d"],
  ],
  ["beside what runs", { hosts: "h1[A*2]", vms: [a, b], of: { vms: [running("r", "h1", [0])] } }, "impossible", ["a", "b"]],
  ["E26: the host is fixed before, and may be the wrong one", { hosts: "h1[A] h2[]", vms: [a], of: MANUAL }, "order-dependent", ["a"]],
  ["E42: either host may be fixed for both", { hosts: "h1[A] h2[A]", vms: [a, b], of: MANUAL }, "order-dependent", ["a", "b"]],
];

const proverOf = (transition: Transition, limit: number): PowerOnProof => new CreationsProver(transition, new Budget(limit)).settle();
const transitionOf = (row: Row): Transition => compiledOf(plan(row.vms), cluster({ hosts: hosts(row.hosts), ...row.of })).transition;
const namesOf = (steps: ReadonlySet<number>, { problem }: Transition): readonly string[] =>
  [...steps].flatMap((step) => problem.classes[problem.steps[step]!.vmClass!]!.members.map(({ name }) => name)).sort();

test.each(TABLE)("a batch that only creates: %s", (_, row, verdict, off) => {
  const transition = transitionOf(row);
  const proof = proverOf(transition, 1_000_000);
  expect([proof.verdict, proof.complete, namesOf(proof.canBeOff, transition)]).toEqual([verdict, true, off]);
  if (verdict === "order-dependent") expect([proof.failing, proof.succeeding]).not.toContain(undefined);
  if (verdict === "guaranteed") expect(proof.failing).toBeUndefined();
});

test.each(TABLE)("a limit that is reached says less, never else: %s", (_, row, verdict, off) => {
  for (const limit of [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]) {
    const transition = transitionOf(row);
    const proof = proverOf(transition, limit);
    expect([undefined, verdict]).toContain(proof.verdict);
    const names = namesOf(proof.canBeOff, transition);
    expect(names).toEqual(proof.complete ? off : names.filter((name) => off.includes(name)));
  }
});

describe("is asked about batches that only take", () => {
  const rule = (type: "separate" | "together"): Cluster["vmRules"] => [
    { name: "x", vms: ["a", "b"], type, mandatory: true, source: { file: "notation", line: 1 } },
  ];
  test.each<[title: string, row: Row, isAsked: boolean]>([
    ["nothing", { hosts: "h1[A]", vms: [] }, true],
    ["creations", { hosts: "h1[A]", vms: [a, b] }, true],
    ["a reboot", { hosts: "h1[A]", vms: [vm("r", "A", { action: "reboot" })], of: { vms: [running("r", "h1", [0])] } }, false],
    ["VMs that are kept apart", { hosts: "h1[A]", vms: [a, b], of: { vmRules: rule("separate") } }, true],
    ["VMs that are kept together", { hosts: "h1[A]", vms: [a, b], of: { vmRules: rule("together") } }, false],
    ["admission control", { hosts: "h1[A]", vms: [a, b], of: { ha: ha(1) } }, true],
  ])("%s", (_, row, isAsked) => {
    expect(onlyTakes(transitionOf(row).problem)).toBe(isAsked);
  });
});

test("a placement is made that leaves room for others, where there is one", () => {
  const transition = transitionOf({ hosts: "h1[A*2] h2[A*2]", vms: [a, b, vm("c", "A")] });
  const { classes } = transition.problem;
  const prover = new CreationsProver(transition, new Budget(100_000));
  const free = prover.leaving([{ vmClass: classes[0]!, count: 1 }])?.hosts.flatMap((host) => host.free);
  expect(free?.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(prover.leaving([{ vmClass: classes[0]!, count: 2 }])).toBeUndefined();
});
