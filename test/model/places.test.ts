import { Cluster, ClusterPlace, ClusterRef, clusterOf, hostOf, HostRef, known, Maybe, PlanVm, Site, unknown } from "../../lib/model";
import { cluster, host, inventory, plan, planVm } from "../rules/builders";

const one = cluster({ name: "one", id: "domain-c8", resourcePoolId: "resgroup-9" });
const two = cluster({ name: "two" });
const byName = (name: string) => known({ by: "name", name } as const);
const byId = (id: string) => known({ by: "id", id } as const);
const byHost = (name: string) => known({ by: "host", host: { by: "name", name } } as const);
const byPool = (...path: string[]) => known({ by: "pool", pool: { path, fromRoot: false, isMade: false } } as const);
const declared = (found: Cluster, rest: object = {}): ClusterPlace => ({ kind: "declared", cluster: found, ...rest });
const undeclared = (name: string): ClusterPlace => ({ kind: "undeclared", name, words: `the cluster "${name}"` });
const open = (why: string, ...among: Cluster[]): ClusterPlace => ({ kind: "unknown", why, among });

function placeOfVm(vm: Partial<PlanVm>, clusters: readonly Cluster[], servers?: readonly string[]): ClusterPlace {
  const placed = planVm("a", vm);
  const stacks = [{ name: placed.stack, file: "stack", dependsOn: [], ...(servers && { servers }) }];
  return clusterOf(placed, { ...plan({ vms: [placed] }), stacks }, inventory(...clusters));
}

const noId = "the inventory declares no cluster with the id resgroup-1";

test.each<[string, Maybe<ClusterRef>, readonly Cluster[], ClusterPlace]>([
  ["its name", byName("two"), [one, two], declared(two)],
  ["its id", byId("domain-c8"), [one, two], declared(one)],
  ["its root resource pool", byId("resgroup-9"), [one, two], declared(one)],
  ["a path that ends in its name", byName("folder/two"), [one, two], declared(two)],
  ["a name that is not declared", byName("three"), [one], undeclared("three")],
  ["a name that looks like a property", byName("__proto__"), [one], undeclared("__proto__")],
  ["an id that is not declared", byId("resgroup-1"), [one, two], open(noId, one, two)],
  ["an id that the only cluster does not declare", byId("resgroup-1"), [two], declared(two, { assumed: noId })],
  ["nothing known", unknown("${x}"), [one, two], open("${x}", one, two)],
  ["nothing known, of the only cluster", unknown("${x}"), [one], declared(one, { assumed: "${x}" })],
  ["nothing known, without any cluster", unknown("${x}"), [], open("${x}")],
])("a VM's cluster is found by %s", (_, ref, clusters, expected) => {
  expect(placeOfVm({ cluster: ref }, clusters)).toEqual(expected);
});

test("two vCenters may give one id: the stack's server tells which", () => {
  const there = cluster({ name: "there", resourcePoolId: "resgroup-9", vcenter: "vc-b.lab" });
  const here = { ...one, vcenter: "vc-a.lab" };
  const why = "the inventory has 2 clusters with the id resgroup-9, and the stack does not say which it means";
  expect(placeOfVm({ cluster: byId("resgroup-9") }, [here, there])).toEqual(open(why, here, there));
  const site = { vcenter: { text: "vc-b.lab", isPart: false } };
  expect(placeOfVm({ cluster: byId("resgroup-9"), site }, [here, there])).toEqual(declared(there));
});

const pools = (...names: string[]) => names.map((name) => ({ name, expandable: true, source: { file: "inventory.hcl", line: 1 } }));
const c1 = cluster({ name: "c1", hosts: [host("n1"), host("n2")], resourcePools: pools("batch", "shared") });
const c2 = cluster({ name: "c2", hosts: [host("m1"), host("10.0.0.7")], resourcePools: pools("shared") });

