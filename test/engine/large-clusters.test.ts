import { judge } from "../../lib/engine";
import { Cluster, ClusterJudgement, known, Plan } from "../../lib/model";
import { change, cluster, ha, hosts, inventory, plan, running, vm } from "../reference/notation";

/** Forty hosts alike, too many to be looked at one by one. */
const many = (devices: string): Cluster["hosts"] => hosts(Array.from({ length: 40 }, (_, index) => `h${index}[${devices}]`).join(" "));

const numbered = (count: number, devices: string): Plan["vms"] => Array.from({ length: count }, (_, index) => vm(`v${index}`, devices));

function judged(asked: Plan, of: Partial<Cluster>): ClusterJudgement {
  return judge(asked, inventory(cluster({ hosts: many("A*8"), ha: ha(1), ...of }))).clusters[0]!;
}

describe("no proof speaks of all placements where it does not know them", () => {
  test("a VM that is bound to its host is lost with it (F2)", () => {
    const bound = running("r", "h0", [0], { static: true });
    expect(judged(plan(numbered(30, "A,A")), { vms: [bound] }).failover).toMatchObject({ verdict: "fails", tolerates: 0 });
  });

  test.each<[string, Partial<Cluster>, Plan]>([
    ["disabled", {}, plan(numbered(320, "A"), [change("x", "h0", 0, { enabled: known(false) })])],
    ["relabelled", { hosts: many("T*8") }, plan(numbered(320, "T"), [change("x", "h0", 0, { hardwareLabel: known("Inference") })])],
  ])("a device may be held when it is to be %s (O6)", (_, of, asked) => {
    const { failover } = judged(asked, of);
    expect(failover.verdict).toBe("unknown");
    expect(failover.tolerates ?? 0).toBe(0);
  });

  test("a VM that a plan deletes is not lost when all hosts fail", () => {
    const deleted = vm("r", "A", { action: "delete" });
    const { failover } = judged(plan([deleted]), { vms: [running("r", "h0", [0])], ha: ha(40) });
    expect(failover.verdict).toBe("survives");
  });
});
