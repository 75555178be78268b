import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { DATA_SOURCES, InventorySchema, PROVIDER_CONFIG, ReportSchema, RESOURCES } from "../../lib/schema";
import { root } from "./documents";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const inventory = toJsonSchema(InventorySchema) as Schema;
const report = toJsonSchema(ReportSchema) as Schema;

const textOf = (name: string): string => readFileSync(join(root, "docs", name), "utf8");

/** What is in backticks in the text below a heading, down to the next one. */
function namesUnder(text: string, heading: string, only = /`([^`]+)`/g): readonly string[] {
  const [, section] = text.split(new RegExp(`^#+ ${heading}$`, "m"));
  if (section === undefined) throw new Error(`no heading ${heading}`);
  return [...section.split(/^#/m)[0]!.matchAll(only)].map(([, name]) => name!);
}

/** The names in the first cells of a table's rows. */
function firstCells(text: string, heading: string): readonly string[] {
  return namesUnder(text, heading, /^\| (`[^|]+) \|/gm).flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

/** The object of the schema that a path of names leads to, through lists. */
function at(schema: Schema, path: readonly string[]): Schema {
  const object = schema.items ? at(schema.items, []) : schema;
  const [name, ...rest] = path;
  return name === undefined ? object : at(object.properties?.[name] ?? {}, rest);
}

/** An inventory's blocks have headings of their own; what is left are fields. */
function fieldsAt(path: readonly string[]): readonly string[] {
  const properties = at(inventory, path).properties ?? {};
  const isBlock = (name: string): boolean => name !== "requests" && name !== "drs" && at(properties[name]!, []).properties !== undefined;
  return Object.keys(properties).filter((name) => !isBlock(name));
}

const blocks = {
  cluster: ["clusters"],
  drs: ["clusters", "drs"],
  ha: ["clusters", "ha"],
  host: ["clusters", "hosts"],
  nvswitch: ["clusters", "hosts", "nvswitch"],
  device: ["clusters", "hosts", "devices"],
  vm: ["clusters", "vms"],
  holds: ["clusters", "vms", "holds"],
  vgpu: ["clusters", "vms", "vgpus"],
  device_group: ["clusters", "vms", "device_groups"],
  request: ["clusters", "vms", "requests"],
  planned: ["clusters", "planned"],
  template: ["clusters", "templates"],
  resource_pool: ["clusters", "resource_pools"],
  host_rule: ["clusters", "host_rules"],
  vm_rule: ["clusters", "vm_rules"],
  source: ["source"],
} as const;

test.each(Object.entries(blocks))("docs/inventory.md tells every field of a %s, and no other", (block, path) => {
  const fields = fieldsAt(path).filter((name) => block !== "cluster" || name !== "drs");
  expect(fields.length).toBeGreaterThan(0);
  expect([...firstCells(textOf("inventory.md"), `\`${block}\``)].sort()).toEqual([...fields].sort());
});

test("docs/inventory.md has every block of the schema", () => {
  const lists = Object.keys(at(inventory, ["clusters"]).properties!).filter((name) => !fieldsAt(["clusters"]).includes(name));
  expect(lists.filter((name) => !Object.values(blocks).some((path) => path.at(-1) === name))).toEqual([]);
});

const provided = { ...RESOURCES, ...DATA_SOURCES };

test.each(Object.entries(provided))("docs/provider.md tells every attribute of %s", (type, { attributes }) => {
  const told = namesUnder(textOf("provider.md"), type);
  expect(Object.keys(attributes).filter((name) => !told.includes(name))).toEqual([]);
});

test("docs/provider.md tells how the provider is configured", () => {
  expect(firstCells(textOf("provider.md"), "Configuration")).toEqual(Object.keys(PROVIDER_CONFIG.attributes));
});

test("docs/report.md tells every field of the report", () => {
  const told = new Set([...textOf("report.md").matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  const names = (schema: Schema): string[] => [
    ...(schema.items ? names(schema.items) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [name, ...names(inner)]),
  ];
  expect([...new Set(names(report))].filter((name) => !told.has(name))).toEqual([]);
});
