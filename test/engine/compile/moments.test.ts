import { batchOf } from "../../../lib/engine/compile/batch";
import { momentsOf } from "../../../lib/engine/compile/moments";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Cluster, ClusterChange, HostSetting, known, PlanVm, unknown } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

const declared = cluster({ hosts: hosts("h1[A] h2[A]") });
const id = "vsphere_host.h2";
const away = (more: Partial<ClusterChange> = {}, sets: Partial<HostSetting> = {}): ClusterChange => ({
  address: id,
  stack: "stack",
  action: "create",
  sets: { kind: "host", host: known([{ by: "name", name: "h2" }]), maintenance: known(true), ...sets },
  dependsOn: [],
  source: { file: "plan.json", line: 1 },
  ...more,
});
const a = (more: Partial<PlanVm> = {}): PlanVm => vm("a", "A", more);
const waiting = a({ dependsOn: [id] });

function found(change: ClusterChange, vms: readonly PlanVm[], of: Cluster = declared) {
  const index = new PlanIndex({ ...plan(vms), clusterChanges: [change] }, inventory(of));
  const moments = momentsOf(of, index, batchOf(of, of, index, new Set()));
  const stateOf = ({ hosts: all }: Cluster): string => (all.find(({ name }) => name === "h2")!.state === "connected" ? "here" : "away");
  const told = moments.list.map(({ atPowerOn, atEnd }) => `${stateOf(atPowerOn(of))}-${stateOf(atEnd(atPowerOn(of)))}`);
  return { ...moments, told: told.sort().join(" ") };
}

const held: Cluster = { ...declared, vms: [running("r", "h2", [1])] };

test.each<[title: string, change: ClusterChange, vms: readonly PlanVm[], cluster: Cluster, told: string, unordered: boolean]>([
  ["before who waits for it", away(), [waiting], declared, "away-away", false],
  ["at any time for who does not, who may keep it from going", away(), [a()], declared, "away-away here-away here-here", true],
  ["after whom it waits for", away({ dependsOn: [a().address] }), [a()], declared, "here-away here-here", false],
  ["whenever, where nobody powers on", away(), [], declared, "here-away", false],
  ["not at all, if a VM with devices is in its way", away(), [waiting], held, "away-away here-away here-here", true],
  ["by now, where the plan leaves it so", away({ action: "none" }), [a()], declared, "away-away", false],
  ["or not, where that is not known", away({}, { maintenance: unknown("${x}") }), [waiting], declared, "away-away here-here", false],
])("a host goes %s", (_, change, vms, of, told, unordered) => {
  const moments = found(change, vms, of);
  expect([moments.told, moments.unordered]).toEqual([told, unordered ? [id] : []]);
});

test("a deletion waits for nobody, and nobody for it", () => {
  expect(found(away({ action: "delete" }), [waiting]).told).toBe("away-away here-away here-here");
});

test("a change between power-ons of VMs that wait for each other is not judged by those before and after", () => {
  const b = vm("b", "A", { dependsOn: [a().address] });
  expect(found(away(), [a(), b]).between).toMatch(/^vsphere_host.h2 may come between two power-ons/);
  expect(found(away(), [a(), vm("b", "A")]).between).toBeUndefined();
});
