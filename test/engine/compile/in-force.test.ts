import { batchOf } from "../../../lib/engine/compile/batch";
import { inForceFor, Unsettled } from "../../../lib/engine/compile/in-force";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Cluster, known, PlanRule, PlanVm, unknown } from "../../../lib/model";
import { cluster, ha, hosts, inventory, plan, poolNamed, running, vm } from "../../reference/notation";

const source = { file: "notation", line: 1 };
const apart = (more: Partial<PlanRule> = {}): PlanRule => ({
  kind: "vm-anti-affinity", address: "rule.r", stack: "s", mandatory: known(true), enabled: known(true), vms: known(["vsphere_virtual_machine.v"]), source, ...more }); // prettier-ignore

function inForce(of: Partial<Cluster>, rules: readonly PlanRule[] = [], vms: readonly PlanVm[] = [vm("v", "A")]): Unsettled {
  const declared = cluster({ hosts: hosts("h1[A] h2[A]"), ...of });
  const index = new PlanIndex({ ...plan(vms), rules }, inventory(declared));
  return inForceFor(batchOf(declared, declared, index, new Set()), index);
}

const declared = (mandatory: boolean): Partial<Cluster> => ({ vmRules: [{ name: "d", vms: ["v"], type: "separate", mandatory, source }] });

/** Each rule that keeps VMs apart, and whether it is in force at power-on, too. */
test.each<[title: string, found: Unsettled, rules: readonly boolean[], unknownRules: number]>([
  ["none", inForce({}), [], 0],
  ["a declared one", inForce(declared(true)), [true], 0],
  ["one that is not mandatory binds nothing", inForce(declared(false)), [], 0],
  ["one of the plan, at failover only (O3)", inForce({}, [apart()]), [false], 0],
  ["one that is turned off", inForce({}, [apart({ enabled: known(false) })]), [], 0],
  ["one that may be turned off is not known", inForce({}, [apart({ enabled: unknown("${e}") })]), [], 1],
  ["one that may be mandatory is not known", inForce({}, [apart({ mandatory: unknown("${m}") })]), [], 1],
  ["off, whatever else is not known", inForce({}, [apart({ enabled: known(false), mandatory: unknown("${m}") })]), [], 0],
  ["of which it is not known whom it is about", inForce({}, [apart({ vms: unknown("${v}") })]), [], 1],
  ["about VMs of another cluster", inForce({}, [apart({ vms: known(["vsphere_virtual_machine.z"]) })]), [], 0],
])("rules: %s", (_, found, rules, unknownRules) => {
  expect(found.inForce.vmRules.map(({ atPowerOn }) => atPowerOn)).toEqual(rules);
  expect(found.unknownRules.length).toBe(unknownRules);
});

test("hosts that a rule of the plan keeps VMs off are all the others' hosts", () => {
  const rule = (kind: PlanRule["kind"]): readonly string[] =>
    inForce({}, [apart({ kind, hosts: known([{ by: "name", name: "h1" }]) })]).inForce.hostRules[0]!.hosts;
  expect([rule("vm-host-affinity"), rule("vm-host-anti-affinity")]).toEqual([["h1"], ["h2"]]);
});

test.each<[title: string, of: Partial<Cluster>, asks: boolean]>([
  ["HA is off", {}, false],
  ["admission control is disabled", { ha: ha(1) }, false],
  ["it admits everything at once", { ha: ha(1, { admissionControl: "resourcePercentage" }), hosts: hosts("h1[A] h2[A] h3[A]") }, false],
  ["it may refuse", { ha: ha(1, { admissionControl: "resourcePercentage" }), hosts: hosts("h1[A]") }, true],
])("admission control is looked at where it may refuse: %s", (_, of, asks) => {
  expect(inForce(of).inForce.admission !== undefined).toBe(asks);
});

test.each<[title: string, memoryLimitMb: number | undefined, asks: boolean]>([
  ["no limit", undefined, false],
  // 1024 and 1024 of overhead.
  ["room for all", 2048, false],
  ["one MB short", 2047, true],
])("a resource pool is looked at where it may refuse: %s", (_, memoryLimitMb, asks) => {
  const pool = { name: "p", expandable: true, source, ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }) };
  const found = inForce({ resourcePools: [pool] }, [], [vm("v", "A", { resourcePool: known(poolNamed("p")) })]);
  expect(found.inForce.pools !== undefined).toBe(asks);
});

test("a VM is under rules by its address and by its name, each once", () => {
  const { inForce: of } = inForce({ ...declared(true), vms: [running("r", "h1", [])] }, [apart()]);
  expect(of.vmRulesOf({ id: "vsphere_virtual_machine.v", name: "v" } as Parameters<typeof of.vmRulesOf>[0])).toEqual([0, 1]);
  expect(of.vmRulesOf({ id: "r", name: "r" } as Parameters<typeof of.vmRulesOf>[0])).toEqual([]);
});
