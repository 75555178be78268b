import { outcomesOf } from "../../../lib/engine/settings/outcomes";
import { Cluster, ClusterChange, ClusterSetting, HostSetting, known, PoolBounds, unknown } from "../../../lib/model";
import { cluster, hosts, inventory, plan, poolNamed, running } from "../../reference/notation";

const declared = cluster({ hosts: hosts("h1[A] h2[A]"), vms: [running("r", "h1", [1])] });
const change = (sets: ClusterSetting, more: Partial<ClusterChange> = {}): ClusterChange => ({
  address: "vsphere_x.y",
  stack: "farm",
  action: "from-stack",
  sets,
  dependsOn: [],
  source: { file: "stack.tf", line: 1 },
  ...more,
});
const here = known({ by: "name", name: declared.name } as const);
const elsewhere = known({ by: "name", name: "spare" } as const);
const host = (name: string, more: Partial<HostSetting> = {}): HostSetting => ({
  kind: "host",
  host: known([{ by: "name", name }]),
  cluster: here,
  connected: known(true),
  maintenance: known(false),
  ...more,
});
const none: PoolBounds = {
  cpuReservationMhz: known(undefined),
  cpuLimitMhz: known(undefined),
  cpuExpandable: known(true),
  memoryReservationMb: known(undefined),
  memoryLimitMb: known(undefined),
  memoryExpandable: known(true),
};
const pool = (bounds: Partial<PoolBounds>, parent?: string): ClusterSetting => ({
  kind: "pool",
  cluster: here,
  name: known("ml"),
  parent: known(parent === undefined ? undefined : poolNamed(parent)),
  bounds: { ...none, ...bounds },
});

/** What each outcome comes to: host states, pools, priorities; `?` where it can't be followed. */
function found(asked: ClusterChange, of: Cluster = declared): string {
  const outcomes = outcomesOf(asked, of, plan([]), inventory(of), (name) => name);
  if (outcomes.kind !== "known") return outcomes.kind === "unknown" ? "?" : "nothing";
  const told = outcomes.outcomes.map(({ atEnd }) => {
    const end = atEnd(of);
    const states = end.hosts.flatMap(({ name, state }) => (state === "connected" ? [] : [`${name} ${state}`]));
    const joined = end.hosts.slice(of.hosts.length).map(({ name, devices }) => `${name} with ${devices.length}`);
    const pools = end.resourcePools.map(({ name, memoryLimitMb = "-" }) => `pool ${name} ${memoryLimitMb}`);
    const priorities = end.vms.flatMap(({ name, restartPriority }) => (restartPriority ? [`${name} ${restartPriority}`] : []));
    return [...states, ...joined, ...pools, ...priorities].join(", ") || "as declared";
  });
  return told.join(" or ");
}

test.each<[title: string, change: ClusterChange, expected: string]>([
  ["a host that stays", change(host("h1")), "nothing"],
  ["a host that enters maintenance", change(host("h1", { maintenance: known(true) })), "h1 maintenance"],
  ["a host of which that is not known", change(host("h1", { maintenance: unknown("${var.m}") })), "as declared or h1 maintenance"],
  ["a host that is disconnected", change(host("h1", { connected: known(false) })), "h1 disconnected"],
  ["a host that goes to another cluster", change(host("h1", { cluster: elsewhere })), "h1 maintenance"],
  ["a host that goes to no cluster", change(host("h1", { cluster: known(undefined) })), "h1 maintenance"],
  ["a host that goes who knows where", change(host("h1", { cluster: unknown("${var.c}") })), "?"],
  ["a host that is deleted", change(host("h1"), { action: "delete" }), "h1 disconnected"],
  ["a new host", change(host("h9")), "as declared or h9 with 0 or h9 with 2"],
  ["a host of another cluster", change(host("h9", { cluster: elsewhere })), "nothing"],
  [
    "a host that may not be there",
    change(host("h1", { maintenance: known(true) }), { unknownCount: "${var.n}" }),
    "h1 maintenance or as declared",
  ],
  ["a pool without bounds", change(pool({})), "nothing"],
  ["a pool with a limit", change(pool({ memoryLimitMb: known(10) })), "pool ml 10"],
  ["a pool whose limit is not known", change(pool({ memoryLimitMb: unknown("${var.l}") })), "?"],
  ["a pool inside another", change(pool({}, "outer")), "pool ml -"],
  [
    "an override for a VM that runs",
    change({ kind: "override", cluster: here, vm: known({ by: "name", text: "r" }), restartPriority: known("high") }),
    "r high",
  ],
  [
    "an override by an id that nobody says is his",
    change({ kind: "override", cluster: here, vm: known({ by: "id", text: "42" }), restartPriority: known("high") }),
    "r high or as declared",
  ],
  ["a group of no rule", change({ kind: "group", cluster: here, members: unknown("${x}") }), "nothing"],
  ["what names the cluster", change({ kind: "not followed", clusters: [here], hosts: [], why: "x" }), "?"],
  ["what names a host of it", change({ kind: "not followed", clusters: [], hosts: [{ by: "name", name: "h2" }], why: "x" }), "?"],
  ["what names another", change({ kind: "not followed", clusters: [elsewhere], hosts: [{ by: "name", name: "g" }], why: "x" }), "nothing"],
])("%s", (_, asked, expected) => expect(found(asked)).toBe(expected));

test("a group that a mandatory rule may be about is not followed", () => {
  const rule = { name: "home", vms: ["r"], hosts: ["h1"], mandatory: true, source: { file: "i", line: 1 } };
  const group = (vms: readonly string[]): ClusterChange => change({ kind: "group", cluster: here, members: known({ vms, hosts: [] }) });
  const of = { ...declared, hostRules: [rule] };
  expect([found(group(["r"]), of), found(group(["other"]), of)]).toEqual(["?", "nothing"]);
});
