import { Cluster, Device, DeviceChange, known, Plan, PlanVm, unknown } from "../../lib/model";
import { labelNotOrdered } from "../../lib/rules/label-not-ordered";
import { multiFunctionDevice } from "../../lib/rules/multi-function-device";
import { unknownDevice } from "../../lib/rules/unknown-device";
import { unusedLabel } from "../../lib/rules/unused-label";
import {
  A100,
  address,
  carriers,
  cluster,
  clusterJudgement,
  device,
  deviceChange,
  gpuVm,
  H100,
  host,
  inventory,
  judgement,
  plan,
  planVm,
  request,
  runningVm,
  source,
} from "./builders";
import { run, said } from "./run-rule";
import { table } from "./table";

const a = "vsphere_virtual_machine.a";
const d = "passthru_host_device.d";
const at = "0000:01:00.0";
const next = "0000:02:00.0";
const lost = planVm("lost", { carriers: carriers({ template: unknown("${x}") }) });
const having = (...held: readonly Device[]): Partial<Cluster> => ({ hosts: [host("esx-01", { devices: held })] });
const changing = (...changes: readonly DeviceChange[]): Plan => plan({ deviceChanges: changes });
const elsewhere = { host: known({ by: "name", name: "esx-09" } as const) };
const byId = { host: known({ by: "id", id: "host-9" } as const) };

table(unknownDevice, [
  [
    "names the devices of a host together",
    changing(deviceChange("d"), deviceChange("e", { pciAddress: known(address(next)) })),
    having(),
    [`error: ${at} and ${next} of esx-01 are changed, but the inventory does not declare them; it has no devices there`],
  ],
  [
    "warns where devices are only counted, even at an address that was made up",
    changing(deviceChange("d")),
    having(device(at, A100, { addressDeclared: false })),
    [`warning ${d}: ${at} of esx-01 is changed, but the inventory counts the host's devices without their addresses`],
  ],
  [
    "names a host that is not declared",
    changing(deviceChange("d", elsewhere)),
    having(device(at)),
    [`error ${d}: the inventory does not declare the host "esx-09", of which ${d} changes devices; did you mean "esx-01"?`],
  ],
  [
    "names a host's id where every host declares its own",
    changing(deviceChange("d", byId)),
    { hosts: [host("esx-01", { id: "host-1" })] },
    [`error ${d}: the inventory does not declare the host "host-9", of which ${d} changes devices`],
  ],
  ["is silent about an id where a host declares none", changing(deviceChange("d", byId)), having(device(at)), []],
  ["is silent about a change that is deleted", changing(deviceChange("d", { ...elsewhere, action: "delete" })), having(), []],
  ["is silent about an unknown host", changing(deviceChange("d", { host: unknown("${x}") })), having(), []],
  ["is silent about an unknown address", changing(deviceChange("d", { pciAddress: unknown("${x}") })), having(), []],
]);

const audio = "0000:01:00.1";
const card = having(device(at, A100, { passthrough: "disabled" }), device(audio, A100, { passthrough: "disabled" }));
const enable = (name: string, to: string, rest: Partial<DeviceChange> = {}) =>
  deviceChange(name, { pciAddress: known(address(to)), enabled: known(true), ...rest });

table(multiFunctionDevice, [
  [
    "finds a function that is left without the label",
    changing(enable("d", at, { hardwareLabel: known("T") }), enable("e", audio)),
    card,
    [`warning ${d}: ${at} of esx-01 is enabled and labelled "T", but of the same card ${audio} is enabled and without a label`],
  ],
  ["is silent where the plan sets all alike", changing(enable("d", at), enable("e", audio)), card, []],
  ["is silent where only the label is set, and is the same", changing(deviceChange("d", { hardwareLabel: known(undefined) })), card, []],
  [
    "is silent about made-up addresses",
    changing(enable("d", at)),
    having(device(at, A100, { addressDeclared: false }), device(audio, A100, { addressDeclared: false, passthrough: "disabled" })),
    [],
  ],
  ["is silent where it can't know", changing(enable("d", at), enable("e", audio, { enabled: unknown("${x}") })), card, []],
]);

const T = { hardwareLabel: known("T") };
const asking = (rest: Partial<PlanVm> = {}, ids?: string) => gpuVm("a", [request(ids, "T")], rest);
const ordering = (vm: PlanVm, rest: Partial<DeviceChange> = T) => plan({ vms: [vm], deviceChanges: [deviceChange("d", rest)] });
const stacks = (...names: readonly string[]) =>
  names.map((name, index) => ({ name, file: "f", dependsOn: index === 0 ? [] : [names[index - 1]!] }));

