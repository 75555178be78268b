import { Cluster, DrsLevel, known, Maybe, Plan, PlanCluster, PlanRule, unknown } from "../../lib/model";
import { clusterSettingsDiffer } from "../../lib/rules/cluster-settings-differ";
import { dependencyRuleIgnored } from "../../lib/rules/dependency-rule-ignored";
import { drsOverrideDisables } from "../../lib/rules/drs-override-disables";
import { slotSizeFromPercentages } from "../../lib/rules/slot-size-from-percentages";
import { vmRuleUnknown } from "../../lib/rules/vm-rule-unknown";
import { carriers, gpuVm, ha, plan, planRule, planVm, runningVm, source, vmSource } from "./builders";
import { table } from "./table";

const a = "vsphere_virtual_machine.a";
const lost = planVm("a", { carriers: carriers({ template: unknown("${x}") }) });
const ruled = (rule: PlanRule, ...vms: readonly ReturnType<typeof gpuVm>[]) => plan({ vms, rules: [rule] });
const override = (drsLevel: Maybe<DrsLevel>, rest: Partial<PlanRule> = {}) => planRule("drs-override", [a], { drsLevel, ...rest });
const taken = (does: string) => [
  `warning rule.drs-override: rule.drs-override ${does} for a: it powers on where it is registered, without looking for free devices`,
];

table(drsOverrideDisables, [
  ["finds DRS made manual", ruled(override(known("manual")), gpuVm("a")), {}, taken("makes DRS manual")],
  ["is silent where DRS still places it", ruled(override(known("partiallyAutomated")), gpuVm("a")), {}, []],
  ["is silent about a VM without devices", ruled(override(known("off")), planVm("a")), {}, []],
  ["is silent about an unknown level", ruled(override(unknown("${x}")), gpuVm("a")), {}, []],
  ["is silent about unknown VMs", ruled(override(known("off"), { vms: unknown("${x}") }), gpuVm("a")), {}, []],
  ["is silent about unknown requests", ruled(override(known("off")), lost), {}, []],
]);

const waits = "rule.vm-dependency is not judged: which VMs wait for others at a restart";
table(dependencyRuleIgnored, [
  [
    "is found where its VMs are unknown",
    ruled(planRule("vm-dependency", [], { vms: unknown("${x}") })),
    {},
    [`note rule.vm-dependency: ${waits}`],
  ],
  ["is silent about other rules", ruled(planRule("vm-affinity", [a])), {}, []],
]);

const must = { mandatory: known(true) };
const open = { vms: unknown("${var.vms}") };
const inForce = (...vms: readonly string[]): Partial<Cluster> => ({
  vms: [runningVm("old")],
  vmRules: [{ name: "apart", vms, type: "separate", mandatory: true, source }],
});
table(vmRuleUnknown, [
  [
    "says every part that is not known",
    ruled(planRule("vm-host-affinity", [a], { mandatory: unknown("${m}"), hosts: unknown("${h}") })),
    {},
    [
      "warning rule.vm-host-affinity: whether rule.vm-host-affinity is mandatory is not known: ${m}",
      "warning rule.vm-host-affinity: which hosts rule.vm-host-affinity is about is not known: ${h}",
    ],
  ],
  ["is silent about a rule that is off", ruled(planRule("vm-affinity", [], { ...must, ...open, enabled: known(false) })), {}, []],
  ["is silent about an override", ruled(planRule("ha-override", [], { ...must, ...open })), {}, []],
  ["is silent about a rule that is known", ruled(planRule("vm-affinity", [a], must)), {}, []],
  [
    "notes VMs of the inventory's rules that nothing declares",
    plan(),
    inForce("old", "ghost"),
    ['note: the rule "apart" names "ghost", which is neither declared nor in the stacks'],
  ],
  ["takes the stacks' VMs by name and by address", plan({ vms: [planVm("a")] }), inForce("a", a), []],
  ["is silent where a VM's name is not known", plan({ vms: [planVm("a", { name: unknown("${x}") })] }), inForce("ghost"), []],
]);

/** A cluster as the vSphere provider makes it where nothing is said but that DRS and HA are on. */
function planCluster(rest: Partial<PlanCluster> = {}): Plan {
  const cluster: PlanCluster = {
    address: "vsphere_compute_cluster.c",
    stack: "farm",
    name: known("gpu-prod"),
    drsLevel: known("fullyAutomated"),
    haEnabled: known(true),
    hostFailuresToTolerate: known(1),
    admissionControl: known("resourcePercentage"),
    defaultRestartPriority: known("medium"),
    automaticPercentage: known(true),
    cpuPercent: known(100),
    memoryPercent: known(100),
    explicitSlotSize: known(false),
    writtenSlotCpuMhz: known(32),
    writtenSlotMemoryMb: known(100),
    says: { drs: true, ha: true },
    monitorsHosts: known(true),
    vmOverrides: known(true),
    failoverHosts: known([]),
    notJudged: [],
    source: vmSource,
    ...rest,
  };
  return plan({ clusters: [cluster] });
}

