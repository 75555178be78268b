import { Change, judge as judgePrepared, prepare } from "../../lib/engine";
import { readInventory } from "../../lib/inventory";
import { Cluster, InputError, Judgement, known, Plan, PlanVm, unknown } from "../../lib/model";
import * as fc from "../properties";
import { filesOf, inventoryOf } from "../reference/as-text";
import { Case, cases, mixedCases } from "../reference/generate";
import { after, change, cluster, ha, hosts, inventory, plan, planned, requests, running, vm } from "../reference/notation";
import { judge } from "./judge";

/** An inventory's text, to be written into. */
interface InventoryText {
  readonly clusters: [ClusterText];
}

interface ClusterText {
  readonly hosts: HostText[];
  vms: Record<string, unknown>[];
  planned: Record<string, unknown>[];
}

interface HostText extends Record<string, unknown> {
  devices: Record<string, unknown>[];
}

interface Written {
  readonly change: Change;
  /** Does the same to the text. */
  readonly write: (text: ClusterText) => void;
}

const without = (key: string, value: unknown) => (each: Record<string, unknown>) => each[key] !== value;

/** A change of a host, a device or a VM of the case by their places, and what a person would write for it. */
function written({ cluster: of, plan: asked }: Case, kind: Change["kind"], at: number): Written | undefined {
  const index = at % of.hosts.length;
  const host = of.hosts[index]!;
  const device = host.devices[at % (host.devices.length || 1)];
  const known = of.vms[at % (of.vms.length || 1)];
  const there = { host: host.name, device: device?.address ?? "" };
  const set = (key: string, value: unknown) => (text: ClusterText) => {
    text.hosts[index]!.devices.find(({ address }) => address === device!.address)![key] = value;
  };
  switch (kind) {
    case "fail-host":
    case "drain-host": {
      const vms = at % 2 === 0 ? "gone" : "restart";
      const here = of.vms.filter((each) => each.host === host.name);
      const inPlan = asked.vms.filter(({ name }) => name.known && here.some((each) => each.name === name.value));
      if (inPlan.length > 0 || (vms === "restart" && here.some((each) => each.static))) return undefined;
      return {
        change: { kind, host: host.name, vms },
        write: (text) => {
          text.hosts[index]!.state = kind === "fail-host" ? "disconnected" : "maintenance";
          text.vms = text.vms.filter(without("host", host.name));
          if (vms === "gone") return;
          for (const { requests: declared, devices: held, ...each } of here) {
            const derived = held.map((address) => {
              const { id, label } = host.devices.find((candidate) => candidate.address === address)!;
              return { kind: "dynamic", allowed: [{ vendor: id.vendor, device: id.device }], ...(label ? { label } : {}) } as const;
            });
            const shape = { ...each, count: 1, memoryMb: each.memoryMb!, requests: declared ?? derived };
            text.planned.push(...textOf({ ...of, planned: [shape] }).planned);
          }
        },
      };
    }
    case "add-host":
      return {
        change: { kind, cluster: of.name, host: { ...host, name: "h9", id: "host-h9" } },
        write: (text) => text.hosts.push({ ...text.hosts[index]!, name: "h9", id: "host-h9" }),
      };
    case "copy-host":
      return {
        change: { kind, host: host.name, name: "h9" },
        write: (text) => text.hosts.push({ ...text.hosts[index]!, name: "h9", id: "host-h9" }),
      };
    case "label-device":
      if (!device) return undefined;
      return { change: { kind, ...there, label: "Training" }, write: set("label", "Training") };
    case "enable-device":
      if (!device) return undefined;
      return { change: { kind, ...there }, write: set("passthrough", "active") };
    case "disable-device":
      if (!device || of.vms.some((each) => each.host === host.name && each.devices.includes(device.address))) return undefined;
      return { change: { kind, ...there }, write: set("passthrough", "disabled") };
    case "set-device-aside":
      if (!device) return undefined;
      return { change: { kind, ...there, why: "spare" }, write: set("reserved", "spare") };
    case "add-vms": {
      const shape = planned("more", "A", { count: 1 + (at % 2), memoryMb: 32768 });
      return {
        change: { kind, cluster: of.name, shape },
        write: (text) => text.planned.push(...textOf({ ...of, planned: [shape] }).planned),
      };
    }
    case "leave-out-vm": {
      const shape = of.planned[0];
      if (shape && at % 2 === 0)
        return { change: { kind, vm: shape.name }, write: (text) => (text.planned = text.planned.filter(without("name", shape.name))) };
      if (!known || asked.vms.some(({ name }) => name.known && name.value === known.name)) return undefined;
      return { change: { kind, vm: known.name }, write: (text) => (text.vms = text.vms.filter(without("name", known.name))) };
    }
  }
}