describe("label-not-ordered", () => {
  const free = having(device(at));
  const unordered = [`warning ${a}: a asks for the label "T" and does not wait for ${d}, which sets it`];
  test.each<[string, Plan, Partial<Cluster>, readonly string[]]>([
    ["finds a VM that does not wait", ordering(asking()), free, unordered],
    ["names a VM once that asks for it twice", ordering(gpuVm("a", [request(A100, "T"), request("", "T")])), free, unordered],
    [
      "names the VMs together",
      plan({ vms: [asking(), gpuVm("b", [request("", "T")])], deviceChanges: [deviceChange("d", T)] }),
      free,
      [`warning: a and b ask for the label "T" and do not wait for ${d}, which sets it`],
    ],
    ["goes by the device's id", ordering(asking({}, H100)), free, []],
    ["is silent where the VM depends on the change", ordering(asking({ dependsOn: [d] })), free, []],
    [
      "is silent where the VM's stack comes after that of the change, through another",
      { ...ordering(asking({ stack: "apps" }), { ...T, stack: "hosts" }), stacks: stacks("hosts", "between", "apps") },
      free,
      [],
    ],
    [
      "finds it where the order of the stacks is the other one",
      { ...ordering(asking({ stack: "apps" }), { ...T, stack: "hosts" }), stacks: stacks("apps", "hosts") },
      free,
      unordered,
    ],
    ["is silent where the device has the label already", ordering(asking()), having(device(at, A100, { label: "T" })), []],
    ["is silent about another label", ordering(asking(), { hardwareLabel: known("U") }), free, []],
    ["is silent about a label that is removed", ordering(asking(), { hardwareLabel: known(undefined) }), free, []],
    ["is silent about an unknown label", ordering(asking(), { hardwareLabel: unknown("${x}") }), free, []],
    ["is silent about an unknown host", ordering(asking(), { ...T, host: unknown("${x}") }), free, []],
    ["is silent about unknown requests", ordering(lost), free, []],
    ["is silent about a VM that runs", ordering(asking()), { ...free, vms: [runningVm("a")] }, []],
  ])("%s", (_, planned, declared, expected) => {
    const judged = judgement(clusterJudgement({ powerOn: { verdict: "order-dependent", canBeLeftOff: [], complete: true } }));
    expect(said(labelNotOrdered, { plan: planned, inventory: inventory(cluster(declared)), judgement: judged })).toEqual(expected);
  });

  test("is a note where power-on is guaranteed", () => {
    expect(run(labelNotOrdered, { plan: ordering(asking()), inventory: inventory(cluster(free)) })).toMatchObject([{ severity: "note" }]);
  });
});

const setting = (...vms: readonly PlanVm[]) => plan({ vms, deviceChanges: [deviceChange("d", T)] });
const running = (rest: object) => ({ ...having(device(at), device(next, A100, { label: "T" })), vms: [runningVm("old", rest)] });
const planned = { name: "next", count: 1, memoryMb: 1, memoryReservationMb: 1, cpuReservationMhz: 0, overheadMb: 0, source };
const unused = [`note ${d}: no VM and no template asks for the label "T", which ${d} sets`];
table(unusedLabel, [
  ["is silent where a VM of the batch asks for it", setting(asking()), having(device(at)), []],
  [
    "is silent where a planned VM asks for it",
    setting(),
    { ...having(device(at)), planned: [{ ...planned, requests: [request(A100, "T")] }] },
    [],
  ],
  ["is silent where a running VM asks for it", setting(), running({ requests: [request(A100, "T")] }), []],
  ["is silent where a running VM holds a device with it", setting(), running({ devices: [address(next)] }), []],
  [
    "goes by what a running VM declares, not by what it holds",
    setting(),
    running({ devices: [address(next)], requests: [request(A100)] }),
    unused,
  ],
  ["is silent where it does not know all requests", setting(lost), having(device(at)), []],
  ["is silent about an unknown label", changing(deviceChange("d", { hardwareLabel: unknown("${x}") })), having(device(at)), []],
  ["is silent about a label that is removed", changing(deviceChange("d", { hardwareLabel: known(undefined) })), having(device(at)), []],
]);

test("unused-label counts a VM that may be in any cluster, and is silent where its requests are not known", () => {
  const anywhere = { cluster: unknown("${pool}") };
  const declared = inventory(cluster(having(device(at))), cluster({ name: "gpu-test" }));
  const found = (vm: PlanVm) => said(unusedLabel, { plan: setting(vm), inventory: declared });
  expect([found(asking(anywhere)), found({ ...lost, ...anywhere })]).toEqual([[], []]);
  expect(found(gpuVm("a", [request()], anywhere))).toEqual(unused);
  expect(found({ ...lost, cluster: known({ by: "name", name: "gpu-test" }) })).toEqual(unused);
});
