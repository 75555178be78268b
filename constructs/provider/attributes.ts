import { AttributeType, BlockSchema } from "../../lib/schema";

/** Values by their Terraform names; absent and undefined are the same. */
export type Values = Readonly<Record<string, unknown>>;

/** What a block looks like in cdk.tf.json: only names that the schema has, nested blocks as lists of the same. */
export function jsonAttributes(schema: BlockSchema, values: Values): Record<string, unknown> {
  const attributes = Object.keys(schema.attributes).map((name) => [name, values[name]]);
  const blocks = Object.entries(schema.blocks ?? {}).map(([name, block]) => [
    name,
    nested(values[name]).map((item) => jsonAttributes(block, item)),
  ]);
  return Object.fromEntries([...attributes, ...blocks, ...timeoutsOf(schema, values)]) as Record<string, unknown>;
}

/** The same with the types that cdktf needs to write HCL. */
export function hclAttributes(schema: BlockSchema, values: Values): Record<string, unknown> {
  const attributes = Object.entries(schema.attributes)
    .filter(([name]) => values[name] !== undefined)
    .map(([name, { type }]) => [name, { value: values[name], isBlock: false, ...hclType(type) }]);
  const blocks = Object.entries(schema.blocks ?? {}).map(([name, block]) => [
    name,
    { value: nested(values[name]).map((item) => hclAttributes(block, item)), isBlock: true, type: "list", storageClassType: "objectList" },
  ]);
  const timeouts = timeoutsOf(schema, values).map(([name, value]) => {
    const given = Object.entries(value).map(([operation, time]) => [operation, { value: time, isBlock: false, ...hclType("string") }]);
    return [name, { value: Object.fromEntries(given) as unknown, isBlock: true, type: "struct", storageClassType: "struct" }] as const;
  });
  return Object.fromEntries([...attributes, ...blocks, ...timeouts]) as Record<string, unknown>;
}

function timeoutsOf(schema: BlockSchema, values: Values): readonly (readonly ["timeouts", Values])[] {
  const given = Object.entries((values["timeouts"] ?? {}) as Values).filter(([, time]) => time !== undefined);
  return schema.timeouts && given.length > 0 ? [["timeouts", Object.fromEntries(given)]] : [];
}

function hclType(type: AttributeType): { readonly type: string; readonly storageClassType: string } {
  // What the user can give is a string, a number, a bool or a list of strings.
  if (typeof type !== "string") return { type: "list", storageClassType: "stringList" };
  return { type: "simple", storageClassType: type === "bool" ? "boolean" : type };
}

function nested(value: unknown): readonly Values[] {
  return (value ?? []) as readonly Values[];
}
