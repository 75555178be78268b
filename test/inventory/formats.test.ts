import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv from "ajv";
import { readInventory } from "../../lib/inventory";
import { InventorySchema } from "../../lib/schema";
import { example, inMemory, mistakesIn, read, withoutSources } from "./files";

const HOST = '{ "name": "h", "esxi": "8.0", "cpu_mhz": 1, "memory_mb": 1 }';
const JSON_FILE = `{ "clusters": [{ "name": "c", "hosts": [${HOST}] }] }`;
const YAML_FILE = `clusters:\n  - name: c\n    hosts: [${HOST}]\n`;
const hcl = (name: string) => `cluster "${name}" {\n  host "h" {\n    esxi = "8.0"\n    cpu_mhz = 1\n    memory_mb = 1\n  }\n}\n`;

test("the same inventory in HCL, YAML and JSON is the same", () => {
  const [hcl, yaml, json] = ["hcl", "yaml", "json"].map((format) => withoutSources(read(`a.${format}`, example(`full.${format}`))));
  expect(hcl).toEqual(json);
  expect(yaml).toEqual(json);
});

test("every field of the example arrives in the model", () => {
  expect(withoutSources(read("full.json", example("full.json")))).toMatchSnapshot();
});

test.each(["contract.hcl", "contract.json"])("the documented example %s is valid", (name) => {
  const [cluster] = read(name, example(name)).clusters;
  expect(cluster).toMatchObject({ name: "gpu-prod", vms: [{ name: "existing-1" }], templates: [{ name: "ubuntu-a100" }] });
});

describe("the published schema", () => {
  const validate = new Ajv({ strict: true }).compile(toJsonSchema(InventorySchema) as object);

  test.each(["contract.json", "full.json"])("accepts %s", (name) => {
    validate(JSON.parse(example(name)));
    expect(validate.errors).toBeNull();
  });

  test("may be named by a file in JSON", () => {
    const named = { $schema: "./node_modules/vsphere-passthru/schema/inventory.json", ...JSON.parse(JSON_FILE) };
    validate(named);
    expect(validate.errors).toBeNull();
    expect(withoutSources(read("a.json", JSON.stringify(named)))).toEqual(withoutSources(read("a.json", JSON_FILE)));
  });

  test("refuses an unknown field", () => {
    const inventory = JSON.parse(example("contract.json"));
    inventory.clusters[0].hosts[0].devices[0].pasthrough = "active";
    expect(validate(inventory)).toBe(false);
  });
});

test.each([
  ["inventory", JSON_FILE],
  ["inventory.txt", YAML_FILE],
  ["inventory.conf", `# ours\n${hcl("c")}`],
  ["inventory.YML", YAML_FILE],
  ["inventory.json", `\ufeff${JSON_FILE}`],
])("%s is read as what it is named or looks like", (name, text) => {
  expect(read(name, text).clusters.map((cluster) => cluster.name)).toEqual(["c"]);
});

test.each<[string, string | Uint8Array, string]>([
  ["a.txt", "hello", "a.txt  this is no inventory: expected a file named *.hcl, *.yaml, *.yml or *.json"],
  ["a.hcl", "", "a.hcl  the file is empty: expected an inventory with at least one cluster"],
  ["a.hcl", "# nothing\n", "a.hcl:1:1  the file has no clusters: expected a list of clusters"],
  ["a.yaml", "# nothing\n", "a.yaml:1:1  the file must be an object with source, clusters, $schema, found nothing"],
  ["a.json", "5", "a.json:1:1  the file must be an object with source, clusters, $schema, found 5"],
  ["a.json", "[]", "a.json:1:1  the file must be an object with source, clusters, $schema, found an empty list"],
  ["a.json", '{ "clusters": [] }', "a.json:1:15  clusters must be a list of at least one cluster, found an empty list"],
  ["a.json", new Uint8Array([0x7b, 0, 1]), "a.json  this is a binary file, or not in UTF-8: expected text in UTF-8"],
  ["a.json", new Uint8Array([0x7b, 0x0a, 0xff]), "a.json:2  a character that is not UTF-8"],
])("%s with %j is a mistake", (name, text, expected) => {
  expect(mistakesIn(name, text)).toBe(expected);
});

test("several files are one inventory, in their order", () => {
  const files = inMemory({ "a.hcl": hcl("a"), "b.json": JSON_FILE });
  const { files: read, clusters } = readInventory(files, ["b.json", "a.hcl"]);
  expect([read, clusters.map(({ name }) => name)]).toEqual([
    ["b.json", "a.hcl"],
    ["c", "a"],
  ]);
});

test("the mistakes of all files come in one go", () => {
  const files = inMemory({
    "a.hcl": hcl("a") + hcl("a"),
    "b.json": '{ "clusters": [{ "name": "a", "x": 1 }] ',
    "c.yaml": YAML_FILE.replace("name: c", "nam: a"),
  });
  expect(() => readInventory(files, ["a.hcl", "b.json", "c.yaml"])).toThrow(
    [
      'a.hcl:8:1  cluster "a" is declared twice, first at a.hcl:1',
      'b.json:1:1  "{" is never closed: the file ends first',
      'c.yaml:2:5  unknown field "nam" in a cluster; did you mean "name"?',
      'c.yaml:2:5  cluster "a" is declared twice, first at a.hcl:1',
    ].join("\n"),
  );
});

test("no inventory at all is a mistake", () => {
  expect(() => readInventory(inMemory({}), [])).toThrow("no inventory file is given");
});

test.each([
  ["clusters:\n  - &c\n    name: a\n    vms: [*c]\n", "a.yaml:3:5  nested more than 100 deep"],
  ["clusters:\n  - name: *x\n", 'a.yaml:2:11  alias "x" has no anchor before it'],
  ["clusters:\n  - name: !secret a\n", "a.yaml:2:11  unresolved tag: !secret"],
  ["clusters:\n  - name: a\n    name: b\n", 'a.yaml:3:5  key "name" is given twice'],
  ["clusters:\n  - name: a\n---\nclusters: []\n", "a.yaml:3:1  a second YAML document begins: expected one"],
  ["clusters:\n\t- name: a\n", "a.yaml:2:1  tabs are not allowed as indentation"],
  ["clusters:\n  - ? [a]\n    : b\n", "a.yaml:2:7  a key that is no plain text"],
  ["- ".repeat(100_000), "a.yaml:1:440  nested more than 100 deep"],
  [
    `a: &a [x]\n${Array.from(
      { length: 30 },
      (_, i) =>
        `a${i}: &a${i} [${"*a"
          .concat(i ? String(i - 1) : "")
          .concat(", ")
          .repeat(9)}]`,
    ).join("\n")}\n`,
    "more than 1000000 values, aliases counted in full",
  ],
])("YAML mistake %#", (text, expected) => {
  expect(mistakesIn("a.yaml", text)).toContain(expected);
});

test("YAML aliases stand for what they name", () => {
  const text =
    'clusters:\n  - name: c\n    hosts:\n      - &h { name: a, esxi: "8.0.2", cpu_mhz: 1, memory_mb: 1, devices: &d [{ count: 2, id: "10de:20f1" }] }\n      - { name: b, esxi: "8.0.2", cpu_mhz: 1, memory_mb: 1, devices: *d }\n';
  expect(read("a.yaml", text).clusters[0]!.hosts.map(({ devices }) => devices.length)).toEqual([2, 2]);
});
