import { HostRef, known, Maybe, PciAddress, Plan, PlanCluster, PlanVm, unknown } from "../../lib/model";
import { firmwareNotEfi } from "../../lib/rules/firmware-not-efi";
import { guestIdUnset } from "../../lib/rules/guest-id-unset";
import { hardwareVersionRefused } from "../../lib/rules/hardware-version-refused";
import { hostNotBinding } from "../../lib/rules/host-not-binding";
import { hostOfAnotherCluster } from "../../lib/rules/host-of-another-cluster";
import { latencyNotReserved } from "../../lib/rules/latency-not-reserved";
import { limitBelowReservation } from "../../lib/rules/limit-below-reservation";
import { memoryNotReserved } from "../../lib/rules/memory-not-reserved";
import { percentagesReserveAll } from "../../lib/rules/percentages-reserve-all";
import { sriovFunctionFull } from "../../lib/rules/sriov-function-full";
import { sriovFunctionUndeclared } from "../../lib/rules/sriov-function-undeclared";
import { sriovOfGpu } from "../../lib/rules/sriov-of-gpu";
import { staticNoRestart } from "../../lib/rules/static-no-restart";
import { staticWithoutClone } from "../../lib/rules/static-without-clone";
import { staticWithoutHost } from "../../lib/rules/static-without-host";
import {
  address,
  carriers,
  cluster,
  clusterJudgement,
  device,
  gpuVm,
  H100,
  ha,
  host,
  inventory,
  judgement,
  NIC,
  plan,
  planOf,
  planVm,
  request,
  runningVm,
  T4,
  template,
  vmSource,
} from "./builders";
import { said } from "./run-rule";
import { table } from "./table";

const a = "vsphere_virtual_machine.a";
const at = address("0000:01:00.0");
const first: Maybe<HostRef> = known({ by: "name", name: "esx-01" });
const runs = { vms: [runningVm("a", { devices: [at] })], hosts: [host("esx-01", { devices: [device("0000:01:00.0")] })] };

const clone = (rest: Partial<PlanVm> = {}) => planOf(planVm("a", { madeFrom: known("template"), ...rest }));
const withoutGuest = (unless = "") => [
  `${unless === "" ? "error" : "warning"} ${a}: a is a clone without guest_id: the vSphere provider refuses it${unless} (invalid guest ID "")`,
];

table(guestIdUnset, [
  ["finds a clone without", clone(), {}, withoutGuest()],
  ["finds an empty one", clone({ guestId: known("") }), {}, withoutGuest()],
  ["finds a replacement", clone({ action: "replace-destroy-first" }), { vms: [runningVm("a")] }, withoutGuest()],
  [
    "warns where the source may be an item of a content library",
    clone({ madeFrom: known("template-or-item") }),
    {},
    withoutGuest(" unless it is made from an item of a content library"),
  ],
  ["is silent about an item of a content library", clone({ madeFrom: known("library-item") }), {}, []],
  ["is silent about a VM that is no clone", clone({ madeFrom: known("nothing") }), {}, []],
  ["is silent where what it is made from is not known", clone({ madeFrom: unknown("${x}") }), {}, []],
  ["is silent where it is set", clone({ guestId: known("ubuntu64Guest") }), {}, []],
  ["is silent where it is set to something", clone({ guestId: unknown("${data.x.y.guest_id}") }), {}, []],
  ["is silent about a VM that is there", clone(), { vms: [runningVm("a")] }, []],
  ["is silent about an update", clone({ action: "reboot" }), {}, []],
]);

const fixed = (rest: Partial<PlanVm> = {}) => planOf(planVm("a", { carriers: carriers({ static: known([at]) }), ...rest }));

table(staticWithoutClone, [
  [
    "finds a VM that is made from scratch",
    fixed({ madeFrom: known("nothing") }),
    {},
    [`error ${a}: a has pci_device_id 0000:01:00.0 and is made from scratch: the vSphere provider can't give it the device`],
  ],
  ["is silent about a clone", fixed({ madeFrom: known("template") }), {}, []],
  ["is silent about a later update", fixed({ madeFrom: known("nothing") }), runs, []],
  ["is silent about a VM without devices", planOf(planVm("a", { madeFrom: known("nothing") })), {}, []],
]);