const c = "vsphere_compute_cluster.c";
const slots: Partial<PlanCluster> = { admissionControl: known("slotPolicy"), explicitSlotSize: known(true) };
const written = { writtenSlotCpuMhz: known(4000), writtenSlotMemoryMb: known(65536) };
table(slotSizeFromPercentages, [
  [
    "says what it knows",
    planCluster({ ...slots, cpuPercent: unknown("${x}"), writtenSlotCpuMhz: unknown("${y}"), name: unknown("${z}") }),
    {},
    [`warning ${c}: ${c}: vCenter receives slots of the percentages, as MHz and MB, not the slot size that is written`],
  ],
  ["is silent where both are the same", planCluster({ ...slots, cpuPercent: known(32) }), {}, []],
  ["is silent about other policies", planCluster({ ...slots, admissionControl: known("resourcePercentage") }), {}, []],
  ["is silent where HA is off", planCluster({ ...slots, haEnabled: known(false) }), {}, []],
  ["is silent about an unknown policy", planCluster({ ...slots, admissionControl: unknown("${x}") }), {}, []],
  ["is silent where no reader looked for clusters", plan(), {}, []],
]);

const differs = (...differences: readonly string[]) => [`warning ${c}: gpu-prod: ${differences.join("; ")}`];
const declaring = (rest: Partial<typeof ha> = {}): Partial<Cluster> => ({ ha: { ...ha, ...rest } });
table(clusterSettingsDiffer, [
  [
    "finds what is off where nothing is said",
    planCluster({ drsLevel: known("off"), haEnabled: known(false) }),
    declaring(),
    differs("DRS is off in the stack, fullyAutomated in the inventory", "HA is off in the stack, on in the inventory"),
  ],
  ["finds HA that the inventory lacks", planCluster(), {}, differs("HA is on in the stack, off in the inventory")],
  [
    "finds another number of host failures, and another restart priority",
    planCluster({ hostFailuresToTolerate: known(2), defaultRestartPriority: known("high") }),
    declaring(),
    differs(
      "the restart priority is high in the stack, medium in the inventory",
      "the number of host failures to tolerate is 2 in the stack, 1 in the inventory",
    ),
  ],
  [
    "finds another policy, and then nothing of its numbers",
    planCluster({ admissionControl: known("disabled"), hostFailuresToTolerate: known(2) }),
    declaring(),
    differs("admission control is disabled in the stack, resourcePercentage in the inventory"),
  ],
  [
    "finds percentages",
    planCluster({ automaticPercentage: known(false), cpuPercent: known(25), memoryPercent: known(30) }),
    declaring({ memoryPercent: 30 }),
    differs("the CPU percentage is 25 in the stack, automatic in the inventory"),
  ],
  [
    "compares slots with what vCenter receives",
    planCluster({ ...slots, ...written }),
    declaring({ admissionControl: "slotPolicy", slotCpuMhz: 4000, slotMemoryMb: 100 }),
    differs("the slot's CPU (MHz) is 100 in the stack, 4000 in the inventory"),
  ],
  [
    "finds an explicit slot size that the inventory lacks",
    planCluster({ admissionControl: known("slotPolicy") }),
    declaring({ admissionControl: "slotPolicy", slotCpuMhz: 4000, slotMemoryMb: 65536 }),
    differs(
      "the slot's CPU (MHz) is computed in the stack, 4000 in the inventory",
      "the slot's memory (MB) is computed in the stack, 65536 in the inventory",
    ),
  ],
  ["is silent where they agree", planCluster(), declaring(), []],
  ["is silent where HA is off in both", planCluster({ haEnabled: known(false) }), {}, []],
  ["is silent about what is not known", planCluster({ drsLevel: unknown("${x}"), haEnabled: unknown("${y}") }), {}, []],
  ["is silent about an unknown policy", planCluster({ admissionControl: unknown("${x}") }), declaring(), []],
  ["is silent about a cluster that is not declared", planCluster({ name: known("other"), drsLevel: known("off") }), {}, []],
  ["is silent about a cluster without a known name", planCluster({ name: unknown("${x}"), drsLevel: known("off") }), {}, []],
]);
