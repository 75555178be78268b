import { tellApart } from "../../lib/inventory/cluster-names";
import { Cluster } from "../../lib/model";
import { cluster } from "../rules/builders";

const at = (datacenter?: string, vcenter?: string, name = "gpu"): Cluster =>
  cluster({ name, ...(datacenter !== undefined && { datacenter }), ...(vcenter !== undefined && { vcenter }) });

test.each<[string, readonly Cluster[], readonly string[]]>([
  ["one keeps its name", [at("dc-1"), at("dc-1", undefined, "other")], ["gpu", "other"]],
  ["two datacenters", [at("dc-1"), at("/eu/dc-2/"), at("dc-1", undefined, "other")], ["dc-1/gpu", "eu/dc-2/gpu", "other"]],
  ["two vCenters", [at("dc-1", "vc-a"), at("dc-1", "vc-b"), at("dc-2", "vc-b")], ["vc-a/dc-1/gpu", "vc-b/dc-1/gpu", "dc-2/gpu"]],
  ["vCenters alone", [at(undefined, "vc-a"), at(undefined, "vc-b")], ["vc-a/gpu", "vc-b/gpu"]],
])("clusters of one name are named by what tells them apart: %s", (_, clusters, names) => {
  const { clusters: named, mistakes } = tellApart(clusters);
  expect(mistakes).toEqual([]);
  expect(named.map(({ name }) => name)).toEqual(names);
  expect(named.map(({ name, ownName = name }) => ownName)).toEqual(clusters.map(({ name }) => name));
});

test.each<[string, readonly Cluster[], string]>([
  ["nothing", [at(), at()], 'cluster "gpu" is declared twice, first at inventory.hcl:1'],
  ["one of them alone", [at("dc-1"), at()], "the vcenter or the datacenter of both"],
  ["spelling", [at("dc-1", "VC-a.lab:443"), at("dc-1", "vc-a.lab.")], "the vcenter or the datacenter of both"],
  ["a name beside an address", [at(undefined, "vc-a.lab"), at(undefined, "10.0.0.1")], "the vcenter or the datacenter of both"],
  ["what looks like another's", [at("dc-1"), at("dc-2"), at(undefined, undefined, "dc-1/gpu")], 'cluster "dc-1/gpu" is declared twice'],
])("clusters of one name that %s tells apart are one cluster twice", (_, clusters, message) => {
  const { mistakes } = tellApart(clusters);
  expect(mistakes.map((mistake) => mistake.message)).toEqual([expect.stringContaining(message)]);
});

test("thousands of one name are refused in no time", () => {
  const many = Array.from({ length: 20_000 }, (_, number) => at(`dc-${number}`));
  expect(tellApart(many).mistakes.length).toBeGreaterThan(0);
});