const nic = (name: string, rest: Partial<PlanVm> = {}, functions: Maybe<readonly PciAddress[]> = known([at])) =>
  planVm(name, { carriers: carriers({ sriov: functions }), host: first, ...rest });
const withoutHost = (planned: PlanVm): PlanVm => {
  const { host: _, ...rest } = planned;
  return rest;
};

table(staticWithoutHost, [
  [
    "finds a static device",
    fixed(),
    {},
    [`error ${a}: a has pci_device_id 0000:01:00.0 and no host_system_id: the vSphere provider refuses the plan`],
  ],
  [
    "finds an SR-IOV interface",
    planOf(withoutHost(nic("a"))),
    {},
    [`error ${a}: a has an SR-IOV interface on 0000:01:00.0 and no host_system_id: the vSphere provider refuses the plan`],
  ],
  ["is silent with a host", fixed({ host: first }), {}, []],
  ["is silent with a host that is not known", fixed({ host: unknown("${x}") }), {}, []],
]);

const limited = (rest: Partial<PlanVm>) =>
  planOf(planVm("a", { memoryReservationMb: known(4096), cpuReservationMhz: known(2000), ...rest }));

table(limitBelowReservation, [
  ["finds a CPU limit", limited({ cpuLimitMhz: known(1000) }), {}, [`error ${a}: a reserves 2000 MHz and has a cpu_limit of 1000 MHz`]],
  ["finds a memory limit", limited({ memoryLimitMb: known(2048) }), {}, [`error ${a}: a reserves 4 GB and has a memory_limit of 2 GB`]],
  ["is silent about limits at the reservation", limited({ cpuLimitMhz: known(2000), memoryLimitMb: known(4096) }), {}, []],
  ["is silent about what is not known", limited({ cpuLimitMhz: unknown("${x}"), memoryLimitMb: unknown("${x}") }), {}, []],
  ["is silent about a VM that the plan leaves alone", limited({ cpuLimitMhz: known(1), action: "none" }), {}, []],
]);

const sensitive = (rest: Partial<PlanVm> = {}) =>
  planOf(planVm("a", { latencySensitivity: known("high"), cpus: known(4), cpuReservationMhz: known(8000), ...rest }));
const hosts = (...clocks: readonly (number | undefined)[]) => ({
  hosts: clocks.map((cpuCoreMhz, index) => host(`esx-0${index + 1}`, cpuCoreMhz === undefined ? {} : { cpuCoreMhz })),
});
const latency = (severity: string, what: string) => [`${severity} ${a}: a has latency_sensitivity high and ${what}`];

table(latencyNotReserved, [
  [
    "finds no CPU reservation",
    sensitive({ cpuReservationMhz: known(0) }),
    hosts(2000),
    latency("error", "reserves no CPU: its power-on is refused"),
  ],
  [
    "finds memory that is not reserved",
    sensitive({ memoryReservationMb: known(65536) }),
    hosts(2000),
    latency("error", "reserves 64 GB of its 128 GB memory: its power-on is refused"),
  ],
  [
    "finds a CPU reservation that is too small for every host",
    sensitive(),
    hosts(2500, 3000),
    latency("error", "reserves 8000 MHz for 4 CPUs, of 10000 MHz that it needs"),
  ],
  [
    "warns of one that is too small for some hosts",
    sensitive(),
    hosts(2000, 3000),
    latency("warning", "reserves 8000 MHz for 4 CPUs, of 12000 MHz that some hosts ask for"),
  ],
  [
    "warns where the clock of the cores is not declared",
    sensitive(),
    hosts(undefined),
    latency(
      "warning",
      "reserves 8000 MHz for 4 CPUs: whether that is their full clock is not known, for the inventory declares no cpu_core_mhz",
    ),
  ],
  ["is silent with full reservations", sensitive(), hosts(2000), []],
  [
    "is silent about any other sensitivity",
    sensitive({ latencySensitivity: known("medium"), cpuReservationMhz: known(0) }),
    hosts(2000),
    [],
  ],
  ["is silent about one that is not known", sensitive({ latencySensitivity: unknown("${x}"), cpuReservationMhz: known(0) }), {}, []],
]);

const version = (wanted: number, rest: Partial<PlanVm> = {}) => planOf(planVm("a", { hardwareVersion: known(wanted), ...rest }));
const cloned = carriers({ templateName: known("golden") });

