import { judge } from "./judge";
import { Cluster, ClusterJudgement, Inventory, known, Plan, PlanVm, unknown } from "../../lib/model";
import * as properties from "../properties";
import { after, cluster, ha, hosts, plan, running, vm } from "../reference/notation";

const here = { cluster: known({ by: "name", name: "c1" } as const) };
const elsewhere = { cluster: known({ by: "name", name: "other" } as const) };
const somewhere = { cluster: unknown("${var.pool}") };
const plain = (name: string, more: Partial<PlanVm> = {}): PlanVm => vm(name, "", { ...somewhere, ...more });
const reserved = (memoryMb: number): Partial<PlanVm> => ({ memoryMb: known(memoryMb), memoryReservationMb: known(memoryMb) });

/** Beside a cluster without devices, so that where a VM is can't be known. */
function both(c1: Cluster): Inventory {
  const c2 = cluster({ hosts: hosts("m1[]"), name: "c2" });
  return { files: ["notation"], clusters: [{ ...c1, name: "c1" }, c2] };
}

const judged = (of: Plan, c1: Cluster): ClusterJudgement => judge(of, both(c1)).clusters[0]!;
const matters = ({ remarks }: ClusterJudgement): readonly boolean[] =>
  remarks.flatMap((remark) => (remark.kind === "may-be-elsewhere" ? [remark.matters] : []));

const one = cluster({ hosts: hosts("h1[A*1]") });
const two = cluster({ hosts: hosts("h1[A*1] h2[A*1]"), ha: ha(1, { admissionControl: "disabled" }) });

test.each<
  [string, readonly PlanVm[], Cluster, ClusterJudgement["powerOn"]["verdict"], ClusterJudgement["failover"]["verdict"], readonly boolean[]]
>([
  ["a small VM", [plain("web")], one, "guaranteed", "not-judged", [false]],
  [
    "many small VMs",
    Array.from({ length: 20 }, (_, at) => plain(`web-${at}`, reserved(at))),
    one,
    "guaranteed",
    "not-judged",
    Array(20).fill(false),
  ],
  ["a small VM beside one that can't be placed", [vm("gpu", "A,A", here), plain("web")], one, "impossible", "not-judged", [false]],
  ["a VM that takes the only device", [vm("gpu", "A", here), vm("x", "A", somewhere)], one, "unknown", "not-judged", [true]],
  ["a VM for whose device there is room", [vm("x", "A", somewhere)], one, "guaranteed", "not-judged", [false]],
  [
    "two of which either has room, and not both",
    [vm("x", "A", somewhere), vm("y", "A", somewhere)],
    one,
    "unknown",
    "not-judged",
    [true, true],
  ],
  ["a VM that is too large", [plain("db", reserved(2 ** 30))], one, "unknown", "not-judged", [true]],
  ["a small VM, and a host that may fail", [plain("web")], two, "guaranteed", "survives", [false]],
  ["a VM whose restart may fail", [vm("gpu", "A", here), vm("x", "A", somewhere)], two, "guaranteed", "unknown", [true]],
  ["a VM that another waits for", [plain("web"), vm("gpu", "A", { ...here, ...after("web") })], one, "unknown", "not-judged", [true]],
  ["a VM of which more is not known", [plain("web", { memoryMb: unknown("${var.memory}") })], one, "unknown", "not-judged", [true]],
])("where a VM may be in another cluster: %s", (_, vms, of, powerOn, failover, expected) => {
  const found = judged(plan(vms), of);
  expect([found.powerOn.verdict, found.failover.verdict, matters(found)]).toEqual([powerOn, failover, expected]);
});

test("a VM that may be the one that runs here is judged as that, and as another", () => {
  const c1 = cluster({ hosts: hosts("h1[A*1]"), vms: [running("x", "h1", [0])] });
  expect(judged(plan([vm("x", "A", somewhere)]), c1).powerOn.verdict).toBe("guaranteed");
  expect(judged(plan([vm("x", "A,A", somewhere)]), c1).powerOn.verdict).toBe("unknown");
});

test("why it is not known names the VMs and the expression", () => {
  const { powerOn } = judged(plan([vm("gpu", "A", here), vm("x", "A", somewhere)]), one);
  expect(powerOn.why).toEqual(["x: it is not known in which cluster: ${var.pool}"]);
});

describe("what is known is so for every selection of the VMs that may be here", () => {
  const size = properties.constantFrom(0, 8, 24, 40);
  const member = properties.record({ gb: size, devices: properties.constantFrom("", "", "A") });
  const cases = properties.record({
    certain: properties.array(member, { maxLength: 2 }),
    possible: properties.array(member, { minLength: 1, maxLength: 5 }),
    hostGb: properties.constantFrom(32, 64, 512),
    hostFailures: properties.constantFrom(undefined, 1),
  });

  test("as judging each of them by itself says", () => {
    properties.assert(
      properties.property(cases, ({ certain, possible, hostGb, hostFailures }) => {
        const vmOf = (name: string, { gb, devices }: { gb: number; devices: string }, at: Partial<PlanVm>): PlanVm =>
          vm(name, devices, { ...reserved(gb * 1024), ...at });
        const known = certain.map((each, at) => vmOf(`s${at}`, each, here));
        const open = possible.map((each, at) => vmOf(`p${at}`, each, somewhere));
        const c1 = cluster({
          hosts: hosts("h1[A*2] h2[A*1]", { memoryMb: hostGb * 1024 }),
          ...(hostFailures !== undefined && { ha: ha(hostFailures, { admissionControl: "disabled" }) }),
        });
        const found = judged(plan([...known, ...open]), c1);
        const selections = Array.from({ length: 2 ** open.length }, (_, bits) => {
          const placed = open.map((each, at) => ({ ...each, ...((bits >> at) % 2 === 1 ? here : elsewhere) }));
          return judged(plan([...known, ...placed]), c1);
        });
        for (const of of ["powerOn", "failover"] as const) {
          const verdicts = new Set(selections.map((each) => each[of].verdict));
          if (found[of].verdict !== "unknown") expect([...verdicts]).toEqual([found[of].verdict]);
          else expect(verdicts.size > 1 || open.length > 3).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
