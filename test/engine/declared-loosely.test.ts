import { readInventory } from "../../lib/inventory";
import { known } from "../../lib/model";
import type { ClusterJudgement, DeviceChange, Plan, PlanVm } from "../../lib/model";
import { inMemory } from "../inventory/files";
import { address, carriers, plan, planVm, request } from "../rules/builders";
import { judge } from "./judge";

const host = (name: string, inside: string) => `host "${name}" {\n esxi = "8.0.2"\n cpu_mhz = 100000\n memory_mb = 524288\n ${inside}\n}\n`;

function judged(inside: string, parts: Partial<Plan>, before = ""): ClusterJudgement {
  const text = `${before}cluster "gpu-prod" {\n ha { admission_control = "disabled" }\n${inside}}\n`;
  return judge(plan(parts), readInventory(inMemory({ "a.hcl": text }), ["a.hcl"]), {}).clusters[0]!;
}

const asking: PlanVm = planVm("new", { carriers: carriers({ template: known([request()]) }) });
const verdicts = ({ powerOn, failover }: ClusterJudgement) => [powerOn.verdict, failover.verdict];

describe("devices that a running VM holds by kind", () => {
  const counted = (holds: number) =>
    host("h1", 'devices "10de:20f1" { count = 2 }') +
    host("h2", 'devices "10de:20f1" { count = 2 }') +
    `vm "old" {\n host = "h1"\n memory_mb = 1024\n holds "10de:20f1" { count = ${holds} }\n}\n`;

  test("are not free", () => {
    const three = ["a", "b", "c"].map((name) => ({ ...asking, address: name, name: known(name) }));
    expect(verdicts(judged(counted(2), { vms: three }))).toEqual(["impossible", "not-judged"]);
    expect(verdicts(judged(counted(1), { vms: three }))[0]).toBe("guaranteed");
  });

  test("restart elsewhere", () => {
    expect(verdicts(judged(counted(2), { vms: [] }))[1]).toBe("survives");
    expect(verdicts(judged(counted(2), { vms: [asking] }))[1]).toBe("fails");
  });

  const single = (count: number) =>
    host("h1", 'device "0000:10:00.0" { id = "10de:20f1" }\ndevice "0000:20:00.0" { id = "10de:20f1" }') +
    `vm "old" {\n host = "h1"\n memory_mb = 1024\n holds "10de:20f1" { count = ${count} }\n}\n`;
  const change = (at: string): DeviceChange => ({
    address: "passthru_host_device.d",
    stack: "s",
    action: "from-stack",
    host: known({ by: "name", name: "h1" }),
    pciAddress: known(address(at)),
    hardwareLabel: known("T"),
    applyNow: known(true),
    dependsOn: [],
    source: { file: "main.tf", line: 1 },
  });

  test.each(["0000:10:00.0", "0000:20:00.0"])("leave it open who holds %s, where the plan names it", (at) => {
    const { powerOn } = judged(single(1), { vms: [asking], deviceChanges: [change(at)] });
    expect([powerOn.verdict, ...(powerOn.why ?? [])].join()).toMatch(
      `unknown,VMs of h1 hold some devices of a kind, and it is not known whether ${at}`,
    );
  });

  test("leave nothing open where they are all of them, or where no address is named", () => {
    expect(verdicts(judged(single(2), { vms: [asking], deviceChanges: [change("0000:10:00.0")] }))[0]).toBe("impossible");
    expect(verdicts(judged(single(1), { vms: [asking] }))[0]).toBe("guaranteed");
  });
});

test.each([
  [
    "a running VM",
    'vm "old" {\n host = "h1"\n memory_mb = 1024\n vgpu "nvidia_h100-20c" {}\n}\n',
    'old: it has the vGPU "nvidia_h100-20c", which is not judged',
  ],
  [
    "a planned VM",
    'planned "p" {\n memory_mb = 1024\n device_group "pair" {}\n}\n',
    'planned.p: it has the device group "pair", which is not judged',
  ],
])("what %s shares is never nothing", (_, inside, why) => {
  const { powerOn } = judged(host("h1", 'devices "10de:20f1" { count = 1 }') + inside, { vms: [asking] });
  expect([powerOn.verdict, powerOn.why]).toEqual(["unknown", [why]]);
});

test("a pulled VM that holds less than it asks for holds nobody knows what", () => {
  const vm = 'vm "old" {\n host = "h1"\n memory_mb = 1024\n request { allowed = ["10de:20f1"] }\n}\n';
  const { powerOn } = judged(host("h1", 'devices "10de:20f1" { count = 1 }') + vm, { vms: [asking] }, 'source { kind = "vcenter" }\n');
  const why = "old: it asks for 1 device and runs, and the inventory says that it holds 0";
  expect([powerOn.verdict, powerOn.why]).toEqual(["unknown", [why]]);
});

describe("two running VMs of one name", () => {
  const twins =
    host("h1", 'devices "10de:20f1" { count = 3 }') +
    ["a", "b"].map((folder) => `vm "v" {\n host = "h1"\n folder = "${folder}"\n memory_mb = 1024\n holds "10de:20f1" {}\n}\n`).join("");
  const v = { ...asking, address: "v", name: known("v") };

  test("both hold what they hold, and are told apart", () => {
    const { powerOn, hosts, failover } = judged(twins, { vms: [asking, { ...asking, address: "more", name: known("more") }] });
    expect(powerOn.verdict).toBe("impossible");
    expect(hosts.flatMap(({ devices }) => devices.flatMap(({ holder }) => holder?.vm ?? []))).toEqual(["a/v", "b/v"]);
    expect(failover.worst?.off).toEqual(["a/v", "b/v"]);
  });

  test.each(["from-stack", "none", "delete", "reboot"] as const)("a VM of a plan that is one of them is not known (%s)", (action) => {
    const { powerOn } = judged(twins, { vms: [{ ...v, action }] });
    expect([powerOn.verdict, powerOn.why?.[0]]).toEqual(["unknown", expect.stringContaining("several VMs of that name run")]);
  });

  test("a new one is new", () => {
    expect(verdicts(judged(twins, { vms: [{ ...v, action: "create" }] }))[0]).toBe("guaranteed");
  });
});

test("two VMs of one name in two folders stand in each other's way under a rule that separates, whatever they hold", () => {
  const vm = (folder: string, at: string, holds: number) =>
    `vm "a" {\n folder = "${folder}"\n host = "${at}"\n memory_mb = 1024\n holds "10de:20f1" { count = ${holds} }\n}\n`;
  const hosts = ["h1", "h2"].map((name) => host(name, 'devices "10de:20f1" { count = 3 }')).join("");
  const rule = 'vm_rule "apart" {\n vms = ["a"]\n type = "separate"\n}\n';
  expect(verdicts(judged(hosts + vm("x", "h1", 2) + vm("y", "h2", 1), { vms: [] }))[1]).toBe("survives");
  expect(verdicts(judged(hosts + vm("x", "h1", 2) + vm("y", "h2", 1) + rule, { vms: [] }))[1]).toBe("fails");
});
