import { Cluster, Host, known, PlanVm, RequestCarriers, unknown } from "../../lib/model";
import { extraConfigDevice } from "../../lib/rules/extra-config-device";
import { firmwareNotEfi } from "../../lib/rules/firmware-not-efi";
import { hardwareVersionTooOld } from "../../lib/rules/hardware-version-too-old";
import { memoryLimit } from "../../lib/rules/memory-limit";
import { memoryNotReserved } from "../../lib/rules/memory-not-reserved";
import { requestsContradict } from "../../lib/rules/requests-contradict";
import { Rule } from "../../lib/rules/rule";
import { staticAndDynamic } from "../../lib/rules/static-and-dynamic";
import { staticNoRestart } from "../../lib/rules/static-no-restart";
import { undeclaredTemplate } from "../../lib/rules/undeclared-template";
import {
  address,
  carriers,
  cluster,
  devices,
  gpuVm,
  H100,
  ha,
  host,
  inventory,
  planOf,
  planVm,
  request,
  runningVm,
  T4,
  template,
} from "./builders";
import { said } from "./run-rule";

const a = "vsphere_virtual_machine.a";
const at = address("0000:01:00.0");
const vmWith = (parts: Partial<RequestCarriers>, rest: Partial<PlanVm> = {}) => planVm("a", { carriers: carriers(parts), ...rest });
const fixed = (rest: Partial<PlanVm> = {}) => vmWith({ static: known([at]) }, { host: known({ by: "name", name: "h1" }), ...rest });
const open = { carriers: carriers({ template: unknown("${x}") }) };
const runningHere = { vms: [runningVm("a", { devices: [at] })] };

type Case = readonly [name: string, vm: PlanVm, declared: Partial<Cluster>, expected: readonly string[]];

function table(rule: Rule, cases: readonly Case[]): void {
  describe(rule.id, () => {
    test.each(cases)("%s", (_, vm, declared, expected) => {
      expect(said(rule, { plan: planOf(vm), inventory: inventory(cluster(declared)) })).toEqual(expected);
    });
  });
}

table(extraConfigDevice, [
  [
    "names the keys as they are written",
    planVm("a", { extraConfig: known({ "pciPassthru0.allowedDevices": "0x10de:0x20f1", "pciPassthru.use64bitMMIO": "TRUE" }) }),
    {},
    [`warning ${a}: a asks for devices in extra_config (pciPassthru0.allowedDevices), which vCenter is documented to ignore`],
  ],
  [
    "goes by the requests where the keys are not known",
    vmWith({ extraConfig: known([request()]) }, { extraConfig: unknown("${x}") }),
    {},
    [`warning ${a}: a asks for devices in extra_config (pciPassthruN.allowedDevices), which vCenter is documented to ignore`],
  ],
  ["leaves a fixed device to the reader", planVm("a", { extraConfig: known({ "pciPassthru0.id": "0000:af:00.0" }) }), {}, []],
  ["is silent about what it can't know", vmWith({ extraConfig: unknown("${x}") }, { extraConfig: unknown("${x}") }), {}, []],
]);

table(requestsContradict, [
  [
    "compares metadata and template",
    vmWith({ template: known([request()]), metadata: known([request(), request()]) }),
    {},
    [`error ${a}: a asks for 1 × A100-PCIE-40GB by its template, but for 2 × A100-PCIE-40GB by its metadata`],
  ],
  [
    "compares the inventory's template and extra_config",
    vmWith({ templateName: known("t"), extraConfig: known([request(undefined, "Training")]) }),
    { templates: [template("t")] },
    [`error ${a}: a asks for 1 × A100-PCIE-40GB by its template, but for 1 × A100-PCIE-40GB labelled "Training" by extra_config`],
  ],
  [
    "compares metadata and extra_config",
    vmWith({ extraConfig: known([request(H100)]), metadata: known([request()]) }),
    {},
    [`error ${a}: a asks for 1 × H100-PCIE by extra_config, but for 1 × A100-PCIE-40GB by its metadata`],
  ],
  [
    "compares a template without devices",
    vmWith({ template: known([]), metadata: known([request()]) }),
    {},
    [`error ${a}: a asks for no dynamic device by its template, but for 1 × A100-PCIE-40GB by its metadata`],
  ],
  [
    "does not mind the order of requests and ids",
    vmWith({ template: known([request(`${H100},10de:20f1`), request(T4)]), metadata: known([request(T4), request(`10de:20f1,${H100}`)]) }),
    {},
    [],
  ],
  ["is silent about an unknown template", vmWith({ template: unknown("${x}"), metadata: known([request()]) }), {}, []],
  ["is silent about unknown metadata", vmWith({ template: known([request()]), metadata: unknown("${x}") }), {}, []],
  ["is silent where nothing carries devices", vmWith({ metadata: known([request()]), gpuIntent: true }), {}, []],
]);

table(staticAndDynamic, [
  ["is silent about dynamic devices alone", gpuVm("a"), {}, []],
  ["is silent about what it can't know", vmWith({ static: unknown("${x}"), template: known([request()]) }), {}, []],
]);

table(staticNoRestart, [
  ["is silent without HA", fixed(), {}, []],
  ["is silent about a VM that is not restarted", fixed({ restartPriority: known("disabled") }), { ha }, []],
  ["is silent where the priority is not known", fixed({ restartPriority: unknown("${x}") }), { ha }, []],
  ["is silent about dynamic devices", gpuVm("a"), { ha }, []],
]);

