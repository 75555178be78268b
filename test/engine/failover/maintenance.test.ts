import { judge } from "../judge";
import { Cluster, ClusterJudgement, Plan } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

function judged(of: Cluster, batch: Plan): ClusterJudgement {
  return judge(batch, inventory(of)).clusters[0]!;
}

describe("maintenance", () => {
  const three = (count: number): Plan => plan(Array.from({ length: count }, (_, index) => vm(`v${index + 1}`, "A")));
  const of = cluster({ hosts: hosts("h1[A*2] h2[A*2] h3[A*2]") });

  test.each<[string, Cluster, Plan, NonNullable<ClusterJudgement["maintenance"]>["blocked"]]>([
    ["E33: four VMs can leave each host", of, three(4), []],
    [
      "E33: one of five stays down for the window",
      of,
      three(5),
      ["h1", "h2", "h3"].map((host) => ({ host, down: ["vsphere_virtual_machine.v1"] })),
    ],
    [
      "a static VM stays down",
      cluster({ hosts: hosts("h1[A] h2[A]"), vms: [running("s", "h1", [0], { static: true })] }),
      plan([]),
      [{ host: "h1", down: ["s"] }],
    ],
    [
      "a failover host is no target",
      cluster({ hosts: [...hosts("h1[A]"), ...hosts("h2[A]", { failover: true })], vms: [running("v", "h1", [0])] }),
      plan([]),
      [{ host: "h1", down: ["v"] }],
    ],
    [
      "the best order is enough",
      cluster({
        hosts: hosts("h1[A*3] h2[A*1] h3[A*2]"),
        vms: [running("a", "h1", [0]), running("d", "h1", [1, 2])],
      }),
      plan([]),
      [],
    ],
    [
      "VMs without devices are assumed to leave",
      cluster({
        hosts: hosts("h1[A] h2[]", { memoryMb: 2048 }),
        vms: [running("n", "h1", [], { memoryReservationMb: 2000, overheadMb: 0 })],
      }),
      plan([]),
      [],
    ],
    [
      "an impossible batch leaves the running VMs",
      cluster({ hosts: hosts("h1[A] h2[A]"), vms: [running("v", "h1", [0])] }),
      plan([vm("x", "A,A")]),
      [],
    ],
  ])("%s", (_, declared, batch, blocked) => {
    expect(judged(declared, batch).maintenance).toEqual({ blocked });
  });

  test("is judged with HA off and never changes a verdict", () => {
    const found = judged(of, three(5));
    expect(found.powerOn.verdict).toBe("guaranteed");
    expect(found.failover.verdict).toBe("not-judged");
  });
});
