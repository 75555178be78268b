import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Attribute, Block, NestedBlock, Type } from "../../lib/provider/plugin";

/** The vSphere provider's schema in the terms of the plugin: test/data/vsphere-provider says where it is from. */
export interface VsphereSchema {
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}

export function vsphereSchema(): VsphereSchema {
  const packed = readFileSync("test/data/vsphere-provider/schema-2.16.1.json.gz");
  const { resources, data_sources } = JSON.parse(gunzipSync(packed).toString()) as Record<string, Record<string, WrittenBlock>>;
  return { resources: mapValues(resources!, block), dataSources: mapValues(data_sources!, block) };
}

/** What `provider "vsphere"` takes. */
export const PROVIDER_CONFIG: Block = {
  description: "",
  attributes: {
    ...arguments_("string", "user password vsphere_server vcenter_server client_debug_path client_debug_path_run vim_session_path"),
    ...arguments_("string", "rest_session_path"),
    ...arguments_("number", "vim_keep_alive api_timeout"),
    ...arguments_("bool", "allow_unverified_ssl client_debug persist_session"),
  },
};

type WrittenType = string | { readonly list: WrittenType } | { readonly object: Readonly<Record<string, WrittenType>> };
type WrittenAttribute = readonly [type: WrittenType, ...flags: string[]];
interface WrittenBlock {
  readonly [name: string]: WrittenAttribute | { readonly block: string; readonly of: WrittenBlock };
}

function arguments_(type: Type, names: string): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, { type, use: "optional", description: "" }]));
}

function block(written: WrittenBlock): Block {
  const attributes: [string, Attribute][] = [];
  const blocks: [string, NestedBlock][] = [];
  for (const [name, each] of Object.entries(written)) {
    if ("block" in each) blocks.push([name, nested(each.block, block(each.of))]);
    else attributes.push([name, attribute(each)]);
  }
  return { description: "", attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
}

function attribute([type, ...flags]: WrittenAttribute): Attribute {
  const isComputed = flags.includes("computed");
  const use = flags.includes("required")
    ? "required"
    : !isComputed
      ? "optional"
      : flags.includes("optional")
        ? "optional-computed"
        : "computed";
  return { type: typeOf(type), use, sensitive: flags.includes("sensitive"), description: "" };
}

/** `list min 1 max 2`, `set`; the one `single` is `timeouts`, which is written as a list of one is. */
function nested(nesting: string, inner: Block): NestedBlock {
  const least = /min (\d+)/.exec(nesting)?.[1];
  const most = nesting === "single" ? "1" : /max (\d+)/.exec(nesting)?.[1];
  // Nested blocks of our own provider have no computed attributes, those of this one have.
  const { attributes, blocks } = inner as NestedBlock;
  return {
    description: "",
    attributes,
    blocks: blocks ?? {},
    nesting: nesting.startsWith("set") ? "set" : "list",
    minItems: Number(least ?? 0),
    ...(most !== undefined && { maxItems: Number(most) }),
  };
}

/** `string`, `list(string)`, or of objects as an object. */
function typeOf(written: WrittenType): Type {
  if (typeof written === "string") {
    const [, collection, of] = /^(list|set|map)\((\w+)\)$/.exec(written) ?? [];
    return (collection === undefined ? written : { [collection]: of }) as Type;
  }
  return "list" in written ? { list: typeOf(written.list) } : { object: mapValues(written.object, typeOf) };
}

export function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