test.each<[string, Maybe<ClusterRef>, readonly Cluster[], ClusterPlace]>([
  ["a host that only it has", byHost("m1"), [c1, c2], declared(c2)],
  ["a host that no cluster has", byHost("n9"), [c1], { kind: "undeclared", words: 'the cluster of the host "n9"' }],
  [
    "a host that may be one of them by its address",
    byHost("esx-07.lab"),
    [c1, c2],
    open('the inventory declares no host "esx-07.lab", whose cluster it is', c2),
  ],
  [
    "a host that two clusters have",
    byHost("n1"),
    [c1, { ...c2, hosts: c1.hosts }],
    open('several clusters of the inventory have a host "n1"', c1, { ...c2, hosts: c1.hosts }),
  ],
  ["a pool that only it has", byPool("batch"), [c1, c2], declared(c1)],
  [
    "a pool that two clusters have",
    byPool("shared"),
    [c1, c2],
    open('several clusters of the inventory have a resource pool "shared"', c1, c2),
  ],
  ["a pool that none has", byPool("p"), [c1, c2], open('no cluster of the inventory declares the resource pool "p"', c1, c2)],
  [
    "a pool that the only one has not",
    byPool("p"),
    [c1],
    declared(c1, { assumed: 'no cluster of the inventory declares the resource pool "p"' }),
  ],
])("a VM's cluster is found by %s", (_, ref, clusters, expected) => {
  expect(placeOfVm({ cluster: ref }, clusters)).toEqual(expected);
});

const server = (text: string): Site => ({ vcenter: { text, isPart: false } });
const part = (text: string): Site => ({ vcenter: { text, isPart: true } });
const inDc = cluster({ name: "gpu", datacenter: "dc-1" });
const inVc = cluster({ name: "gpu", vcenter: "vc-a.lab" });
const pulled = cluster({ name: "gpu", origin: { kind: "vcenter", server: "vc-a.lab" } });

/** It is, it is another, or it is taken for it by a name that differs. */
type Outcome = "is it" | "is another" | "is taken for it";

test.each<[string, Site, Cluster, readonly string[], Outcome]>([
  ["the datacenter", { datacenter: "dc-1" }, inDc, [], "is it"],
  ["another datacenter", { datacenter: "dc-2" }, inDc, [], "is another"],
  ["a datacenter of which the inventory says nothing", { datacenter: "dc-2" }, inVc, [], "is it"],
  ["nothing where the inventory says a datacenter", {}, inDc, [], "is it"],
  ["the datacenter with its folder", { datacenter: "/eu/dc-1" }, inDc, [], "is it"],
  ["a datacenter of another folder", { datacenter: "us/dc-1" }, { ...inDc, datacenter: "/eu/dc-1" }, [], "is another"],
  ["the server", server("vc-a.lab"), inVc, [], "is it"],
  ["the server with a port, in capitals, with its final dot", server("https://VC-A.lab.:443/sdk"), inVc, [], "is it"],
  ["another server", server("vc-b.lab"), inVc, [], "is another"],
  ["a server of which the inventory says nothing", server("vc-b.lab"), inDc, [], "is it"],
  ["its short name", server("vc-a"), inVc, [], "is taken for it"],
  ["an address", server("10.0.0.1"), inVc, [], "is taken for it"],
  ["an address, and the server itself for others", server("10.0.0.1"), inVc, ["vc-a.lab", "10.0.0.1"], "is another"],
  ["another address", server("10.0.0.1"), { ...inVc, vcenter: "10.0.0.2:443" }, [], "is another"],
  ["an address of the other family", server("fe80::1"), { ...inVc, vcenter: "10.0.0.2" }, [], "is taken for it"],
  ["a bracketed address", server("[fe80::1]:443"), { ...inVc, vcenter: "fe80::1" }, [], "is it"],
  ["a part of the server's name", part("a"), inVc, [], "is it"],
  ["its short name, from a variable", part("vc-a"), inVc, [], "is it"],
  ["another server than it was pulled from", server("vc-b.lab"), pulled, [], "is another"],
  ["the server that it was pulled from", server("vc-a.lab"), pulled, [], "is it"],
  ["what is no part of the server's name", part("vc-b.lab"), inVc, [], "is another"],
])("a cluster of that name at %s", (_, site, found, servers, expected) => {
  const place = placeOfVm({ cluster: byName("gpu"), site }, [found], servers);
  if (place.kind !== "declared") return expect([place.kind, expected]).toEqual(["undeclared", "is another"]);
  expect(place.vcenter).toBe(expected === "is taken for it" ? site.vcenter?.text : undefined);
  expect(expected).not.toBe("is another");
});