const KINDS: Readonly<Record<Change["kind"], true>> = {
  "fail-host": true,
  "drain-host": true,
  "add-host": true,
  "copy-host": true,
  "label-device": true,
  "enable-device": true,
  "disable-device": true,
  "set-device-aside": true,
  "add-vms": true,
  "leave-out-vm": true,
};

function textOf(of: Cluster): ClusterText {
  return (JSON.parse(JSON.stringify(inventoryOf(of))) as InventoryText).clusters[0];
}

function readAgain(text: ClusterText) {
  return readInventory(filesOf({ "inventory.json": { clusters: [text] } }), ["inventory.json"]);
}

/** Without the places in files, and without the ids of hosts: a copied one has one of its own. */
function plain({ clusters }: Judgement): unknown {
  const told = clusters.map((each) => ({ ...each, hosts: each.hosts.map(({ id: _, ...host }) => host) }));
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (key === "source" ? undefined : value)));
}

test.each(Object.keys(KINDS) as Change["kind"][])("a question that is asked again after %s is judged as one that was read so", (kind) => {
  let asked = 0;
  const property = fc.property(fc.oneof(mixedCases, cases({ planActions: true })), fc.nat(60), (each, at) => {
    const step = written(each, kind, at);
    if (!step) return;
    const text = textOf(each.cluster);
    // Both are read from text: what the text does not hold is in neither.
    const before = readAgain(text);
    step.write(text);
    const first = prepare(each.plan, before, each.options);
    judgePrepared(first);
    expect(plain(judgePrepared(first.with(step.change)))).toEqual(plain(judge(each.plan, readAgain(text), each.options)));
    asked++;
  });
  fc.assert(property, { numRuns: 40 });
  expect(asked).toBeGreaterThanOrEqual(fc.share(5));
});

const two = [
  cluster({ name: "c", hosts: hosts("h1[A*2] h2[A*2]"), vms: [running("old", "h1", [0])], ha: ha(1) }),
  cluster({ name: "d", hosts: hosts("g1[A*2] g2[A]"), vms: [running("other", "g1", [0])], ha: ha(1) }),
];
const inD: Partial<PlanVm> = { cluster: known({ by: "name", name: "d" }) };

describe("what a change is not about is shared", () => {
  const asked = plan([vm("v", "A"), vm("w", "A", inD)]);
  const prepared = prepare(asked, { files: ["i"], clusters: two });
  const [c, d] = judgePrepared(prepared).clusters;

  test.each<[string, Change]>([
    ["a host", { kind: "fail-host", host: "h2", vms: "restart" }],
    ["a VM of the inventory", { kind: "leave-out-vm", vm: "old" }],
    ["a VM of the plan", { kind: "leave-out-vm", vm: "v" }],
  ])("a change of %s of one cluster leaves the other's judgement the same object", (_, change) => {
    const [changed, shared] = judgePrepared(prepared.with(change)).clusters;
    expect(shared).toBe(d);
    expect(changed).not.toEqual(c);
  });

  test("a VM whose cluster is not known is looked for again where what another cluster runs changes", () => {
    const other = vm("other", "A", { action: "none", cluster: unknown("${c}"), name: known("other") });
    const verdict = (of: typeof prepared): string => judgePrepared(of).clusters[0]!.powerOn.verdict;
    const found = prepare(plan([other]), { files: ["i"], clusters: two });
    const lost = found.with({ kind: "fail-host", host: "g1", vms: "restart" });
    expect([verdict(found), verdict(lost)]).toEqual(["guaranteed", "unknown"]);
  });

  test("a cluster that waits for a VM of the other asks again where that is left out, or may not start", () => {
    const waits = prepare(plan([vm("v", "A"), vm("w", "A", { ...inD, ...after("v") })]), { files: ["i"], clusters: two });
    const verdict = (of: typeof waits): string => judgePrepared(of).clusters[1]!.powerOn.verdict;
    expect(verdict(waits)).toBe("guaranteed");
    expect(verdict(waits.with({ kind: "leave-out-vm", vm: "v" }))).toBe("guaranteed");
    const full = ["h1", "h2"].reduce((of, host) => of.with({ kind: "fail-host", host, vms: "gone" }), waits);
    expect(verdict(full)).toBe("unknown");
  });
});

