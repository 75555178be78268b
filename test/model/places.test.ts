import { ClusterRef, clusterOf, hostOf, HostRef, known, Maybe, unknown } from "../../lib/model";
import { cluster, host, inventory } from "../rules/builders";

const one = cluster({ name: "one", id: "domain-c8", resourcePoolId: "resgroup-9" });
const two = cluster({ name: "two" });
const byName = (name: string) => known({ by: "name", name } as const);
const byId = (id: string) => known({ by: "id", id } as const);

const noId = "the inventory declares no cluster with the id resgroup-1";

test.each<[string, Maybe<ClusterRef>, ReturnType<typeof inventory>, ReturnType<typeof clusterOf>]>([
  ["its name", byName("two"), inventory(one, two), { kind: "declared", cluster: two }],
  ["its id", byId("domain-c8"), inventory(one, two), { kind: "declared", cluster: one }],
  ["its root resource pool", byId("resgroup-9"), inventory(one, two), { kind: "declared", cluster: one }],
  ["a path that ends in its name", byName("/dc-1/host/two"), inventory(one, two), { kind: "declared", cluster: two }],
  ["a name that is not declared", byName("three"), inventory(one), { kind: "undeclared", name: "three" }],
  ["a name that looks like a property", byName("__proto__"), inventory(one), { kind: "undeclared", name: "__proto__" }],
  ["an id that is not declared", byId("resgroup-1"), inventory(one, two), { kind: "unknown", why: noId }],
  ["an id that the only cluster does not declare", byId("resgroup-1"), inventory(two), { kind: "declared", cluster: two, assumed: noId }],
  ["nothing known", unknown("${x}"), inventory(one, two), { kind: "unknown", why: "${x}" }],
  ["nothing known, of the only cluster", unknown("${x}"), inventory(one), { kind: "declared", cluster: one, assumed: "${x}" }],
  ["nothing known, without any cluster", unknown("${x}"), inventory(), { kind: "unknown", why: "${x}" }],
])("a VM's cluster is found by %s", (_, ref, all, expected) => {
  expect(clusterOf({ cluster: ref }, all)).toEqual(expected);
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