test("a cluster that is elsewhere is named by where it is, with what the inventory has instead", () => {
  expect(placeOfVm({ cluster: byName("gpu"), site: { datacenter: "dc-2" } }, [inDc])).toEqual({
    ...undeclared("dc-2/gpu"),
    instead: `the inventory's "gpu" is in the datacenter "dc-1"`,
  });
  expect(placeOfVm({ cluster: unknown("${x}"), site: server("vc-b.lab") }, [inVc])).toEqual({
    kind: "undeclared",
    words: 'a cluster of "vc-b.lab"',
    instead: `the inventory's "gpu" is in the vCenter "vc-a.lab"`,
  });
});

describe("two clusters of one name", () => {
  const first = cluster({ name: "dc-1/gpu", ownName: "gpu", datacenter: "dc-1" });
  const second = cluster({ name: "dc-2/gpu", ownName: "gpu", datacenter: "dc-2" });

  test.each<[string, Site | undefined, ClusterPlace]>([
    ["is told by its datacenter", { datacenter: "dc-2" }, declared(second)],
    [
      "may be either",
      undefined,
      open('the inventory has 2 clusters called "gpu", and the stack does not say which it means', first, second),
    ],
  ])("%s", (_, site, expected) => {
    expect(placeOfVm({ cluster: byName("gpu"), ...(site && { site }) }, [first, second])).toEqual(expected);
  });

  test.each<[string, Site, Site, Cluster, boolean]>([
    ["two datacenters", { datacenter: "dc-1" }, { datacenter: "dc-2" }, inVc, true],
    ["one datacenter", { datacenter: "dc-1" }, { datacenter: "dc-1" }, inVc, false],
    ["two servers", server("vc-a.lab"), server("vc-b.lab"), inDc, true],
    ["two servers of one configuration, by name and address", server("vc-a.lab"), server("10.0.0.1"), inDc, true],
    ["a server and nothing", server("vc-a.lab"), {}, inDc, false],
  ])("are not both the only one that is declared: VMs of %s", (_, a, b, only, clash) => {
    const vms = [a, b].map((site, at) => planVm(`vm-${at}`, { cluster: byName("gpu"), site }));
    const both = plan({ vms });
    expect(vms.map((vm) => clusterOf(vm, both, inventory(only)).kind)).toEqual(clash ? ["unknown", "unknown"] : ["declared", "declared"]);
  });
});

const named = host("esx-01", { id: "host-21" });
const anonymous = host("esx-02");

test.each<[string, HostRef, ReturnType<typeof host>[], ReturnType<typeof hostOf>]>([
  ["its name", { by: "name", name: "esx-02" }, [named, anonymous], known(anonymous)],
  ["its id", { by: "id", id: "host-21" }, [named, anonymous], known(named)],
  ["a name that is not declared", { by: "name", name: "esx-03" }, [named], known(undefined)],
  ["an id that is not declared", { by: "id", id: "host-22" }, [named], known(undefined)],
  [
    "an id that may be that of a host without one",
    { by: "id", id: "host-22" },
    [named, anonymous],
    unknown("the inventory declares no host with the id host-22, and some hosts without an id"),
  ],
])("a host is found by %s", (_, ref, hosts, expected) => {
  expect(hostOf(ref, cluster({ hosts }))).toEqual(expected);
});
