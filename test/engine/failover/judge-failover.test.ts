import { JudgeOptions } from "../../../lib/engine";
import { judge } from "../judge";
import { Cluster, ClusterJudgement, known, Plan, Refusal } from "../../../lib/model";
import { cluster, ha, hosts, inventory, plan, running, vm } from "../../reference/notation";

function judged(of: Cluster, batch: Plan = plan([]), options: JudgeOptions = {}): ClusterJudgement {
  return judge(batch, inventory(of), options).clusters[0]!;
}

describe("--fault-domains", () => {
  const racks = cluster({
    hosts: ["h1", "h2", "h3", "h4"].flatMap((name, index) => hosts(`${name}[A*2]`, { faultDomain: index < 2 ? "rack-a" : "rack-b" })),
    ha: ha(1),
    vms: [running("a", "h1", [0]), running("b", "h1", [1]), running("c", "h2", [0]), running("d", "h2", [1]), running("e", "h3", [0])],
  });

  test("are not failed as a whole unless asked for", () => {
    expect(judged(racks).failover).toMatchObject({ verdict: "survives", tolerates: 1 });
  });

  const taken = (name: string): Refusal => ({ host: name, reason: "no-free-device", requested: 1, used: 1, capacity: 1 });

  test("are failed as a whole beside every N hosts, and tolerates still counts hosts", () => {
    expect(judged(racks, plan([]), { faultDomains: true }).failover).toMatchObject({
      hostFailures: 1,
      verdict: "fails",
      worst: { hosts: ["h1", "h2"], off: ["a"], refused: [{ vms: ["a"], by: [taken("h3"), taken("h4")] }] },
      tolerates: 1,
    });
  });

  test("of one host each add nothing", () => {
    const each = { ...racks, hosts: racks.hosts.map((host) => ({ ...host, faultDomain: host.name })) };
    expect(judged(each, plan([]), { faultDomains: true }).failover).toEqual(judged(racks).failover);
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
