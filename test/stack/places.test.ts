import { known, unknown } from "../../lib/model";
import { readVmOf } from "./read";

const cluster = { vsphere_compute_cluster: { c: { name: "gpu" } } };
const pool = (body: object) => ({ vsphere_resource_pool: { p: body } });
const made = (...path: string[]) => known({ path, fromRoot: true, isMade: true });
const inner = { path: ["inner"], fromRoot: false, isMade: false };
const hosts = { vsphere_host: { h: { name: "esx-01" } } };

describe("a VM's cluster and pool", () => {
  test.each<[string, string | undefined, object, object]>([
    [
      "data of a cluster",
      "${data.vsphere_compute_cluster.c.resource_pool_id}",
      { data: cluster },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    [
      "a cluster of the stack",
      "${vsphere_compute_cluster.c.resource_pool_id}",
      { resource: cluster },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    ["a literal id", "resgroup-9", {}, { cluster: known({ by: "id", id: "resgroup-9" }) }],
    [
      "a pool of the stack",
      "${vsphere_resource_pool.p.id}",
      { data: cluster, resource: pool({ name: "big", parent_resource_pool_id: "${data.vsphere_compute_cluster.c.resource_pool_id}" }) },
      { cluster: known({ by: "name", name: "gpu" }), resourcePool: made("big") },
    ],
    [
      "a pool in a pool",
      "${vsphere_resource_pool.q.id}",
      {
        resource: {
          vsphere_resource_pool: {
            p: { name: "outer", parent_resource_pool_id: "resgroup-1" },
            q: { name: "inner", parent_resource_pool_id: "${vsphere_resource_pool.p.id}" },
          },
        },
      },
      { cluster: known({ by: "id", id: "resgroup-1" }), resourcePool: known({ path: ["outer", "inner"], fromRoot: false, isMade: true }) },
    ],
    [
      "data of a pool by its path",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "/dc/host/gpu/Resources/outer/inner" }) },
      {
        cluster: known({ by: "name", name: "gpu" }),
        site: { datacenter: "dc" },
        resourcePool: known({ path: ["outer", "inner"], fromRoot: true, isMade: false }),
      },
    ],
    [
      "the root pool by its path",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "gpu/Resources" }) },
      { cluster: known({ by: "name", name: "gpu" }) },
    ],
    [
      "data of a pool by its name alone",
      "${data.vsphere_resource_pool.p.id}",
      { data: pool({ name: "inner" }) },
      { cluster: known({ by: "pool", pool: inner }), resourcePool: known(inner) },
    ],
    [
      "data of a host",
      "${data.vsphere_host.h.resource_pool_id}",
      { data: hosts },
      { cluster: known({ by: "host", host: { by: "name", name: "esx-01" } }) },
    ],
    ["nothing", undefined, {}, { cluster: unknown("resource_pool_id is not set") }],
    ["a condition", '${true ? "a" : "b"}', {}, { cluster: known({ by: "id", id: "a" }) }],
    [
      "a cluster out of a list of them",
      "${element([for c in data.vsphere_compute_cluster.c : c.resource_pool_id], 1)}",
      { data: { vsphere_compute_cluster: { c: { count: 2, name: "gpu-${count.index}" } } } },
      { cluster: known({ by: "name", name: "gpu-1" }) },
    ],
  ])("are found through %s", (_, resource_pool_id, rest, expected) => {
    const { cluster: found, site, resourcePool } = readVmOf({ resource_pool_id }, rest);
    expect({ cluster: found, ...(site && { site }), ...(resourcePool && { resourcePool }) }).toEqual(expected);
  });

  test("are not, where pools are in a ring: Terraform refuses it, too", () => {
    const resource = pool({ name: "p", parent_resource_pool_id: "${vsphere_resource_pool.p.id}" });
    expect(() => readVmOf({ resource_pool_id: "${vsphere_resource_pool.p.id}" }, { resource })).toThrow("depends on itself");
  });
});

