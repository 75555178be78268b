import { judge } from "./judge";
import { alibaba } from "../clusters/alibaba";
import { g96 } from "../clusters/g96";
import { Instance } from "../clusters/instance";
import { randomCluster } from "../clusters/random-cluster";
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

test("60 VMs that fill 30 hosts are told of as 6 that fill 3: the worst failure, its restarts and what stays down", () => {
  const full = (size: number): ClusterJudgement =>
    judged(plan(numbered(2 * size, "A,A,A")), { hosts: many("A*8").filter((_, index) => index < size) });
  for (const size of [3, 30]) {
    const { failover, maintenance } = full(size);
    const off = ["vsphere_virtual_machine.v0", "vsphere_virtual_machine.v1"];
    expect(failover).toMatchObject({
      verdict: "fails",
      worst: { hosts: ["h0"], off },
      tolerates: 0,
      failing: { hosts: ["h0"], restarts: off.map((vm) => ({ vm })), off },
    });
    expect(failover.failing!.placed!.filter(({ host }) => host === "h0").map(({ vm }) => vm)).toEqual(off);
    expect(failover.failing!.placed).toHaveLength(2 * size);
    expect(maintenance!.blocked.map(({ down }) => down.length)).toEqual(Array<number>(size).fill(2));
  }
});

test("a failure is shown where the worst is not known", () => {
  const { plan: asked, inventory: of } = g96({ seed: 1, hostFailures: 1, running: "half" });
  const { failover } = judge(asked, of).clusters[0]!;
  expect(failover.verdict).toBe("placement-dependent");
  expect(failover.worst).toBeUndefined();
  const { hosts: down, off, restarts, placed } = failover.failing!;
  expect([down.length, off.length > 0]).toEqual([1, true]);
  expect(restarts.filter(({ host }) => host === undefined).map(({ vm }) => vm)).toEqual(off);
  expect(restarts.every(({ host }) => host === undefined || !down.includes(host))).toBe(true);
  expect(new Set(placed!.map(({ vm }) => vm)).size).toBe(placed!.length);
});

describe("clusters of 96 hosts are settled", () => {
  test.each<[string, Instance, Partial<ClusterJudgement["failover"]>]>([
    [
      "one failure, memory and CPU bind",
      g96({ seed: 1, hostFailures: 1, binding: true, running: "all" }),
      { verdict: "survives", tolerates: 1 },
    ],
    [
      "four failures, by spare hosts",
      g96({ seed: 1, hostFailures: 4, binding: true, running: "all" }),
      { verdict: "placement-dependent", dependsOn: ["order"], tolerates: 1 },
    ],
    ["four failures and a batch", g96({ seed: 2, hostFailures: 4, binding: true, running: "half" }), { verdict: "placement-dependent" }],
    ["a placement that is made to leave room", randomCluster(30, { elsewhere: true }), { verdict: "placement-dependent" }],
    ["a failure that no placement survives", randomCluster(60, { elsewhere: true }), { verdict: "fails" }],
    ["failures that rules which keep VMs apart hardly touch", randomCluster(102, { elsewhere: true }), { verdict: "placement-dependent" }],
  ])("%s", (_, { plan: asked, inventory: of }, failover) => {
    expect(judge(asked, of).clusters[0]!.failover).toMatchObject(failover);
  });

  test.each(["default", "gpuspec33"] as const)("every cluster of the trace %s", (list) => {
    const { plan: asked, inventory: of } = alibaba(list);
    const open = judge(asked, of).clusters.filter(
      ({ powerOn, failover }) => powerOn.verdict === "unknown" || failover.verdict === "unknown",
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});
