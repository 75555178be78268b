import { compile } from "../../../lib/engine/compile/compile";
import { batchOf } from "../../../lib/engine/compile/batch";
import { inForceFor } from "../../../lib/engine/compile/in-force";
import { JudgeOptions } from "../../../lib/engine/compile/judge-options";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Problem } from "../../../lib/engine/compile/problem";
import { Cluster, PlanVm } from "../../../lib/model";
import { after, cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

function compiled(text: string, vms: readonly PlanVm[], of: Partial<Cluster> = {}, options: JudgeOptions = {}): Problem {
  const declared = cluster({ hosts: hosts(text), ...of });
  const index = new PlanIndex(plan(vms), inventory(declared));
  const batch = batchOf(declared, declared, index, new Set());
  return compile(batch, declared.hosts, inForceFor(batch, index).inForce, options);
}

test("slots are hosts in the order of their kinds, then names", () => {
  const { slots } = compiled("h3[A] h1[A*2] h2[A] h4[A*2]", [vm("v", "A")]);
  const names = slots.map(({ kind, host }) => `${kind} ${host.name}`);
  expect([...names].sort()).toEqual(names);
  expect(slots.map(({ host }) => host.name).sort()).toEqual(["h1", "h2", "h3", "h4"]);
  expect(new Set(slots.map(({ kind }) => kind)).size).toBe(2);
});

/** Classes of steps, as how many of each, and how many steps each waits for. */
test.each<[title: string, vms: readonly PlanVm[], steps: readonly string[]]>([
  ["nothing is to be done", [], []],
  [
    "equal creations fall together, wherever they stand",
    [vm("a", "A"), vm("b", "A,A"), vm("c", "A")],
    ["2 power-on after 0", "1 power-on after 0"],
  ],
  ["a reboot is two steps, one after the other", [vm("r", "A", { action: "reboot" })], ["1 release after 0", "1 power-on after 1"]],
  [
    "two reboots stand alone",
    [vm("r", "A", { action: "reboot" }), vm("s", "A", { action: "reboot" })],
    ["1 release after 0", "1 power-on after 1", "1 release after 0", "1 power-on after 1"],
  ],
  [
    "what waits for the same falls together",
    [vm("a", "A,A"), vm("b", "A", after("a")), vm("c", "A", after("a"))],
    ["1 power-on after 0", "2 power-on after 1"],
  ],
])("steps: %s", (_, vms, steps) => {
  const runs = [running("r", "h1", [0]), running("s", "h1", [1])];
  const found = compiled("h1[A*4] h2[A*4]", vms, { vms: runs }).steps;
  expect(found.map(({ size, kind, after: before }) => `${size} ${kind} after ${before.length}`)).toEqual(steps);
  expect(found.flatMap(({ ordinals }) => ordinals).sort()).toEqual(found.flatMap(({ ordinals }) => ordinals).map((_at, index) => index));
});

test.each<[title: string, level: Cluster["drs"]["automationLevel"], options: JudgeOptions, defrag: boolean]>([
  ["not unless it is asked for", "fullyAutomated", {}, false],
  ["where DRS moves VMs by itself", "fullyAutomated", { defrag: "movable" }, true],
  ["not where a person has to agree", "partiallyAutomated", { defrag: "movable" }, false],
])("VMs may be moved aside: %s", (_, automationLevel, options, defrag) => {
  expect(compiled("h1[A]", [], { drs: { enabled: true, automationLevel, declared: true } }, options).defrag).toBe(defrag);
});
