import type { Message } from "./messages";
import type { Attribute, Block, Type } from "./schema";

const NESTED_IN = { single: 1, list: 2, set: 3 };

export function sentSchema(block: Block): Message<"Schema"> {
  return { version: 0, block: sentBlock(block) };
}

function sentBlock({ description, attributes, blocks = {}, timeouts }: Block): Message<"Block"> {
  return {
    description,
    attributes: Object.entries(attributes).map(([name, attribute]) => sentAttribute(name, attribute)),
    block_types: [
      ...Object.entries(blocks).map(([name, nested]) => ({
        type_name: name,
        block: sentBlock(nested),
        nesting: NESTED_IN[nested.nesting ?? "list"],
        min_items: nested.minItems,
        max_items: nested.maxItems ?? 0,
      })),
      ...(timeouts ? [{ type_name: "timeouts", block: sentTimeouts(timeouts), nesting: NESTED_IN.single }] : []),
    ],
  };
}

function sentTimeouts(timeouts: NonNullable<Block["timeouts"]>): Message<"Block"> {
  const attributes = Object.entries(timeouts).map(([operation, usual]) =>
    sentAttribute(operation, { type: "string", use: "optional", description: `how long a ${operation} may take; else ${usual}` }),
  );
  return { description: "How long operations may take, as durations like 30m.", attributes };
}

function sentAttribute(name: string, attribute: Attribute): Message<"Attribute"> {
  const { type, use, description, sensitive = false } = attribute;
  return {
    name,
    type: Buffer.from(JSON.stringify(sentType(type))),
    description,
    sensitive,
    required: use === "required",
    optional: use === "optional" || use === "optional-computed",
    // Terraform lets a plan fill in computed attributes only.
    computed: use === "computed" || use === "optional-computed" || attribute.default !== undefined,
  };
}

/** Terraform's notation: "string", ["list", "string"], ["object", { "name": "string" }]. */
function sentType(type: Type): unknown {
  if (typeof type === "string") return type;
  if ("list" in type) return ["list", sentType(type.list)];
  if ("set" in type) return ["set", sentType(type.set)];
  if ("map" in type) return ["map", sentType(type.map)];
  return ["object", Object.fromEntries(Object.entries(type.object).map(([name, each]) => [name, sentType(each)]))];
}
