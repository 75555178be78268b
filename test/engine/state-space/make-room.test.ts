import { JudgeOptions } from "../../../lib/engine";
import { judge } from "../judge";
import { Cluster, ClusterJudgement, Plan } from "../../../lib/model";
import { cluster, ha, hosts, inventory, plan, running } from "../../reference/notation";

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
