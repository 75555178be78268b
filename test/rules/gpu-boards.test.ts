import { known, PlanVm } from "../../lib/model";
import { gpuNotKnown } from "../../lib/rules/gpu-not-known";
import { nvswitchDivided } from "../../lib/rules/nvswitch-divided";
import { A100, devices, gpuVm, host, planOf, request, runningVm } from "./builders";
import { table } from "./table";

const SXM = "10de:20b2";
const asks = (name: string, count: number, id = SXM) =>
  gpuVm(
    name,
    Array.from({ length: count }, () => request(id)),
  );
const board = (count: number, id = SXM, rest: Parameters<typeof host>[1] = {}) => ({
  hosts: [host("esx-01", { devices: devices(count, id), ...rest })],
});
const divided = (words: string) => [`warning: ${words}`];

table(nvswitchDivided, [
  [
    "finds VMs that share a board",
    planOf(asks("a", 4), asks("b", 4), asks("c", 1)),
    board(8),
    divided("a asks for 4 of the 8 GPUs A100-SXM4-80GB of esx-01, which stand on an NVSwitch board, and so do 2 other VMs"),
  ],
  [
    "finds it once for each host",
    planOf(asks("a", 1)),
    { hosts: [host("esx-01", { devices: devices(8, SXM) }), host("esx-02", { devices: devices(8, SXM) })] },
    ["esx-01", "esx-02"].map((name) => `warning: a asks for 1 of the 8 GPUs A100-SXM4-80GB of ${name}, which stand on an NVSwitch board`),
  ],
  [
    "takes the host's word for fewer GPUs",
    planOf(asks("a", 1)),
    board(4, SXM, { nvswitch: {} }),
    divided("a asks for 1 of the 4 GPUs A100-SXM4-80GB of esx-01, which stand on an NVSwitch board"),
  ],
  ["is silent about a VM with the whole board", planOf(asks("a", 8)), board(8), []],
  ["is silent about four GPUs, which have no switch", planOf(asks("a", 1)), board(4), []],
  ["is silent about GPUs on PCIe", planOf(asks("a", 1, A100)), board(8, A100), []],
  [
    "is silent about GPUs that are set aside",
    planOf(asks("a", 1)),
    { hosts: [host("esx-01", { devices: devices(8, SXM, { reserved: "x" }) })] },
    [],
  ],
  ["is silent about a host that is out of service", planOf(asks("a", 1)), board(8, SXM, { state: "maintenance" }), []],
]);

const A6000 = "10de:2230";
const ws = (name: string, rest: Partial<PlanVm> = {}, id = A6000) => gpuVm(name, [request(id), request(id)], rest);
const notKnown = (who: string, what: string, it: string) => [
  `note: ${who} for ${what}, whose BAR1 size is not known: whether ${it} EFI and 64-bit MMIO keys was not judged`,
];

table(gpuNotKnown, [
  [
    "finds a model that nobody knows",
    planOf(ws("a", {}, "10de:9999")),
    {},
    [`note vsphere_virtual_machine.a: ${notKnown("a asks", "10de:9999", "it needs")[0]!.slice(6)}`],
  ],
  ["names all VMs of a model at once", planOf(ws("a"), ws("b")), {}, notKnown("a and b ask", "RTX-A6000 (10de:2230)", "they need")],
  [
    "is silent where the inventory says the size",
    planOf(ws("a")),
    { hosts: [host("esx-01", { devices: devices(2, A6000, { bar1Gb: 64 }) })] },
    [],
  ],
  ["is silent where the VM sizes its window", planOf(ws("a", { extraConfig: known({ "pcipassthru.use64bitmmio": "TRUE" }) })), {}, []],
  ["is silent about a model with a size", planOf(ws("a", {}, A100)), {}, []],
  [
    "is silent about a VM that runs with its devices",
    planOf(ws("a")),
    {
      vms: [runningVm("a", { devices: devices(2).map(({ address }) => address) })],
      hosts: [host("esx-01", { devices: devices(2, A6000) })],
    },
    [],
  ],
]);
