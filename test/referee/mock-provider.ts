import { Block, DataSource, Fields, OperationError, Provider, Resource, Type, UNKNOWN, Value } from "../../lib/provider/plugin";
import { mapValues, PROVIDER_CONFIG, vsphereSchema } from "./vsphere-schema";

/** What data sources answer beyond what is made up: by type, by name, by attribute. */
export type MockInventory = Readonly<Record<string, Readonly<Record<string, Fields>>>>;

/**
 * A vSphere provider that has the real one's schema and no vCenter: it plans, and creates nothing. What a data source finds is called
 * after what it was asked for (`vsphere_host:esx-01`), so that a plan says by itself what an id stands for.
 */
export function mockProvider(inventory: MockInventory = {}): Provider<Block, null> {
  const { resources, dataSources } = vsphereSchema();
  return {
    schema: PROVIDER_CONFIG,
    configure: () => null,
    resources: mapValues(resources, (schema, type) => mockResource(type === "vsphere_virtual_machine" ? withDefaults(schema) : schema)),
    clean: (text) => text,
    dataSources: mapValues(dataSources, (schema, type) => mockDataSource(type, schema, inventory[type] ?? {})),
  };
}

/** What the real provider plans where a VM does not say. */
const VM_DEFAULTS: Readonly<Record<string, string | number | boolean>> = {
  num_cpus: 1,
  memory: 1024,
  memory_reservation: 0,
  memory_reservation_locked_to_max: false,
  memory_limit: -1,
  cpu_reservation: 0,
  cpu_limit: -1,
  latency_sensitivity: "normal",
  firmware: "bios",
};

function withDefaults(schema: Block): Block {
  const attributes = mapValues(schema.attributes, (attribute, name) => {
    const value = VM_DEFAULTS[name];
    return value === undefined ? attribute : { ...attribute, default: value };
  });
  return { ...schema, attributes };
}

function mockResource(schema: Block): Resource<Block, null> {
  const refused = (): never => {
    throw new OperationError([{ severity: "error", summary: "this provider plans only: nothing is created" }]);
  };
  return {
    schema,
    plan: ({ planned }) => ({ planned: withNestedUnknown(schema, planned) }),
    create: refused,
    update: refused,
    delete: refused,
    read: (prior) => Promise.resolve({ state: prior }),
  };
}

/** What vCenter tells of a nested block is known after apply, as of the resource itself. */
function withNestedUnknown(schema: Block, planned: Fields): Fields {
  const blocks = Object.entries(schema.blocks ?? {}).map(([name, nested]) => {
    const all = planned[name]!;
    if (!Array.isArray(all)) return [name, all] as const;
    return [name, all.map((each: Value) => (each === UNKNOWN ? each : withToldUnknown(nested, each as Fields)))] as const;
  });
  return { ...planned, ...Object.fromEntries(blocks) };
}

function withToldUnknown(schema: Block, fields: Fields): Fields {
  const told = Object.entries(schema.attributes).filter(([name, { use }]) => /computed$/.test(use) && fields[name] === null);
  return { ...withNestedUnknown(schema, fields), ...Object.fromEntries(told.map(([name]) => [name, UNKNOWN])) };
}

function mockDataSource(type: string, schema: Block, byName: Readonly<Record<string, Fields>>): DataSource<Block, null> {
  return {
    schema,
    read: (asked) => {
      const name = nameIn(asked);
      const given = Object.hasOwn(byName, name) ? byName[name]! : {};
      const attributes = mapValues(schema.attributes, ({ type: kind, use }, attribute): Value => {
        if (asked[attribute] !== null) return asked[attribute]!;
        if (Object.hasOwn(given, attribute)) return given[attribute]!;
        if (!use.endsWith("computed")) return null;
        return madeUp(kind, attribute === "id" ? `${type}:${name}` : `${type}:${name}.${attribute}`);
      });
      return Promise.resolve({ state: { ...asked, ...attributes } });
    },
  };
}

/** What is asked for: its name, its path, or else all that is said. */
function nameIn(asked: Fields): string {
  const name = asked["name"] ?? asked["path"];
  if (typeof name === "string") return name;
  return Object.entries(asked)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${JSON.stringify(value)}`]))
    .join(",");
}

function madeUp(type: Type, text: string): Value {
  if (type === "string") return text;
  if (type === "number") return 1;
  if (type === "bool") return false;
  if ("list" in type) return [madeUp(type.list, text)];
  if ("set" in type) return [madeUp(type.set, text)];
  return "object" in type ? mapValues(type.object, (each, name) => madeUp(each, `${text}.${name}`)) : {};
}
