import { JudgeOptions } from "../../lib/engine";
import { judge } from "./judge";
import { Cluster, ClusterJudgement, known, Plan } from "../../lib/model";
import { cluster, ha, hosts, inventory, plan, running, vm } from "../reference/notation";

const GB = 1024;

function judged(of: Cluster, batch: Plan = plan([]), options: JudgeOptions = {}): ClusterJudgement {
  return judge(batch, inventory(of), options).clusters[0]!;
}

describe("--defrag movable", () => {
  // E21: the only other host with a GPU is full of a VM that could go elsewhere.
  const full = (movable: Parameters<typeof running>[3] = {}): Cluster =>
    cluster({
      hosts: hosts("h1[A] h2[A] h3[]", { memoryMb: 512 * GB }),
      ha: ha(1),
      vms: [
        running("v", "h1", [0], { memoryMb: 256 * GB, overheadMb: GB }),
        running("n", "h2", [], { memoryMb: 400 * GB, memoryReservationMb: 400 * GB, overheadMb: 0, ...movable }),
      ],
    });

  test.each<[string, Cluster, JudgeOptions, string]>([
    ["is off unless asked for", full(), {}, "fails"],
    ["moves a VM without devices aside", full(), { defrag: "movable" }, "survives"],
    [
      "needs DRS fully automated",
      { ...full(), drs: { enabled: true, automationLevel: "partiallyAutomated", declared: true } },
      { defrag: "movable" },
      "fails",
    ],
    [
      "leaves a VM alone that DRS may not move",
      full({ drs: { enabled: false, automationLevel: "manual" } }),
      { defrag: "movable" },
      "fails",
    ],
    ["moves to where there is room only", full({ memoryReservationMb: 600 * GB }), { defrag: "movable" }, "fails"],
  ])("%s", (_, of, options, verdict) => {
    expect(judged(of, plan([]), options).failover.verdict).toBe(verdict);
  });

  test("can move several VMs for one", () => {
    const of = cluster({
      hosts: hosts("h1[A] h2[A] h3[] h4[]", { memoryMb: 300 * GB }),
      ha: ha(1),
      vms: [
        running("v", "h1", [0], { memoryMb: 256 * GB, overheadMb: GB }),
        ...["n1", "n2"].map((name) => running(name, "h2", [], { memoryMb: 120 * GB, memoryReservationMb: 120 * GB, overheadMb: 0 })),
        ...["n3", "n4"].map((name, index) =>
          running(name, `h${index + 3}`, [], { memoryMb: 150 * GB, memoryReservationMb: 150 * GB, overheadMb: 0 }),
        ),
      ],
    });
    expect(judged(of).failover.verdict).toBe("fails");
    expect(judged(of, plan([]), { defrag: "movable" }).failover.verdict).toBe("survives");
  });
});

describe("--fault-domains", () => {
  const racks = cluster({
    hosts: ["h1", "h2", "h3", "h4"].flatMap((name, index) => hosts(`${name}[A*2]`, { faultDomain: index < 2 ? "rack-a" : "rack-b" })),
    ha: ha(1),
    vms: [running("a", "h1", [0]), running("b", "h1", [1]), running("c", "h2", [0]), running("d", "h2", [1]), running("e", "h3", [0])],
  });

  test("are not failed as a whole unless asked for", () => {
    expect(judged(racks).failover).toMatchObject({ verdict: "survives", tolerates: 1 });
  });

  test("are failed as a whole beside every N hosts, and tolerates still counts hosts", () => {
    expect(judged(racks, plan([]), { faultDomains: true }).failover).toEqual({
      hostFailures: 1,
      verdict: "fails",
      worst: { hosts: ["h1", "h2"], off: ["a"] },
      tolerates: 1,
    });
  });

  test("of one host each add nothing", () => {
    const each = { ...racks, hosts: racks.hosts.map((host) => ({ ...host, faultDomain: host.name })) };
    expect(judged(each, plan([]), { faultDomains: true }).failover).toEqual(judged(racks).failover);
  });
});

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

test("a stack's own mandatory rule is in force at failover, not at first power-on (O3)", () => {
  const of = cluster({ hosts: hosts("h1[A*2] h2[A*2]"), ha: ha(1) });
  const batch: Plan = {
    ...plan([vm("a", "A"), vm("b", "A")]),
    rules: [
      {
        kind: "vm-anti-affinity",
        address: "vsphere_compute_cluster_vm_anti_affinity_rule.r",
        stack: "s",
        mandatory: known(true),
        enabled: known(true),
        vms: known(["vsphere_virtual_machine.a", "vsphere_virtual_machine.b"]),
        source: { file: "notation", line: 1 },
      },
    ],
  };
  const found = judged(of, batch);
  expect(found.powerOn.verdict).toBe("guaranteed");
  expect(found.failover.verdict).toBe("fails");
});
