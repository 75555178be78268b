import { judge } from "./judge";
import { Cluster, ClusterJudgement, PlanVm } from "../../lib/model";
import { cluster, ha, hosts, inventory, plan, vm } from "../reference/notation";

const judged = (hostsText: string, vms: readonly PlanVm[], of: Partial<Cluster> = {}): ClusterJudgement =>
  judge(plan(vms), inventory(cluster({ hosts: hosts(hostsText), ...of }))).clusters[0]!;

/** `F` asks for sub-ids that `A` does not declare and `F` does (M4). */
test.each<[title: string, hosts: string, vms: readonly PlanVm[], verdict: string, off: readonly string[], complete: boolean]>([
  ["one way: nothing is open", "h1[F]", [vm("v", "F")], "guaranteed", [], true],
  ["on in one way, off in the other", "h1[A]", [vm("v", "F")], "unknown", [], false],
  ["on in every way", "h1[A,F]", [vm("v", "F")], "guaranteed", [], true],
  ["off in every way", "h1[A]", [vm("v", "F,F")], "impossible", ["v"], true],
  // In one way both can be off, in the other v alone.
  ["impossible in every way: those are told who are off in all", "h1[A] h2[]", [vm("v", "F,F"), vm("w", "F")], "impossible", ["v"], false],
])("%s", (_, hostsText, vms, verdict, off, complete) => {
  const { powerOn } = judged(hostsText, vms);
  expect([powerOn.verdict, powerOn.canBeLeftOff.map((name) => name.split(".")[1]), powerOn.complete]).toEqual([verdict, off, complete]);
});

test.each<[title: string, hosts: string, verdict: string, told: boolean]>([
  ["survived in every way", "h1[A,F] h2[A,F]", "survives", true],
  ["survived in some way", "h1[F] h2[A]", "unknown", false],
])("failover: %s", (_, hostsText, verdict, told) => {
  const { failover } = judged(hostsText, [vm("v", "F")], { ha: ha(1) });
  expect([failover.verdict, failover.tolerates !== undefined]).toEqual([verdict, told]);
});
