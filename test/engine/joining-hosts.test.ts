import { Cluster, ClusterChange, Host, HostSetting, known, Plan } from "../../lib/model";
import * as fc from "../properties";
import { cases, mixedCases } from "../reference/generate";
import { cluster, ha, hosts, inventory, plan, requests, running, vm } from "../reference/notation";
import { judge } from "./judge";

/** The plan puts a host into the cluster that the inventory does not have. */
function joining(of: Cluster): ClusterChange {
  const sets: HostSetting = {
    kind: "host",
    host: known([{ by: "name", name: "joining" }]),
    cluster: known({ by: "name", name: of.name }),
    connected: known(true),
    maintenance: known(false),
  };
  return { address: "vsphere_host.joining", stack: "farm", action: "create", sets, dependsOn: [], source: { file: "stack.tf", line: 1 } };
}

const judged = (of: Plan, declared: Cluster) => judge(of, inventory(declared)).clusters[0]!;

test("what is guaranteed where a host joins that nothing declares is guaranteed whatever that host has", () => {
  let guaranteed = 0;
  const clusters = fc.oneof(cases({ crowded: true, sizes: true }), cases({ crowded: true, pools: true }), mixedCases);
  const property = fc.property(clusters, fc.nat(), ({ plan: of, cluster: whole }, which) => {
    const host = whole.hosts[which % whole.hosts.length]!;
    const others = whole.vms.filter((each) => each.host !== host.name);
    const declared = { ...whole, hosts: whole.hosts.filter((each) => each !== host), vms: others };
    if (declared.hosts.length === 0) return;
    const found = judged({ ...of, clusterChanges: [joining(whole)] }, declared);
    expect(["not-judged", "unknown"]).toContain(found.failover.verdict);
    if (found.powerOn.verdict !== "guaranteed") return;
    guaranteed++;
    for (const joined of [host, { ...host, memoryMb: Math.ceil(host.memoryMb / 2) }, { ...host, devices: host.devices.slice(1) }]) {
      const actual: Host = { ...joined, name: "joining", state: "connected" };
      expect(judged(of, { ...declared, hosts: [...declared.hosts, actual] }).powerOn.verdict).toBe("guaranteed");
    }
  });
  fc.assert(property, { numRuns: 300 });
  expect(guaranteed).toBeGreaterThanOrEqual(fc.share(30));
});

test("failover is not told: a VM that the host takes leaves its place to one with a choice, and a third needs just that", () => {
  const large = running("large", "f", [0, 1], { requests: requests("A|H,A|H") });
  const small = running("small", "f", [2], { requests: requests("A") });
  const declared = cluster({
    hosts: hosts("f[A,A,A] g[A,A] h[H,H]"),
    ha: ha(1, { admissionControl: "disabled" }),
    vms: [large, small],
  });
  const taken = plan([vm("test", "A", { restartPriority: known("disabled") })]);
  const failover = (of: Plan, where: Cluster): string => judged(of, where).failover.verdict;
  expect(failover(taken, declared)).toBe("survives");
  expect(failover(taken, { ...declared, hosts: [...declared.hosts, ...hosts("joining[A]")] })).toBe("placement-dependent");
  expect(failover({ ...taken, clusterChanges: [joining(declared)] }, declared)).toBe("unknown");
});
