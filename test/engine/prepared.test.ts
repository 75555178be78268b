import { Change, judge as judgePrepared, prepare } from "../../lib/engine";
import { readInventory } from "../../lib/inventory";
import { Cluster, Judgement, known, PlanVm, unknown } from "../../lib/model";
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
