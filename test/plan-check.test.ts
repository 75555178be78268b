import { readFileSync } from "node:fs";
import { check } from "../lib/check";
import { Report } from "../lib/model";
import { filesOf } from "./stack/files";
import { change, configured, planOf, REAL_PLAN } from "./stack/plans";

interface Shape {
  readonly hosts: number;
  readonly devices: number;
  readonly rest?: object;
}

function cluster(name: string, { hosts, devices, rest = {} }: Shape): object {
  return {
    name,
    drs: {},
    ha: { admission_control: "disabled" },
    hosts: Array.from({ length: hosts }, (_, at) => ({
      name: `${name}-h${at + 1}`,
      id: `host-${name}-${at + 1}`,
      esxi: "8.0.2",
      cpu_mhz: 166400,
      memory_mb: 1048576,
      devices: Array.from({ length: devices }, (_, device) => ({ address: `0000:0${device + 1}:00.0`, id: "10de:20f1", label: "Old" })),
    })),
    ...rest,
  };
}

const TEMPLATES = { templates: [{ name: "gpu-template", devices: [{ allowed: ["10de:20f1"] }] }] };

function checkPlan(plan: unknown, clusters: readonly object[]): Report {
  const files = filesOf({ "plan.json": plan, "inventory.json": { clusters } });
  return check({ files, paths: ["plan.json"], inventories: ["inventory.json"] });
}

function verdicts({ verdict, clusters }: Report): object {
  return { verdict, clusters: clusters.map(({ name, powerOn, failover }) => `${name}: ${powerOn.verdict}, ${failover.verdict}`) };
}

describe("a real plan: four VMs of one device each in one cluster, one in another", () => {
  const plan = readFileSync(REAL_PLAN, "utf8");
  const other = cluster("DC0_C1", { hosts: 2, devices: 1 });

  test.each<[string, object, object]>([
    [
      "three hosts of two devices: four of six survive any host",
      cluster("DC0_C0", { hosts: 3, devices: 2, rest: TEMPLATES }),
      { verdict: "fits", clusters: ["DC0_C0: guaranteed, survives", "DC0_C1: guaranteed, survives"] },
    ],
    [
      "two hosts of two devices: all start, and a failed host's two stay off",
      cluster("DC0_C0", { hosts: 2, devices: 2, rest: TEMPLATES }),
      { verdict: "does-not-fit", clusters: ["DC0_C0: guaranteed, fails", "DC0_C1: guaranteed, survives"] },
    ],
    [
      "three devices for four VMs",
      cluster("DC0_C0", { hosts: 3, devices: 1, rest: TEMPLATES }),
      { verdict: "does-not-fit", clusters: ["DC0_C0: impossible, not-judged", "DC0_C1: guaranteed, survives"] },
    ],
    [
      "nothing says what the template carries: what is set up for GPUs is not known",
      cluster("DC0_C0", { hosts: 3, devices: 2 }),
      { verdict: "unknown", clusters: ["DC0_C0: unknown, unknown", "DC0_C1: unknown, unknown"] },
    ],
  ])("%s", (_, first, expected) => expect(verdicts(checkPlan(plan, [first, other]))).toEqual(expected));

  test("names what can be left off as Terraform does", () => {
    const [judged] = checkPlan(plan, [cluster("DC0_C0", { hosts: 3, devices: 1, rest: TEMPLATES }), other]).clusters;
    expect(judged!.powerOn.canBeLeftOff).toEqual([
      "vsphere_virtual_machine.counted[0]",
      "vsphere_virtual_machine.counted[1]",
      'vsphere_virtual_machine.each["a"]',
      'vsphere_virtual_machine.each["b"]',
    ]);
  });
});

