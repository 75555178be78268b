import { judge } from "../judge";
import { known, Plan, PlanVm } from "../../../lib/model";
import { answerOf } from "../../reference/answer";
import { bruteForce } from "../../reference/brute-force";
import { after, change, cluster, ha, hosts, inventory, plan, running, vm } from "../../reference/notation";
import { replay } from "../../reference/replay";

describe("what a destroy waits for ends at its stack (O8)", () => {
  const replaced = (name: string, devices: string, more: Partial<PlanVm> = {}): PlanVm =>
    vm(name, devices, { action: "replace-destroy-first", ...more });
  const createFirst: Partial<PlanVm> = { action: "replace-create-first", createBeforeDestroy: true };
  const deleted: Partial<PlanVm> = { action: "delete" };
  const later: Partial<PlanVm> = { stack: "t", ...after("r") };

  test.each<readonly [title: string, hosts: string, vms: readonly PlanVm[]]>([
    ["a replacement that outgrows every host, before another's", "h1[A] h2[A]", [replaced("r", "A,A"), replaced("q", "A", later)]],
    ["a replacement that fits, before another's", "h1[A] h2[A]", [replaced("r", "A"), replaced("q", "A", later)]],
    ["a replacement before a delete", "h1[A] h2[A]", [replaced("r", "A,A"), vm("q", "A", { ...deleted, ...later })]],
    ["a create-first replacement before a create", "h1[A*2] h2[A]", [vm("r", "A", createFirst), vm("v", "A,A", later)]],
    [
      "a create-first replacement before a create-first one",
      "h1[A*2] h2[A*2]",
      [vm("r", "A", createFirst), vm("q", "A,A", { ...createFirst, ...later })],
    ],
    [
      "a delete before a delete",
      "h1[A] h2[A]",
      [vm("r", "A", deleted), vm("q", "A", { ...deleted, ...later }), vm("v", "A", { stack: "t" })],
    ],
  ])("%s", (_, shapes, vms) => {
    const of = cluster({ hosts: hosts(shapes), vms: [running("r", "h1", [0]), running("q", "h2", [0])] });
    const asked = inTwoStacks(vms);
    const [judged] = judge(asked, inventory(of)).clusters;
    expect(answerOf(judged!)).toEqual(bruteForce(asked, of));
    expect(replay(asked, of, judged!.powerOn)).toEqual([]);
  });
});

describe("steps that wait for each other are never said to have happened", () => {
  const of = cluster({ hosts: hosts("h1[A*2] h2[A*2]"), ha: ha(1), vms: [running("r", "h1", [0]), running("q", "h2", [0])] });
  const round: readonly PlanVm[] = [vm("a", "A", after("b")), vm("b", "A", after("a"))];
  const both = "vsphere_virtual_machine.a and vsphere_virtual_machine.b wait for each other, so that none of them can start";

  test.each<readonly [title: string, plan: Plan, why: string]>([
    ["two creations", plan(round), both],
    ["two creations, and what waits for them", plan([...round, vm("c", "A", after("b")), vm("d", "A")]), both],
    ["two creations, and one that can't be on", plan([...round, vm("c", "A,A,A")]), both],
    ["a VM and itself", plan([vm("a", "A", after("a"))]), "vsphere_virtual_machine.a waits for itself, so that it can't start"],
    [
      "a VM and a device change",
      plan([vm("a", "T", after("a", "x"))], [change("x", "h2", 1, { hardwareLabel: known("Training"), ...after("a") })]),
      "vsphere_virtual_machine.a waits for itself, so that it can't start",
    ],
    [
      "a create-first replacement and a destroy-first one that it depends on",
      plan([vm("r", "A", { action: "replace-destroy-first" }), vm("q", "A", { action: "replace-create-first", ...after("r") })]),
      "vsphere_virtual_machine.q and vsphere_virtual_machine.r wait for each other, so that none of them can start",
    ],
  ])("%s", (_, asked, why) => {
    const { powerOn, failover } = judge(asked, inventory(of)).clusters[0]!;
    expect(powerOn).toEqual({ verdict: "unknown", canBeLeftOff: [], complete: false, why: [why] });
    expect({ verdict: failover.verdict, why: failover.why }).toEqual({ verdict: "unknown", why: [why] });
  });
});

function inTwoStacks(vms: readonly PlanVm[]): Plan {
  const one = plan(vms);
  return { ...one, stacks: [...one.stacks, { name: "t", file: "t/cdk.tf.json", dependsOn: ["s"] }] };
}
