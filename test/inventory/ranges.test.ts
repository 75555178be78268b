import { read } from "./files";

const HOSTS = ["h1", "h2", "h3"].map((name) => ({ name, esxi: "8.0.2", cpu_mhz: 1, memory_mb: 1 }));

const inCluster = (fields: object) => read("a.json", JSON.stringify({ clusters: [{ name: "c", hosts: HOSTS, ...fields }] })).clusters[0]!;

test.each<[string, string, readonly [string, string][]]>([
  [
    "v[1-2]",
    "h3",
    [
      ["v1", "h3"],
      ["v2", "h3"],
    ],
  ],
  [
    "v[08-10]",
    "h[1-3]",
    [
      ["v08", "h1"],
      ["v09", "h2"],
      ["v10", "h3"],
    ],
  ],
  [
    "v-[1-2]-[1-2]",
    "h1",
    [
      ["v-1-1", "h1"],
      ["v-1-2", "h1"],
      ["v-2-1", "h1"],
      ["v-2-2", "h1"],
    ],
  ],
  ["v[[1-2]", "h1", [["v[1-2]", "h1"]]],
  [
    "v[[[1-2]]",
    "h1",
    [
      ["v[1]", "h1"],
      ["v[2]", "h1"],
    ],
  ],
  ["v]", "h[2-2]", [["v]", "h2"]]],
])("vm %s on host %s", (name, host, expected) => {
  expect(inCluster({ vms: [{ name, host }] }).vms.map((vm) => [vm.name, vm.host])).toEqual(expected);
});

test("a range of planned VMs is as many shapes, each with its count", () => {
  const { planned } = inCluster({ planned: [{ name: "p[1-2]", memory_mb: 5, count: 3 }] });
  expect(planned.map(({ name, count, memoryMb }) => [name, count, memoryMb])).toEqual([
    ["p1", 3, 5],
    ["p2", 3, 5],
  ]);
});

test("the lists of rules take ranges", () => {
  const rule = { name: "r", vms: ["v[1-3]", "w", "x[[0]"] };
  const { hostRules, vmRules } = inCluster({
    host_rules: [{ ...rule, hosts: ["h[1-2]"] }],
    vm_rules: [{ ...rule, name: "s", type: "separate" }],
  });
  expect(hostRules).toMatchObject([{ vms: ["v1", "v2", "v3", "w", "x[0]"], hosts: ["h1", "h2"] }]);
  expect(vmRules).toMatchObject([{ vms: ["v1", "v2", "v3", "w", "x[0]"] }]);
});
