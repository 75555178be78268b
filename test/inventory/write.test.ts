import * as fc from "../properties";
import { type InventoryFormat, type Notes, writeInventory } from "../../lib/inventory";
import { Inventory } from "../../lib/model";
import { anyInventory, HOSTILE_NAMES, spelled } from "./any-inventory";
import { example, read, withoutSources } from "./files";

const HOST = { name: "h", esxi: "8.0", cpu_mhz: 1, memory_mb: 1 };

const FORMATS: readonly InventoryFormat[] = ["hcl", "yaml", "json"];

describe.each(FORMATS)("an inventory written in %s", (format) => {
  const again = (inventory: Inventory): Inventory => read(`again.${format}`, writeInventory(inventory, format));

  test("is the same when it is read, and when that is written", () => {
    fc.assert(
      fc.property(anyInventory, (text) => {
        const inventory = read("a.json", json(text));
        const first = again(inventory);
        expect(withoutSources(first)).toEqual(withoutSources(inventory));
        expect(writeInventory(first, format)).toBe(writeInventory(inventory, format));
      }),
      { numRuns: 40 },
    );
  });

  test.each(["full.json", "contract.json", "contract.hcl"])("the example %s comes back", (name) => {
    const inventory = read(name, example(name));
    expect(withoutSources(again(inventory))).toEqual(withoutSources(inventory));
  });

  test.each(HOSTILE_NAMES)("a name such as %j comes back, wherever it stands", (name) => {
    const host = {
      name: spelled(name),
      esxi: "8.0.2",
      cpu_mhz: 1,
      memory_mb: 1,
      datastores: [name],
      devices: [{ count: 1, id: "10de:20f1", label: name }],
    };
    const vms = [{ name: spelled(name), host: spelled(name) }];
    const inventory = read("a.json", json({ clusters: [{ name, hosts: [host], vms, templates: [{ name, uuid: name }] }] }));
    expect(inventory.clusters[0]).toMatchObject({
      name,
      hosts: [{ name, datastores: [name], devices: [{ label: name }] }],
      vms: [{ name, host: name }],
    });
    expect(withoutSources(again(inventory))).toEqual(withoutSources(inventory));
  });

  test("looks as people would write it", () => {
    const inventory = read("contract.hcl", example("contract.hcl"));
    expect(writeInventory(inventory, format, notesTo(inventory))).toMatchSnapshot();
  });

  test("a note can't leave its comment", () => {
    const inventory = read("a.hcl", 'cluster "c" {\n datacenter = "d"\n host "h" {\n esxi = "8.0"\n cpu_mhz = 1\n memory_mb = 1\n }\n}\n');
    const hostile = 'from\n}\r\ncluster "x" {} */ \u2028 - a: b # c \u001b[31m';
    const [cluster] = inventory.clusters;
    const notes: Notes = new Map<object, Record<string, string>>([
      [cluster!, { "": hostile, name: hostile, datacenter: hostile, hosts: hostile }],
      [cluster!.hosts[0]!, { "": hostile, cpu_mhz: hostile }],
    ]);
    const text = writeInventory(inventory, format, notes);
    expect(withoutSources(read(`a.${format}`, text))).toEqual(withoutSources(inventory));
    expect(text.match(/from/g) ?? []).toHaveLength(format === "json" ? 0 : 6);
  });
});

/** Notes as an import makes them. */
function notesTo({ clusters: [cluster] }: Inventory): Notes {
  const { hosts, vms, ha } = cluster!;
  return new Map<object, Record<string, string>>([
    [cluster!, { "": "gpu-prod.csv", datacenter: "gpu-prod.csv:2" }],
    [ha!, { host_failures_to_tolerate: "vInfo, row 7" }],
    [hosts[0]!, { "": "the first of four", memory_mb: "less 8 GB for ESXi" }],
    [hosts[4]!.devices[0]!, { "": "lspci -nn", id: "A100-PCIE-40GB" }],
    [vms[0]!, { devices: "vHBA, row 3" }],
  ]);
}

test.each(["e\u0301", "\ud800"])("HCL, which normalises what it reads, refuses %j; YAML and JSON don't", (name) => {
  const inventory = read("a.json", json({ clusters: [{ name, hosts: [HOST] }] }));
  expect(() => writeInventory(inventory, "hcl")).toThrow("which is no normalised Unicode: write YAML or JSON");
  for (const format of ["yaml", "json"] as const) {
    expect(read(`a.${format}`, writeInventory(inventory, format)).clusters[0]!.name).toBe(name);
  }
});

test("clusters of several sources can't be told in one file", () => {
  const clusters = ["vc-1", "vc-2"].flatMap(
    (server) => read("a.json", json({ source: { kind: "vcenter", server }, clusters: [{ name: server, hosts: [HOST] }] })).clusters,
  );
  expect(() => writeInventory({ files: [], clusters }, "json")).toThrow("write one file for each source");
});

/** JSON in plain ASCII: a letter that stands for a broken one is refused as such. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
