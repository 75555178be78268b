import * as fc from "../properties";
import { judge } from "./judge";
import { Cluster, ClusterJudgement, known, Plan } from "../../lib/model";
import { cluster, ha, hosts, inventory, plan, running, vm } from "../reference/notation";

/**
 * The bounds and the search answer the same question on their own terms: with the bounds out of the way (a rule that
 * binds nothing makes them step aside) everything is searched.
 */
const noBounds = (of: Cluster): Cluster => ({
  ...of,
  vmRules: [{ name: "binds nothing", vms: [], type: "separate", mandatory: true, source: of.source }],
});

const small = fc.record({
  hosts: fc.array(fc.constantFrom("A", "A*2", "A*3", "A*4", "T*2", "A,T", "T*2,A*2", "A*2,H*2"), { minLength: 1, maxLength: 3 }),
  asks: fc.array(fc.constantFrom("A", "A", "T", "A,A", "A,A,A", "A|H", "A,T", ""), { minLength: 1, maxLength: 5 }),
  running: fc.boolean(),
  failures: fc.integer({ min: 1, max: 2 }),
  chain: fc.boolean(),
  memory: fc.constantFrom(100_000_000, 5000, 9000),
});

function problem(spec: typeof small extends fc.Arbitrary<infer T> ? T : never): { readonly batch: Plan; readonly of: Cluster } {
  const declared = hosts(spec.hosts.map((inside, index) => `h${index + 1}[${inside}]`).join(" "), { memoryMb: spec.memory });
  const vms = spec.asks.map((asks, index) =>
    vm(`v${index + 1}`, asks, spec.chain && index === 1 ? { dependsOn: ["vsphere_virtual_machine.v1"] } : {}),
  );
  const runs = spec.running ? [running("r", "h1", [0])] : [];
  return { batch: plan(vms), of: cluster({ hosts: declared, ha: ha(spec.failures), vms: runs }) };
}

function answer({ powerOn, failover, maintenance }: ClusterJudgement): unknown {
  return { verdict: powerOn.verdict, off: powerOn.canBeLeftOff, failover, maintenance };
}

test("with and without the bounds the answers are the same", () => {
  fc.assert(
    fc.property(small, (spec) => {
      const { batch, of } = problem(spec);
      expect(answer(judge(batch, inventory(of)).clusters[0]!)).toEqual(answer(judge(batch, inventory(noBounds(of))).clusters[0]!));
    }),
    { numRuns: 400 },
  );
});

const sizes = (counts: Readonly<Record<number, number>>): Plan =>
  plan(
    Object.entries(counts).flatMap(([size, count]) =>
      Array.from({ length: count }, (_, index) => vm(`k${size}-${index}`, Array<string>(Number(size)).fill("A").join(","))),
    ),
  );
const hundred = (count: number, devices: number): Cluster =>
  cluster({ hosts: hosts(Array.from({ length: count }, (_, index) => `h${index}[A*${devices}]`).join(" ")), ha: ha(2) });

// So little work is allowed that the greedy of the bounds can run, but no search.
test.each<[string, Cluster, Plan, object]>([
  ["closed form 1: as many singles as devices", hundred(50, 4), sizes({ 1: 200 }), { powerOn: { verdict: "guaranteed" } }],
  [
    "closed form 1: one single too many",
    hundred(50, 4),
    sizes({ 1: 201 }),
    { powerOn: { verdict: "impossible" }, failover: { verdict: "not-judged" } },
  ],
  [
    "closed form 3: singles that can't spread over every host",
    hundred(50, 8),
    sizes({ 8: 1, 1: 49 }),
    { powerOn: { verdict: "guaranteed" } },
  ],
  [
    "closed form 3: singles that can",
    hundred(50, 8),
    sizes({ 8: 1, 1: 50 }),
    { powerOn: { verdict: "order-dependent", canBeLeftOff: ["vsphere_virtual_machine.k8-0"] } },
  ],
  [
    "worst-fit decreasing, all sizes",
    hundred(96, 8),
    sizes({ 1: 180, 2: 75, 4: 30 }),
    { powerOn: { verdict: "guaranteed" }, failover: { verdict: "survives" } },
  ],
  ["inequality 1 of failover: too little left in any placement", hundred(10, 4), sizes({ 1: 33 }), { failover: { verdict: "fails" } }],
  ["fits, but not any more after two failures", hundred(12, 2), sizes({ 2: 10 }), { failover: { verdict: "survives" } }],
])("%s, without searching", (_, of, batch, expected) => {
  expect(judge(batch, inventory(of), { maxWork: 100_000 }).clusters[0]).toMatchObject(expected);
});

// Too large for the brute force, which has it scaled down.
test.each<[singles: number, verdict: string, off: number]>([
  [3, "guaranteed", 0],
  [4, "order-dependent", 1],
  [25, "impossible", 26],
])("E10: one VM of 8 and %i singles on 4 hosts of 8: %s", (singles, verdict, off) => {
  const of = cluster({ hosts: hosts("h1[A*8] h2[A*8] h3[A*8] h4[A*8]") });
  const { powerOn } = judge(sizes({ 8: 1, 1: singles }), inventory(of)).clusters[0]!;
  expect([powerOn.verdict, powerOn.canBeLeftOff.length, powerOn.complete]).toEqual([verdict, off, true]);
  if (off === 1) expect(powerOn.canBeLeftOff).toEqual(["vsphere_virtual_machine.k8-0"]);
});

test("what no bound settles and no search may look at is unknown, with what was proved", () => {
  const of = cluster({ hosts: hosts("h1[A*5] h2[A*5] h3[A*4]"), ha: ha(1) });
  const found = judge(sizes({ 3: 2, 2: 4 }), inventory(of), { maxWork: 1 }).clusters[0]!;
  expect(found.powerOn).toMatchObject({ verdict: "unknown", complete: false, why: [expect.stringContaining("search limit")] });
  expect(found.failover).toMatchObject({ verdict: "unknown", why: [expect.stringContaining("search limit")] });
});

test("what counting alone forbids is impossible, without looking at orders", () => {
  const of = cluster({ hosts: hosts("h1[T*2,A*5] h2[A*5]", { memoryMb: 40_000 }), ha: ha(1) });
  const batch = plan(Array.from({ length: 7 }, (_, index) => vm(`v${index}`, index < 3 ? "T" : "A", { memoryMb: known(2000 + index) })));
  expect(judge(batch, inventory(of), { maxWork: 1 }).clusters[0]!.powerOn).toMatchObject({ verdict: "impossible" });
});

test("what was not read may hold VMs: no verdict rests on the rest", () => {
  const of = cluster({ hosts: hosts("h1[A]") });
  const hiding = (vms: number): Plan => ({ ...sizes({ 1: vms }), unread: [{ address: "module.m", why: "it is a module" }] });
  expect(judge(hiding(1), inventory(of)).clusters[0]!.powerOn).toMatchObject({ verdict: "unknown", why: ["module.m: it is a module"] });
  expect(judge(hiding(2), inventory(of)).clusters[0]!.powerOn.verdict).toBe("impossible");
});