const clone = vmWith({ templateName: known("ubunut") });
table(undeclaredTemplate, [
  [
    "does not say that a VM set up for GPUs carries none",
    vmWith({ templateName: known("gpu"), gpuIntent: true }),
    {},
    [`warning ${a}: a is cloned from "gpu", which nothing declares: whether it carries devices is not known`],
  ],
  [
    "is an error where the inventory was pulled with all templates",
    clone,
    { origin: { kind: "vcenter", complete: true } },
    [`error ${a}: a is cloned from "ubunut", which nothing declares: the inventory lists every template and does not have it`],
  ],
  [
    "is a warning where templates without devices may have been left out of the pull",
    clone,
    { origin: { kind: "vcenter" } },
    [`warning ${a}: a is cloned from "ubunut", which nothing declares: it is taken to carry no device`],
  ],
  [
    "is a warning for an item of a content library, which the stack may make",
    { ...clone, madeFrom: known("library-item") },
    { origin: { kind: "vcenter", complete: true } },
    [`warning ${a}: a is cloned from "ubunut", which nothing declares: it is taken to carry no device`],
  ],
  ["is silent about an unknown one", vmWith({ templateName: unknown("${x}") }), {}, []],
]);

const half = { memoryReservationMb: known(65536), memoryLockedToMax: known(false) };
table(memoryNotReserved, [
  [
    "finds nothing reserved, and a flag that does not help",
    gpuVm("a", undefined, { memoryReservationMb: known(0) }),
    {},
    [
      `error ${a}: a reserves nothing of its 128 GB memory; with passthrough devices all of it must be reserved; ` +
        "memory_reservation_locked_to_max alone does nothing",
    ],
  ],
  [
    "goes by intent where the devices are not known",
    vmWith({ template: unknown("${x}"), gpuIntent: true }, half),
    {},
    [`error ${a}: a reserves 64 GB of its 128 GB memory; with passthrough devices all of it must be reserved`],
  ],
  ["is silent without devices", planVm("a", half), {}, []],
  ["is silent about an unknown memory", gpuVm("a", undefined, { ...half, memoryMb: unknown("${x}") }), {}, []],
  ["is silent about an unknown reservation", gpuVm("a", undefined, { memoryReservationMb: unknown("${x}") }), {}, []],
  ["is silent about unknown devices", planVm("a", { ...half, ...open }), {}, []],
  ["is silent about a VM that runs with devices", gpuVm("a", undefined, half), runningHere, []],
  ["is silent about a VM that the plan leaves alone", gpuVm("a", undefined, { ...half, action: "none" }), {}, []],
]);

const limited = { memoryLimitMb: known(65536) };
table(memoryLimit, [
  ["is silent without devices", planVm("a", limited), {}, []],
  ["is silent about unknown devices", planVm("a", { ...limited, ...open }), {}, []],
  ["is silent about an unknown limit", gpuVm("a", undefined, { memoryLimitMb: unknown("${x}") }), {}, []],
  ["is silent about a VM that runs with devices", gpuVm("a", undefined, limited), runningHere, []],
]);

const old = { hardwareVersion: known(15) };
table(hardwareVersionTooOld, [
  [
    "is found in the template",
    vmWith({ templateName: known("t") }),
    { templates: [template("t", undefined, { hardwareVersion: 14 })] },
    [`error ${a}: a has hardware version 14, its template's; dynamic devices need 17 or newer`],
  ],
  [
    "lets the VM's own version win",
    vmWith({ templateName: known("t") }, { hardwareVersion: known(17) }),
    { templates: [template("t", undefined, { hardwareVersion: 14 })] },
    [],
  ],
  ["is silent about an omitted version", gpuVm("a"), {}, []],
  ["is silent about an unknown version", gpuVm("a", undefined, { hardwareVersion: unknown("${x}") }), {}, []],
  ["is silent about static devices", fixed(old), {}, []],
  ["is silent about a VM that runs with devices", gpuVm("a", undefined, old), runningHere, []],
]);

const bios = { firmware: known("bios") };
const hosts: readonly Host[] = [host("h1", { devices: devices(1, H100) })];
table(firmwareNotEfi, [
  ["is found for a static device", fixed(bios), { hosts }, [`error ${a}: a has BIOS firmware; H100-PCIE needs EFI`]],
  ["is silent about a small GPU", gpuVm("a", [request(T4)], bios), {}, []],
  ["is silent about a device that it does not know", gpuVm("a", [request("1234:5678")], bios), {}, []],
  ["is silent about unknown firmware", gpuVm("a", [request(H100)], { firmware: unknown("${x}") }), {}, []],
  ["is silent about a static device that it can't find", fixed({ ...bios, host: unknown("${x}") }), { hosts }, []],
]);

test("VMs that are cloned from the same undeclared template share a finding", () => {
  const clones = ["a", "b"].map((name) => planVm(name, { carriers: carriers({ templateName: known("t") }) }));
  expect(said(undeclaredTemplate, { plan: planOf(...clones) })).toEqual([
    'warning: a and b are cloned from "t", which nothing declares: it is taken to carry no device',
  ]);
});