describe("where a VM's cluster is", () => {
  const datacenters = { vsphere_datacenter: { dc: { name: "eu/dc-1" } } };
  const datacenter_id = "${data.vsphere_datacenter.dc.id}";
  const provider = { vsphere: [{ vsphere_server: "vc-a.lab" }, { alias: "b", vsphere_server: "${var.server}" }, { alias: "c" }] };
  const variable = { server: { default: "vc-b.lab" } };
  const fromCluster = "${data.vsphere_compute_cluster.c.resource_pool_id}";
  const inData = (type: string, body: object) => ({ data: { ...datacenters, [type]: { c: { datacenter_id, ...body } } } });
  const at = (text: string) => ({ vcenter: { text, isPart: false } });

  test.each<[string, object, object, object | undefined]>([
    ["nothing said", { resource_pool_id: fromCluster }, { data: cluster }, undefined],
    ["its datacenter", { resource_pool_id: fromCluster }, inData("vsphere_compute_cluster", { name: "gpu" }), { datacenter: "eu/dc-1" }],
    [
      "its inventory path, before its datacenter",
      { resource_pool_id: fromCluster },
      inData("vsphere_compute_cluster", { name: "/us/dc-2/host/team/gpu" }),
      { datacenter: "us/dc-2" },
    ],
    [
      "its datacenter of the stack",
      { resource_pool_id: fromCluster },
      {
        resource: { vsphere_datacenter: { dc: { name: "dc-3" } } },
        data: { vsphere_compute_cluster: { c: { name: "gpu", datacenter_id: "${vsphere_datacenter.dc.moid}" } } },
      },
      { datacenter: "dc-3" },
    ],
    [
      "its pool's datacenter",
      { resource_pool_id: "${data.vsphere_resource_pool.c.id}" },
      inData("vsphere_resource_pool", { name: "p" }),
      { datacenter: "eu/dc-1" },
    ],
    [
      "its host's datacenter",
      { resource_pool_id: "${data.vsphere_host.c.resource_pool_id}" },
      inData("vsphere_host", { name: "n1" }),
      { datacenter: "eu/dc-1" },
    ],
    ["the default provider", { resource_pool_id: fromCluster }, { data: cluster, provider }, at("vc-a.lab")],
    [
      "a provider by its alias",
      { provider: "vsphere.b", resource_pool_id: fromCluster },
      { data: { vsphere_compute_cluster: { c: { name: "gpu", provider: "vsphere.b" } } }, provider, variable },
      at("vc-b.lab"),
    ],
    [
      "a provider without a server",
      { provider: "vsphere.c", resource_pool_id: fromCluster },
      { data: { vsphere_compute_cluster: { c: { name: "gpu", provider: "vsphere.c" } } }, provider },
      undefined,
    ],
    [
      "a provider whose server is secret",
      { provider: "${vsphere.b}", resource_pool_id: "resgroup-9" },
      { provider, variable: { server: { sensitive: true, default: "vc-b.lab" } } },
      undefined,
    ],
  ])("is told by %s", (_, vm, rest, expected) => {
    expect(readVmOf(vm, rest).site).toEqual(expected);
  });

  test("can't be where its resource pool is of another vCenter", () => {
    const vm = readVmOf({ provider: "vsphere.b", resource_pool_id: fromCluster }, { data: cluster, provider, variable });
    expect(vm).toMatchObject({ cluster: known({ by: "two-vcenters" }) });
  });
});

describe("a VM's host", () => {
  test.each<[string, object, object]>([
    ["${data.vsphere_host.h.id}", { data: hosts }, known({ by: "name", name: "esx-01" })],
    ["${vsphere_host.h.id}", { resource: { vsphere_host: { h: { hostname: "esx-02" } } } }, known({ by: "name", name: "esx-02" })],
    ["${data.vsphere_host.h.id}", { data: { vsphere_host: { h: {} } } }, unknown("${data.vsphere_host.h.name} (known after apply)")],
    ["host-21", {}, known({ by: "id", id: "host-21" })],
    ["${var.h}", {}, unknown("${var.h} (not declared)")],
  ])("%s with %j", (host_system_id, rest, expected) => expect(readVmOf({ host_system_id }, rest).host).toEqual(expected));
});

test("datastores and networks have the names that the files give them", () => {
  const data = { vsphere_datastore: { a: { name: "vsan" } }, vsphere_network: { n: { name: "vlan" }, m: { name: "${var.x}" } } };
  const body = {
    datastore_id: "datastore-1",
    disk: { datastore_id: "${data.vsphere_datastore.a.id}" },
    dynamic: { network_interface: { for_each: ["n"], content: { network_id: "${data.vsphere_network[network_interface.value].id}" } } },
    network_interface: [{ network_id: "${data.vsphere_network.n.id}" }, { network_id: "${data.vsphere_network.m.id}" }],
  };
  expect(readVmOf(body, { data })).toMatchObject({ datastores: ["vsan"], networks: ["vlan"] });
});