/** One host with one device, which `a` holds. */
describe("a plan against a VM that runs", () => {
  const running = { vms: [{ name: "a", host: "c-h1", memory_mb: 1024, devices: ["0000:01:00.0"] }] };
  const clusters = (rest: object = {}) => [cluster("c", { hosts: 1, devices: 1, rest: { ...running, ha: { enabled: false }, ...rest } })];
  const values = (name: string, rest: object = {}) => ({
    name,
    resource_pool_id: "resgroup-1",
    memory: 1024,
    memory_reservation: 1024,
    hardware_version: 19,
    firmware: "efi",
    clone: [{ template_uuid: "42-t" }],
    ...rest,
  });
  const pool = change("data.vsphere_compute_cluster.c", ["read"], null, { name: "c", resource_pool_id: "resgroup-1" });
  const device = { allowed: ["10de:20f1"] };
  const template = change(
    "passthru_template.t",
    ["no-op"],
    { name: "t", uuid: "42-t", device: [device] },
    { name: "t", uuid: "42-t", device: [device] },
  );
  const vm = (name: string, actions: string[], before: object | null, after: object | null) =>
    change(`vsphere_virtual_machine.${name}`, actions, before, after);
  const powerOn = (changes: readonly object[], resources: readonly object[] = []) => {
    const [judged] = checkPlan(planOf([pool, template, ...changes], resources), clusters()).clusters;
    return { verdict: judged!.powerOn.verdict, off: judged!.powerOn.canBeLeftOff };
  };
  const a = values("a");
  const b = vm("b", ["create"], null, values("b"));
  const bAfterA = [
    configured("vsphere_virtual_machine.a", {}),
    configured("vsphere_virtual_machine.b", {}, { depends_on: ["vsphere_virtual_machine.a"] }),
  ];
  const address = (name: string): string => `vsphere_virtual_machine.${name}`;

  test.each<[string, readonly object[], object]>([
    ["it stays, and nothing is new", [vm("a", ["no-op"], a, a)], { verdict: "guaranteed", off: [] }],
    ["it stays, and another wants its device", [vm("a", ["no-op"], a, a), b], { verdict: "impossible", off: [address("b")] }],
    [
      "it is deleted, and another wants its device, in any order",
      [vm("a", ["delete"], a, null), b],
      { verdict: "order-dependent", off: [address("b")] },
    ],
    ["it reboots", [vm("a", ["update"], a, values("a", { num_cpus: 4 }))], { verdict: "guaranteed", off: [] }],
    ["it reboots under another name", [vm("a", ["update"], a, values("z", { num_cpus: 4 }))], { verdict: "guaranteed", off: [] }],
    ["it is replaced, destroy first", [vm("a", ["delete", "create"], a, a)], { verdict: "guaranteed", off: [] }],
    ["it is replaced, create first", [vm("a", ["create", "delete"], a, a)], { verdict: "impossible", off: [address("a")] }],
    ["it is replaced under another name", [vm("a", ["delete", "create"], a, values("z"))], { verdict: "guaranteed", off: [] }],
    ["it is forgotten, and another wants its device", [vm("a", ["forget"], a, null), b], { verdict: "impossible", off: [address("b")] }],
  ])("%s", (_, changes, expected) => expect(powerOn(changes)).toEqual(expected));

  test("which takes its device back before another that depends on it comes", () => {
    expect(powerOn([vm("a", ["delete", "create"], a, a), b], bAfterA)).toEqual({ verdict: "impossible", off: [address("b")] });
  });

  describe("which was imported: nothing says what it asked for, but it holds a device", () => {
    const imported = values("a", { clone: [] });

    test("takes its device back after a reboot", () => {
      const reboot = vm("a", ["update"], imported, { ...imported, num_cpus: 4 });
      expect(powerOn([reboot])).toEqual({ verdict: "guaranteed", off: [] });
      expect(powerOn([reboot, b])).toEqual({ verdict: "impossible", off: [address("a"), address("b")] });
    });

    test("needs one to come back after a host failure", () => {
      const given = clusters({ ha: { admission_control: "disabled" } }) as { hosts: object[] }[];
      const [first] = given[0]!.hosts;
      given[0]!.hosts.push({ ...first, name: "c-h2", id: "host-c-2", devices: [] });
      const [judged] = checkPlan(planOf([pool, vm("a", ["no-op"], imported, imported)]), given).clusters;
      expect(judged!.failover).toMatchObject({ verdict: "fails", worst: { hosts: ["c-h1"], off: [address("a")] } });
    });
  });

  describe("whose device the plan gives back", () => {
    const set = { host_system_id: "host-c-1", pci_id: "0000:01:00.0", enabled: true, found_enabled: false };
    const back = change("passthru_host_device.d", ["delete"], set, null);
    const rules = (changes: readonly object[], prior: readonly string[]) => {
      const resources = [
        { address: address("a"), mode: "managed", type: "vsphere_virtual_machine", name: "a", values: a, depends_on: prior },
      ];
      const prior_state = { values: { root_module: { resources } } };
      const report = checkPlan(planOf([pool, template, back, ...changes], [], { prior_state }), clusters());
      return report.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
    };
    test("is refused while it runs", () => expect(rules([vm("a", ["no-op"], a, a)], [])).toEqual(["device-change-refused"]));
    test("is fine once it is gone", () => expect(rules([vm("a", ["delete"], a, null)], ["passthru_host_device.d"])).toEqual([]));
    test("is refused where nothing says that it goes first", () =>
      expect(rules([vm("a", ["delete"], a, null)], [])).toEqual(["device-change-refused"]));
  });

  test("a label that the plan gives back is the old one for who comes after, in one order of two", () => {
    const set = { host_system_id: "host-c-1", pci_id: "0000:01:00.0", hardware_label: "New", found_label: "Old" };
    const wanting = { name: "t", uuid: "42-t", device: [{ ...device, label: "New" }] };
    const labelled = change("passthru_template.t", ["no-op"], wanting, wanting);
    const given = [cluster("c", { hosts: 1, devices: 1, rest: { ha: { enabled: false } } })] as {
      hosts: { devices: { label: string }[] }[];
    }[];
    given[0]!.hosts[0]!.devices[0]!.label = "New";
    const [judged] = checkPlan(planOf([pool, labelled, change("passthru_host_device.d", ["delete"], set, null), b]), given).clusters;
    expect(judged!.powerOn).toMatchObject({ verdict: "order-dependent", canBeLeftOff: [address("b")] });
  });
});