table(hardwareVersionRefused, [
  [
    "finds one below that of the VM that runs",
    version(19),
    { vms: [runningVm("a", { hardwareVersion: 20 })] },
    [`error ${a}: a has hardware_version 19, and the VM that runs has 20: virtual hardware can't go back`],
  ],
  [
    "finds one below its template's",
    version(19, { carriers: cloned }),
    { templates: [template("golden", [], { hardwareVersion: 21 })] },
    [`error ${a}: a has hardware_version 19, and its template has 21: virtual hardware can't go back`],
  ],
  ["finds one that is none", version(16), {}, [`error ${a}: a has hardware_version 16, which is no version of virtual hardware`]],
  ["is silent about an upgrade", version(21), { vms: [runningVm("a", { hardwareVersion: 20 })] }, []],
  ["is silent about one that is newer than all that is known", version(23), {}, []],
  ["is silent about a VM that the plan leaves alone", version(16, { action: "none" }), {}, []],
]);

table(firmwareNotEfi, [
  [
    "warns of a VM that runs so",
    planOf(gpuVm("a", [request()], { firmware: known("bios") })),
    runs,
    [`warning ${a}: a has BIOS firmware; A100-PCIE-40GB needs EFI`],
  ],
  [
    "warns where only some of the allowed GPUs are large",
    planOf(gpuVm("a", [request(`${T4},${H100}`)], { firmware: known("bios") })),
    {},
    [`warning ${a}: a has BIOS firmware; H100-PCIE needs EFI`],
  ],
  [
    "takes the inventory's word for a device",
    planOf(gpuVm("a", [request()], { firmware: known("bios") })),
    { hosts: [host("esx-01", { devices: [device("0000:01:00.0", undefined, { bar1Gb: 0.25 })] })] },
    [],
  ],
]);

const settings: PlanCluster = {
  address: "vsphere_compute_cluster.c",
  stack: "training",
  name: known("gpu-prod"),
  drsLevel: known("fullyAutomated"),
  haEnabled: known(true),
  hostFailuresToTolerate: known(1),
  admissionControl: known("resourcePercentage"),
  defaultRestartPriority: known("medium"),
  automaticPercentage: known(false),
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
};
const percentages = (rest: Partial<PlanCluster>) => plan({ clusters: [{ ...settings, ...rest }] });
const keepsAll = (what: string) => [`error vsphere_compute_cluster.c: gpu-prod keeps 100 % of ${what} free: no power-on is admitted`];

table(percentagesReserveAll, [
  ["finds both percentages", percentages({}), {}, keepsAll("CPU and of memory")],
  ["finds one of them", percentages({ cpuPercent: known(25) }), {}, keepsAll("memory")],
  ["is silent where both are set", percentages({ cpuPercent: known(25), memoryPercent: known(25) }), {}, []],
  ["is silent where they are computed", percentages({ automaticPercentage: known(true) }), {}, []],
  ["is silent where HA is off", percentages({ haEnabled: known(false) }), {}, []],
  ["is silent under another policy", percentages({ admissionControl: known("slotPolicy") }), {}, []],
  ["is silent about what is not known", percentages({ cpuPercent: unknown("${x}"), memoryPercent: unknown("${x}") }), {}, []],
]);

describe(hostNotBinding.id, () => {
  const pinned = (rest: { host?: string; others: readonly string[]; certain: boolean }) => ({
    plan: planOf(gpuVm("a")),
    judgement: judgement(clusterJudgement({ remarks: [{ kind: "pinned-under-drs", vm: a, ...rest }] })),
  });

  test.each([
    [{ host: "h1", others: ["h2"], certain: true }, "error", "sets host_system_id to h1, but DRS may start it on h2"],
    [{ host: "h1", others: ["h2", "h3"], certain: false }, "warning", "sets host_system_id to h1, but DRS may start it on h2 or h3"],
    [{ others: ["h1", "h2", "h3", "h4"], certain: false }, "warning", "sets host_system_id, but DRS may start it on 4 other hosts"],
  ])("%j", (remark, severity, words) => {
    expect(said(hostNotBinding, pinned(remark))).toEqual([`${severity} ${a}: a ${words}: the vSphere provider then fails to move it`]);
  });
});

