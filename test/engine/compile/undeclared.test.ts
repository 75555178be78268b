import { batchOf } from "../../../lib/engine/compile/batch";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Assignments, assignments } from "../../../lib/engine/compile/undeclared";
import { Cluster, parsePciId, PlanVm } from "../../../lib/model";
import { cluster, hosts, inventory, plan, requests, running, vm } from "../../reference/notation";

function completed(hostsText: string, vms: readonly PlanVm[], of: Partial<Cluster> = {}): Assignments | undefined {
  const declared = cluster({ hosts: hosts(hostsText), ...of });
  return assignments(batchOf(declared, declared, new PlanIndex(plan(vms), inventory(declared)), new Set()));
}

/** A: no sub-ids declared. F: both. `F` asks for both. */
test.each<[title: string, hosts: string, vms: readonly PlanVm[], worlds: number, open: number]>([
  ["nobody names a sub-id", "h1[A*3]", [vm("v", "A")], 1, 0],
  ["all are declared", "h1[F*3]", [vm("v", "F")], 1, 0],
  ["another model can't be it", "h1[H]", [vm("v", "F")], 1, 0],
  ["one is not declared: it is, or it is not", "h1[A]", [vm("v", "F")], 2, 1],
  ["two are not: each for itself", "h1[A] h2[A]", [vm("v", "F")], 4, 2],
  ["one is declared, one not", "h1[A,F]", [vm("v", "F")], 2, 1],
  ["nine devices: 512 ways are looked at", "h1[A*9]", [vm("v", "F")], 512, 9],
])("ways to complete what is not declared: %s", (_, hostsText, vms, worlds, open) => {
  const found = completed(hostsText, vms)!;
  expect([found.hosts.length, found.open.length]).toEqual([worlds, open]);
});

test("of more ways nothing is said", () => {
  expect(completed("h1[A*10]", [vm("v", "F")])).toBeUndefined();
});

test("what a VM holds is what it asked for, where that is declared", () => {
  const held = running("r", "h1", [0], { requests: requests("F") });
  const found = completed("h1[A]", [], { vms: [held] })!;
  expect(found.hosts.map(([host]) => host!.devices[0]!.id)).toEqual([expect.objectContaining(parsePciId("10de:20f1:10de:145f")!)]);
});