describe("the VMs of a host that is taken away", () => {
  const fail: Change = { kind: "fail-host", host: "h1", vms: "restart" };
  const of = (more: Partial<Cluster> = {}) => cluster({ hosts: hosts("h1[A*2,T] h2[A,T]"), vms: [running("old", "h1", [2])], ...more });
  const asked = (action: PlanVm["action"], devices: string, more: Partial<PlanVm> = {}): Plan =>
    plan([vm("old", devices, { action, ...more })]);
  const imported: Partial<PlanVm> = { carriers: { gpuIntent: false }, memoryReservationMb: known(1024) };

  test.each<[string, Plan, string[]]>([
    ["in no stack restarts by what it holds", plan([]), ["planned.old"]],
    ["in a stack is created by it", asked("from-stack", "T"), ["vsphere_virtual_machine.old"]],
    ["that a plan leaves alone restarts by its stack's requests", asked("none", "A"), ["planned.old"]],
    ["that a plan leaves alone, and says nothing of, restarts by what it holds", asked("none", "", imported), ["planned.old"]],
    ["that a plan reboots starts as it is after that", asked("reboot", "A"), ["vsphere_virtual_machine.old"]],
    ["that a plan reboots, and says nothing of, keeps what it had", asked("reboot", "", imported), ["vsphere_virtual_machine.old"]],
    ["that a plan adds memory to starts as it is after that", asked("hot-add", "A"), ["vsphere_virtual_machine.old"]],
    ["that a plan powers on is powered on", asked("power-on", "A", { isOff: true }), ["vsphere_virtual_machine.old"]],
    [
      "that a plan reboots, and whose changed clone it ignores, keeps what it had",
      asked("reboot", "I,I", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    [
      "in a stack that ignores its changed clone keeps what it had",
      asked("from-stack", "I,I", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    [
      "that a plan replaces asks as it is made",
      asked("replace-create-first", "A", { ignoreChanges: ["clone"] }),
      ["vsphere_virtual_machine.old"],
    ],
    ["that a plan deletes is gone", asked("delete", "T"), []],
  ])("one %s", (_, given, on) => {
    const [judged] = judgePrepared(prepare(given, inventory(of())).with(fail)).clusters;
    expect(judged!.powerOn.verdict).toBe("guaranteed");
    const holders = judged!.hosts.flatMap(({ name, devices }) => devices.flatMap(({ holder }) => (holder ? [[name, holder.vm]] : [])));
    expect(holders).toEqual(on.map((name) => ["h2", name]));
  });

  test("restart with what an update raises while they run; where that is not known, so is what restarts", () => {
    const restarted = (memoryReservationMb: PlanVm["memoryReservationMb"]) =>
      prepare(asked("none", "T", { reconfigures: true, memoryReservationMb }), inventory(of())).with(fail);
    const raised = restarted(known(2048)).inventory.clusters[0]!.planned;
    expect(raised.map(({ memoryReservationMb }) => memoryReservationMb)).toEqual([2048]);
    expect(judgePrepared(restarted(unknown("${m}"))).clusters[0]!.powerOn.verdict).toBe("unknown");
  });

  test("are under the rules that they were under", () => {
    const rule = {
      kind: "vm-anti-affinity" as const,
      address: "rule",
      stack: "s",
      mandatory: known(true),
      enabled: known(true),
      vms: known(["vsphere_virtual_machine.old", "vsphere_virtual_machine.v"]),
      source: { file: "x", line: 1 },
    };
    const given = { ...plan([vm("old", "T", { action: "none" }), vm("v", "A", { action: "create" })]), rules: [rule] };
    const failed = prepare(given, inventory(of({ ha: ha(0) }))).with(fail);
    expect(failed.plan.rules[0]!.vms).toEqual(known(["old", "vsphere_virtual_machine.v"]));
  });

  test("are not restarted where several VMs of the plan say that they are one of them", () => {
    const both = plan([vm("old", "T", { action: "none" }), vm("twin", "T", { action: "none", name: known("old") })]);
    expect(() => prepare(both, inventory(of())).with(fail)).toThrow(
      '2 VMs of the plan say that they are vm "old": which restarts is not known',
    );
  });

  test("of one name in several folders restart by what they hold, unless the plan may mean one of them", () => {
    const twins = ["a", "b"].map((folder, index) => running("old", "h1", [index], { folder }));
    const both = inventory(cluster({ hosts: hosts("h1[A*2] h2[A*3]"), vms: twins }));
    expect(
      prepare(plan([]), both)
        .with(fail)
        .inventory.clusters[0]!.planned.map(({ name }) => name),
    ).toEqual(["a/old", "b/old"]);
    const message = 'several VMs are called "old": it is not known which of them the plan means';
    expect(() => prepare(asked("from-stack", "A"), both).with(fail)).toThrow(message);
  });

  test("are left out, in plan and inventory, where they are gone", () => {
    const gone = prepare(asked("none", "T"), inventory(of())).with({ ...fail, vms: "gone" });
    expect([gone.plan.vms, gone.inventory.clusters[0]!.vms]).toEqual([[], []]);
  });
});

describe("a change that can't be made says why, and what was probably meant", () => {
  const held = cluster({
    hosts: hosts("h1[A*2] h2[A]"),
    vms: [running("old", "h1", [0]), running("bound", "h2", [0], { static: true })],
    planned: [planned("next", "A")],
    resourcePools: [{ name: "gpu", expandable: true, source: { file: "x", line: 1 } }],
  });
  const at = { host: "h1", device: "0000:01:00.0" };
  const shape = planned("more", "A");

  test.each<[Change, string]>([
    [{ kind: "fail-host", host: "h3", vms: "gone" }, 'i.hcl  there is no host "h3"; did you mean "h1"?'],
    [{ kind: "fail-host", host: "h1", vms: "gone", cluster: "C1" }, 'i.hcl  there is no cluster "C1"; did you mean "c"?'],
    [{ kind: "fail-host", host: "twin", vms: "gone" }, 'i.hcl  several clusters have a host "twin": name the cluster'],
    [
      { kind: "drain-host", host: "h2", vms: "restart" },
      'notation:1  vm "bound" is bound to devices of host "h2" and can\'t restart elsewhere: leave it out first',
    ],
    [{ kind: "add-host", cluster: "c", host: hosts("h2[]")[0]! }, 'notation:1  cluster "c" has a host "h2" already'],
    [
      { kind: "add-host", cluster: "c", host: { ...hosts("h9[]")[0]!, id: "host-h2" } },
      'notation:1  host "h2" has the id "host-h2" already',
    ],
    [{ kind: "copy-host", host: "h1", name: "h2" }, 'notation:1  cluster "c" has a host "h2" already'],
    [
      { kind: "label-device", ...at, device: "0000:01:00.1", label: "x" },
      'notation:1  host "h1" has no device "0000:01:00.1"; did you mean "0000:01:00.0"?',
    ],
    [{ kind: "enable-device", ...at, device: "gpu" }, 'notation:1  host "h1" has no device "gpu"'],
    [
      { kind: "disable-device", ...at },
      'notation:1  device "0000:01:00.0" of host "h1" can\'t be disabled: vm "old" runs with it; leave that out, too',
    ],
    [{ kind: "add-vms", cluster: "c", shape: planned("next", "A") }, 'notation:1  cluster "c" has a planned VM "next" already'],
    [
      { kind: "add-vms", cluster: "c", shape: { ...shape, count: 0.5 } },
      'notation:1  there can\'t be 0.5 of the VM "more": expected 1 to 10000',
    ],
    [
      { kind: "add-vms", cluster: "c", shape: { ...shape, resourcePool: "gpus" } },
      'notation:1  cluster "c" has no resource pool "gpus"; did you mean "gpu"?',
    ],
    [{ kind: "leave-out-vm", vm: "olt" }, 'i.hcl  there is no VM "olt"; did you mean "old"?'],
    [{ kind: "leave-out-vm", vm: "both" }, 'i.hcl  several clusters have a VM "both": name the cluster'],
  ])("%j", (asked, message) => {
    const twin = (name: string) => cluster({ name, hosts: hosts("twin[]"), vms: [running("both", "twin", [])] });
    const prepared = prepare(plan([]), { files: ["i.hcl"], clusters: [held, twin("far"), twin("farther")] });
    expect(() => prepared.with(asked)).toThrow(InputError);
    expect(() => prepared.with(asked)).toThrow(message);
  });
});

describe("which hosts may take a VM", () => {
  const of = cluster({
    hosts: [...hosts("h1[A*2] h2[A]"), ...hosts("h3[A*4]", { state: "maintenance" }), ...hosts("h4[A*3]", { datastores: [] })],
    vms: [running("old", "h1", [0])],
  });
  const prepared = prepare(
    plan([vm("v", "A,A", { datastores: ["ds"] }), vm("x", "A", { memoryMb: { known: false, why: "${m}" } })]),
    inventory(of),
  );

  test("is told with every reason why not", () => {
    expect(prepared.eligibility("v")).toEqual([
      {
        kind: "known",
        cluster: "c",
        vm: "vsphere_virtual_machine.v",
        everywhere: [],
        hosts: [
          { host: "h1", refusals: [{ host: "h1", reason: "no-free-device", requested: 2, used: 1, capacity: 2 }] },
          { host: "h2", refusals: [{ host: "h2", reason: "no-matching-device", requested: 2, used: 0, capacity: 1 }] },
          { host: "h3", refusals: [{ host: "h3", reason: "maintenance" }] },
          { host: "h4", refusals: [{ host: "h4", reason: "datastore", name: "ds" }] },
        ],
      },
    ]);
  });

  test("is told of a question that was changed", () => {
    const [without] = prepared.with({ kind: "leave-out-vm", vm: "old" }).eligibility("vsphere_virtual_machine.v");
    expect(without).toMatchObject({ hosts: [{ host: "h1", refusals: [] }, {}, {}, {}] });
  });

  test("is not known where the VM is not", () => {
    expect(prepared.eligibility("x")).toMatchObject([{ kind: "unknown", vm: "vsphere_virtual_machine.x" }]);
  });

  test("hangs on sub-ids where the inventory does not declare them", () => {
    const open = prepare(plan([vm("s", "S")]), inventory(cluster({ hosts: hosts("h1[A] h2[S]") })));
    expect(open.eligibility("s")).toMatchObject([
      {
        hosts: [
          { host: "h1", hangsOnSubIds: true },
          { host: "h2", refusals: [] },
        ],
      },
    ]);
  });

  test("is an error for a VM that is not there", () => {
    expect(() => prepared.eligibility("olt")).toThrow(
      'inventory.json  there is no VM "olt" that is powered on or runs; did you mean "old"?',
    );
  });
});

test("a prepared question tells its hosts and what its VMs need", () => {
  const given = plan(
    [vm("v", "A,A"), vm("x", "A", { cpuReservationMhz: { known: false, why: "${c}" } })],
    [change("d", "h2", 0, { hardwareLabel: known("T") })],
  );
  const [told] = prepare(given, inventory(cluster({ hosts: hosts("h1[A] h2[A*2]"), vms: [running("old", "h1", [0])] }))).clusters;
  expect(told!.hosts.map(({ name }) => name)).toEqual(["h1", "h2"]);
  expect(told!.running).toMatchObject([{ vm: "old", host: "h1", devices: ["0000:01:00.0"], spec: { requests: requests("A") } }]);
  expect(told!.batch.map(({ id, requests: asked }) => [id, asked])).toEqual([["vsphere_virtual_machine.v", requests("A,A")]]);
  expect(told!.unknown).toEqual([{ vm: "vsphere_virtual_machine.x", why: "${c}" }]);
});