const withFunctions = (virtualFunctions?: number) => ({
  hosts: [host("esx-01", { devices: [device("0000:01:00.0", NIC, virtualFunctions === undefined ? {} : { virtualFunctions })] })],
});
const uncounted = (what: string) => [
  `warning ${a}: a has an SR-IOV interface on 0000:01:00.0 of esx-01, ${what}: whether it has a function left is not judged`,
];

const gpuAt = { hosts: [host("esx-01", { devices: [device("0000:01:00.0", "10de:20f1")] })] };

table(sriovFunctionUndeclared, [
  [
    "finds a function that is not declared",
    planOf(nic("a")),
    { hosts: [host("esx-01")] },
    uncounted("which the inventory does not declare"),
  ],
  ["finds one without a number", planOf(nic("a")), withFunctions(), uncounted("for which the inventory declares no virtual_functions")],
  ["is silent about one with a number", planOf(nic("a")), withFunctions(8), []],
  [
    "is silent about a GPU, which is a mistake of its own",
    planOf(nic("a")),
    { hosts: [host("esx-01", { devices: [device("0000:01:00.0", "10de:20f1")] })] },
    [],
  ],
  ["is silent where the host is not known", planOf(nic("a", { host: unknown("${x}") })), withFunctions(), []],
]);

table(sriovOfGpu, [
  [
    "finds a GPU in the place of a network card",
    planOf(nic("a")),
    gpuAt,
    [`error ${a}: a has an SR-IOV interface on A100-PCIE-40GB 0000:01:00.0 of esx-01, which is no network card`],
  ],
  ["is silent about what nobody knows", planOf(nic("a")), withFunctions(), []],
  ["is silent where the host is not known", planOf(nic("a", { host: unknown("${x}") })), gpuAt, []],
]);

table(sriovFunctionFull, [
  [
    "finds more VMs than functions",
    planOf(nic("a"), nic("b")),
    withFunctions(1),
    ["error: a and b use the SR-IOV function 0000:01:00.0 of esx-01, which serves 1 VM"],
  ],
  ["is silent about as many VMs as functions", planOf(nic("a"), nic("b")), withFunctions(2), []],
  ["is silent about a number that is not declared", planOf(nic("a"), nic("b")), withFunctions(), []],
]);

table(staticNoRestart, [
  [
    "finds an SR-IOV interface",
    planOf(nic("a")),
    { ha },
    [`warning ${a}: a is bound to the SR-IOV function 0000:01:00.0 of its host: HA can't restart it elsewhere`],
  ],
]);

table(memoryNotReserved, [
  [
    "finds an SR-IOV interface",
    planOf(nic("a", { memoryReservationMb: known(0), memoryLockedToMax: known(false) })),
    {},
    [`error ${a}: a reserves nothing of its 128 GB memory; with passthrough devices all of it must be reserved`],
  ],
  [
    "finds one whose function is not known",
    planOf(nic("a", { memoryReservationMb: known(0), memoryLockedToMax: known(false) }, unknown("${x}"))),
    {},
    [`error ${a}: a reserves nothing of its 128 GB memory; with passthrough devices all of it must be reserved`],
  ],
]);

describe(hostOfAnotherCluster.id, () => {
  const own = cluster({ hosts: [host("esx-01", { id: "host-1" })] });
  const other = cluster({ name: "web", hosts: [host("esx-09", { id: "host-9" })] });
  const on = (ref: HostRef, rest: Partial<PlanVm> = {}) => planOf(planVm("a", { host: known(ref), ...rest }));
  const found = (name: string) => [
    `error ${a}: a is in gpu-prod and names the host ${name}, which is in web: the vSphere provider refuses it`,
  ];

  test.each<[string, Plan, readonly string[]]>([
    ["finds one by its name", on({ by: "name", name: "esx-09" }), found("esx-09")],
    ["finds one by its id", on({ by: "id", id: "host-9" }), found("host-9")],
    ["is silent about a host of the cluster", on({ by: "name", name: "esx-01" }), []],
    ["is silent about a host that nobody declares", on({ by: "name", name: "esx-05" }), []],
    ["is silent about a VM that the plan leaves alone", on({ by: "name", name: "esx-09" }, { action: "none" }), []],
  ])("%s", (_, planned, expected) => {
    expect(said(hostOfAnotherCluster, { plan: planned, inventory: inventory(own, other) })).toEqual(expected);
  });
});
