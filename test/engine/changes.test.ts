import { Change, DeviceChangeAsked, judge, prepare } from "../../lib/engine";
import { Cluster, InputError, isUsable, known, parsePciAddress, Plan, PlanVm, unknown } from "../../lib/model";
import * as fc from "../properties";
import { cases } from "../reference/generate";
import { cluster, ha, hosts, inventory, plan, running, vm } from "../reference/notation";

describe("the VMs of a host that is taken away", () => {
  const fail: Change = { kind: "fail-host", host: "h1", vms: "restart" };
  const asked = (action: PlanVm["action"], more: Partial<PlanVm> = {}): Plan => plan([vm("old", "A", { action, ...more })]);

  const source = { file: "x", line: 1 };
  const hostRule = { name: "stay", vms: ["old"], hosts: ["h1", "h3"], mandatory: true, source };
  const vmRule = { name: "apart", vms: ["old", "other"], type: "separate" as const, mandatory: true, source };
  const renamed: Partial<PlanVm> = { name: known("new"), runningName: known("old") };

  test.each<[string, Plan, readonly (string | undefined)[], Partial<Cluster>, string]>([
    ["of one name in two folders, to a VM-Host rule", plan([]), ["a", "b"], { hostRules: [hostRule] }, "impossible"],
    ["of one name in two folders, to a VM-VM rule", plan([]), ["a", "b"], { vmRules: [vmRule] }, "impossible"],
    ["that a plan renames and reboots, to a VM-Host rule", asked("reboot", renamed), [undefined], { hostRules: [hostRule] }, "impossible"],
    ["that a plan renames and reboots, to a VM-VM rule", asked("reboot", renamed), [undefined], { vmRules: [vmRule] }, "impossible"],
  ])("keep, where they are %s", (_, given, folders, rules, verdict) => {
    const olds = folders.map((folder, index) => running("old", "h1", [index], folder === undefined ? {} : { folder }));
    const ruled = cluster({ hosts: hosts("h1[A*2] h2[A*3]"), vms: [...olds, running("other", "h2", [])], ...rules });
    const failed = prepare(given, inventory(ruled)).with(fail);
    expect(judge(failed).clusters[0]!.powerOn.verdict).toBe(verdict);
    const free = prepare(given, inventory({ ...ruled, hostRules: [], vmRules: [] })).with(fail);
    expect(judge(free).clusters[0]!.powerOn.verdict).toBe("guaranteed");
  });

  test.each(["from-stack", "none", "reboot"] as const)("are unknown where their restart priority is: %s", (action) => {
    const given = asked(action, { restartPriority: unknown("${var.priority}") });
    const before = prepare(given, inventory(cluster({ hosts: hosts("h1[A*2] h2[A]"), vms: [running("old", "h1", [0])], ha: ha(0) })));
    for (const each of [before, before.with(fail)]) {
      const { powerOn } = judge(each).clusters[0]!;
      expect([powerOn.verdict, powerOn.why]).toEqual(["unknown", ["old: ${var.priority}"]]);
    }
  });
});

describe("a change that could be of one thing or of another", () => {
  const byKind = running("old", "h1", [0], { heldByKind: [parsePciAddress("0000:01:00.0")!] });
  const of = cluster({ hosts: hosts("h1[A*2,H] h2[A]"), vms: [byKind] });
  const at = { host: "h1", device: "0000:02:00.0" };
  const unclear =
    "VMs of h1 hold some devices of a kind, and it is not known whether 0000:02:00.0 is one: declare what they hold by address";

  test.each<DeviceChangeAsked>([
    { kind: "label-device", ...at, label: "Training" },
    { kind: "enable-device", ...at },
    { kind: "disable-device", ...at },
    { kind: "set-device-aside", ...at, why: "spare" },
  ])("a device of a kind that a VM holds one of is not changed: $kind", (change) => {
    const prepared = prepare(plan([]), inventory(of));
    expect(() => prepared.with(change)).toThrow(InputError);
    expect(() => prepared.with(change)).toThrow(unclear);
    for (const other of [
      { host: "h1", device: "0000:03:00.0" },
      { host: "h2", device: "0000:01:00.0" },
    ]) {
      expect(() => prepared.with({ ...change, ...other })).not.toThrow();
    }
  });

  const twins = ["a", "b"].map((folder, index) => running("old", "h1", [index], { folder }));
  const two = cluster({ hosts: hosts("h1[A*2] h2[A*2]"), vms: twins });
  const both = plan([vm("v", "A"), vm("w", "A", { name: known("v"), label: "v" })]);

  test("a VM is not left out where several are called so, but by what tells it from the others", () => {
    const prepared = prepare(both, inventory(two));
    const leaveOut = (name: string) => prepared.with({ kind: "leave-out-vm", vm: name });
    expect(() => leaveOut("old")).toThrow('several VMs are called "old": say which, as "a/old"');
    expect(() => leaveOut("v")).toThrow('several VMs of the plan are called "v": say which, as "vsphere_virtual_machine.v"');
    expect(leaveOut("b/old").inventory.clusters[0]!.vms).toEqual([twins[0]]);
    expect(leaveOut("vsphere_virtual_machine.w").plan.vms).toEqual([both.vms[0]]);
  });
});

test("every VM comes back after one host failure where each host's VMs surely power on elsewhere when it is asked again without it", () => {
  const verdicts = new Set<string>();
  const clusters = fc.oneof(cases({ crowded: true, sizes: true }), cases({ crowded: true, rules: true, pools: true }));
  const property = fc.property(clusters, fc.boolean(), ({ cluster: of }, isTwin) => {
    const given = prepare(plan([]), inventory(restartable(isTwin ? withTwins(of) : of)));
    const usable = of.hosts.filter(isUsable);
    if (usable.length < 2) return;
    const { verdict } = judge(given).clusters[0]!.failover;
    const without = usable.map(
      ({ name }) => judge(given.with({ kind: "fail-host", host: name, vms: "restart" })).clusters[0]!.powerOn.verdict,
    );
    verdicts.add(verdict);
    expect(verdict === "survives").toBe(without.every((each) => each === "guaranteed"));
    expect(verdict === "fails").toBe(without.includes("impossible"));
  });
  fc.assert(property, { numRuns: 100 });
  expect(verdicts.size).toBeGreaterThanOrEqual(fc.share(2));
});

/** HA with one restart priority, where a restart and a power-on are the same: DRS picks the host, no host is set aside, all is reserved. */
function restartable(of: Cluster): Cluster {
  return {
    ...of,
    planned: [],
    ha: ha(1),
    drs: { enabled: true, automationLevel: "fullyAutomated", declared: true },
    hosts: of.hosts.map((host) => ({ ...host, failover: false })),
    vms: of.vms.map(({ drs: _, restartPriority: _priority, ...each }) => ({
      ...each,
      static: false,
      memoryReservationMb: each.memoryMb ?? each.memoryReservationMb,
    })),
  };
}

/** The first two VMs are called alike, in two folders. */
function withTwins(of: Cluster): Cluster {
  const twins = of.vms.slice(0, 2).map(({ name }) => name);
  const called = (name: string): string => (twins.includes(name) ? "twin" : name);
  const ruled = <R extends { readonly vms: readonly string[] }>(rule: R): R => ({ ...rule, vms: rule.vms.map(called) });
  return {
    ...of,
    vms: of.vms.map((each, index) => ({ ...each, name: called(each.name), folder: `folder-${index}` })),
    hostRules: of.hostRules.map(ruled),
    vmRules: of.vmRules.map(ruled),
  };
}
