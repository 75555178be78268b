import { known, Maybe, PlanVm, unknown } from "../../lib/model";
import { lostFeatures } from "../../lib/rules/lost-features";
import { mmioTooSmall } from "../../lib/rules/mmio-too-small";
import { sharedPciId } from "../../lib/rules/shared-pci-id";
import {
  A100,
  address,
  carriers,
  device,
  gpuVm,
  H100,
  host,
  NIC,
  plan,
  planOf,
  planVm,
  request,
  runningVm,
  T4,
  vmSource,
} from "./builders";
import { table } from "./table";

const a = "vsphere_virtual_machine.a";
const at = address("0000:01:00.0");
const lost = planVm("a", { carriers: carriers({ template: unknown("${x}") }) });
const ON = { "pciPassthru.use64bitMMIO": "TRUE" };
const sized = (size: string) => ({ ...ON, "pciPassthru.64bitMMIOSizeGB": size });
const vm = (extraConfig: Record<string, string>, requests = [request()]) => {
  return planOf(gpuVm("a", requests, { extraConfig: known(extraConfig) }));
};
const two = [request(), request()];
const runs = { vms: [runningVm("a", { devices: [at] })], hosts: [host("esx-01", { devices: [device(at)] })] };
const pinned = planVm("a", {
  carriers: carriers({ static: known([at]) }),
  host: known({ by: "name", name: "esx-01" }),
  extraConfig: known(sized("64")),
});
const tooSmall = (size: string, need: string) => [`error ${a}: a has pciPassthru.64bitMMIOSizeGB = ${size}; ${need}`];

table(mmioTooSmall, [
  ["finds a window that one GPU does not fit in", vm(sized("64")), {}, tooSmall("64", "1 × A100-PCIE-40GB needs 128")],
  ["looks up static devices", planOf(pinned), { hosts: runs.hosts }, tooSmall("64", "1 × 0000:01:00.0 needs 128")],
  [
    "counts the devices that it knows",
    vm(sized("64"), [request(), request(NIC)]),
    {},
    tooSmall("64", "1 × A100-PCIE-40GB and 1 × 15b3:101d need 128"),
  ],
  ["is silent at the rule", vm(sized("128")), {}, []],
  ["is silent above it, whatever the number", vm(sized("200")), {}, []],
  [
    "warns where only some of the allowed GPUs are too large",
    vm(sized("128"), [request(`${A100},${H100}`)]),
    {},
    [`warning ${a}: a has pciPassthru.64bitMMIOSizeGB = 128; the largest that may be given needs 256`],
  ],
  [
    "warns where 64-bit MMIO is not turned on",
    vm({}),
    {},
    [`warning ${a}: a does not set pciPassthru.use64bitMMIO; 1 × A100-PCIE-40GB needs a 64-bit MMIO window of 128 GB`],
  ],
  [
    "warns where it is turned off",
    vm({ ...sized("128"), "pciPassthru.use64bitMMIO": "FALSE" }),
    {},
    [`warning ${a}: a has pciPassthru.use64bitMMIO = "FALSE"; 1 × A100-PCIE-40GB needs a 64-bit MMIO window of 128 GB`],
  ],
  ["warns where no size is set", vm(ON), {}, [`warning ${a}: a does not set pciPassthru.64bitMMIOSizeGB; 1 × A100-PCIE-40GB needs 128`]],
  ["takes the default window for enough where it is", vm(ON, [request("10de:1db4")]), {}, []],
  [
    "warns of a size that is no number",
    vm(sized("lots")),
    {},
    [`warning ${a}: a has pciPassthru.64bitMMIOSizeGB = "lots", which is no whole number of GB; 1 × A100-PCIE-40GB needs 128`],
  ],
  [
    "warns of a misspelt key",
    vm({ ...sized("128"), "pciPassthru.64bitMMIOSizeMB": "9" }),
    {},
    [
      `warning ${a}: a has the key "pciPassthru.64bitMMIOSizeMB" in extra_config, which means nothing; ` +
        'did you mean "pciPassthru.64bitMMIOSizeGB"?',
    ],
  ],
  [
    "warns of a key that resembles none",
    vm({ ...sized("128"), "pciPassthru.set.usebitMMIO": "TRUE" }),
    {},
    [
      `warning ${a}: a has the key "pciPassthru.set.usebitMMIO" in extra_config, which means nothing; ` +
        "known are pciPassthru.use64bitMMIO and pciPassthru.64bitMMIOSizeGB",
    ],
  ],
  ["reads keys in any case, as VMX does", vm({ "PCIPASSTHRU.USE64BITMMIO": "true", "pcipassthru.64bitmmiosizegb": "128" }), {}, []],
  ["is silent about GPUs that need none", vm({}, [request(T4)]), {}, []],
  ["is silent about devices that the catalogue does not have", vm({}, [request(NIC), request("")]), {}, []],
  ["is silent about a VM that runs with its devices", vm(sized("64")), runs, []],
  ["is silent about unknown requests", planOf({ ...lost, extraConfig: known(ON) }), {}, []],
  ["is silent about an unknown extra_config", planOf(gpuVm("a", two, { extraConfig: unknown("${x}") })), {}, []],
]);

const A2 = "10de:25b6";
table(sharedPciId, [
  [
    "names the VMs together",
    planOf(gpuVm("a", [request(A2)]), gpuVm("b", [request(A2), request(A2)])),
    {},
    ["note: a and b ask for 10de:25b6, which is the id of A2 and A16"],
  ],
  ["is silent where sub-ids tell them apart", planOf(gpuVm("a", [request(`${A2}:10de:14a9`)])), {}, []],
  ["is silent about an id of one model", planOf(gpuVm("a")), {}, []],
  ["is silent about unknown requests", planOf(lost), {}, []],
]);

const hot = (cpuHotAdd: Maybe<boolean>, memoryHotAdd: Maybe<boolean>): Partial<PlanVm> => ({ cpuHotAdd, memoryHotAdd });
const on = known(true);
const off = known(false);
const snapshot = (of: Maybe<string>, vms = [gpuVm("a")]) =>
  plan({ vms, snapshots: [{ address: "vsphere_virtual_machine_snapshot.s", stack: "training", vm: of, source: vmSource }] });
const lostHotAdd = (what: string) => [`warning ${a}: a has ${what} hot add enabled, which it does not have with passthrough devices`];

table(lostFeatures, [
  ["finds one of them", planOf(gpuVm("a", two, hot(off, on))), {}, lostHotAdd("memory")],
  ["is silent where they are unknown", planOf(gpuVm("a", two, hot(unknown("${x}"), unknown("${x}")))), {}, []],
  ["is silent about a VM without devices", planOf(planVm("a", hot(on, on))), {}, []],
  ["is silent about unknown requests", planOf({ ...lost, ...hot(on, on) }), {}, []],
  [
    "finds a snapshot",
    snapshot(known(a)),
    {},
    [
      "warning vsphere_virtual_machine_snapshot.s: vsphere_virtual_machine_snapshot.s is a snapshot of a, " +
        "which can't have one while it runs with passthrough devices",
    ],
  ],
  ["is silent about a snapshot of a VM without devices", snapshot(known(a), [planVm("a")]), {}, []],
  ["is silent about a snapshot of who knows what", snapshot(unknown("${x}")), {}, []],
]);
