import { nearMiss, quoted } from "../model";
import { InventorySchema } from "../schema";
import { REPORTED } from "./tree";

type Path = readonly { readonly key: string | number; readonly input?: unknown }[];

/** The part of valibot's schemas that this file walks through. */
interface SchemaNode {
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly item?: SchemaNode;
  readonly wrapped?: SchemaNode;
  readonly pipe?: readonly SchemaNode[];
  readonly message?: unknown;
}

/** Names of the fields that an object at this place can have. */
export function fieldsAt(path: Path): readonly string[] {
  return Object.keys(schemaAt(path).entries ?? {});
}

/** What was probably meant by a field that is not known. */
interface Meant {
  readonly field: string;
  /** The value that it has to have there. */
  readonly value: unknown;
}

/** How many of the inventory's unit people's own unit is. */
const UNITS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  mib: ["mb", 1],
  gb: ["mb", 1024],
  gib: ["mb", 1024],
  tb: ["mb", 1024 * 1024],
  tib: ["mb", 1024 * 1024],
  ghz: ["mhz", 1000],
};

/** The field that was probably meant, by its unit or its letters. */
export function meantBy(key: string, value: unknown, known: readonly string[]): Meant | undefined {
  const [, name, unit] = /^(.+)_([a-z]+)$/i.exec(key) ?? [];
  const [ours, factor] = (unit !== undefined && Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()] : undefined) ?? [];
  const converted = `${name}_${ours}`;
  if (factor !== undefined && known.includes(converted)) {
    return { field: converted, value: typeof value === "number" ? value * factor : value };
  }
  const field = nearMiss(key, known);
  return field === undefined ? undefined : { field, value };
}

/** `unknown field "pasthrough" in a device; did you mean "passthrough"?` */
export function unknownField(key: string, value: unknown, path: Path, known: readonly string[]): string {
  const meant = meantBy(key, value, known);
  const inOurUnit = meant !== undefined && meant.value !== value ? `, which is ${String(meant.value)}` : "";
  const hint = meant !== undefined ? `did you mean ${quoted(meant.field)}${inOurUnit}?` : `known: ${known.join(", ")}`;
  return `unknown field ${quoted(key)} in ${nounOf(path)}; ${hint}`;
}

/** `a host has no cpu_mhz: expected a whole number of MHz from 1 to 1000000000` */
export function missingField(key: string, path: Path, container: object): string {
  const name = nameOf(container);
  return `${name === undefined ? nounOf(path) : `${kindOf(path)} ${quoted(name)}`} has no ${key}: expected ${expectedAt(path)}`;
}

/** `memory_mb must be a whole number of MB from 1 to 1000000000, found "1 TB"` */
export function invalidField(
  value: unknown,
  path: Path,
  issue: { readonly message: string; readonly type: string; readonly expected: string | null },
): string {
  const field = [...path].reverse().find(({ key }) => typeof key === "string")?.key;
  const subject = field === undefined ? "the file" : typeof path.at(-1)!.key === "number" ? `an element of ${field}` : String(field);
  const expected = issue.message === "fields" ? `an object with ${fieldsAt(path).join(", ")}` : issue.message;
  return `${subject} must be ${expected}, found ${found(value)}${remark(value, issue)}`;
}

function remark(value: unknown, issue: { readonly message: string; readonly type: string; readonly expected: string | null }): string {
  if (typeof value === "number" && issue.message.startsWith("a hexadecimal")) return ", which could be decimal or hexadecimal";
  if (typeof value !== "string" || issue.type !== "picklist") return "";
  const meant = nearMiss(
    value,
    [...(issue.expected ?? "").matchAll(/"([^"]*)"/g)].map((match) => match[1]!),
  );
  return meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
}

function found(value: unknown): string {
  if (value === null || value === undefined || value === REPORTED) return "nothing";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? (value.length === 0 ? "an empty list" : "a list") : "an object";
}

const KINDS: Readonly<Record<string, string>> = {
  clusters: "cluster",
  hosts: "host",
  vms: "vm",
  planned: "planned VM",
  templates: "template",
  resource_pools: "resource pool",
  host_rules: "host_rule",
  vm_rules: "vm_rule",
  requests: "request",
  holds: "holds",
  vgpus: "vgpu",
  device_groups: "device_group",
  source: "source",
  drs: "drs",
  ha: "ha",
};

/** What the object that holds the last part of the path is. */
function kindOf(path: Path): string {
  const keys = path.slice(0, -1).flatMap(({ key }) => (typeof key === "string" ? [key] : []));
  const last = keys.at(-1);
  if (last === undefined) return "file";
  if (last === "devices") return keys.at(-2) === "hosts" ? "device" : "device request";
  return KINDS[last] ?? last;
}

function nounOf(path: Path): string {
  const kind = kindOf(path);
  return kind === "file" ? "the file" : `${kind === "ha" ? "an" : "a"} ${kind}`;
}

function nameOf(container: object): string | undefined {
  const { name, address } = container as { name?: unknown; address?: unknown };
  return typeof name === "string" ? name : typeof address === "string" ? address : undefined;
}

function expectedAt(path: Path): string {
  const message = schemaAt(path).message;
  return typeof message === "string" ? message : "a value";
}

function schemaAt(path: Path): SchemaNode {
  let schema = unwrapped(InventorySchema as SchemaNode);
  for (const { key } of path) schema = unwrapped((typeof key === "number" ? schema.item : schema.entries?.[key]) ?? {});
  return schema;
}

/** The schema under `exactOptional` and under the actions of a pipe. */
function unwrapped(schema: SchemaNode): SchemaNode {
  if (schema.wrapped) return unwrapped(schema.wrapped);
  const first = schema.pipe?.[0];
  return first && first !== schema && !schema.entries && !schema.item ? unwrapped(first) : schema;
}
