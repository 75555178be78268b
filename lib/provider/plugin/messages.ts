import { Root } from "protobufjs/light";

/**
 * The messages of Terraform's plugin protocol 6 that are used here, "number [repeated | map] type" for each field. Other fields
 * are skipped when read. The protocol only ever gains fields, so that the table does for later minor versions, too.
 */
const MESSAGES = {
  DynamicValue: { msgpack: "1 bytes", json: "2 bytes" },
  RawState: { json: "1 bytes" },
  Diagnostic: { severity: "1 int32", summary: "2 string", detail: "3 string", attribute: "4 AttributePath" },
  AttributePath: { steps: "1 repeated AttributePathStep" },
  AttributePathStep: { attribute_name: "1 string", element_key_string: "2 string", element_key_int: "3 int64" },
  Schema: { version: "1 int64", block: "2 Block" },
  Block: { version: "1 int64", attributes: "2 repeated Attribute", block_types: "3 repeated NestedBlock", description: "4 string" },
  Attribute: {
    name: "1 string",
    type: "2 bytes",
    description: "3 string",
    required: "4 bool",
    optional: "5 bool",
    computed: "6 bool",
    sensitive: "7 bool",
  },
  NestedBlock: { type_name: "1 string", block: "2 Block", nesting: "3 int32", min_items: "4 int64", max_items: "5 int64" },
  ServerCapabilities: { plan_destroy: "1 bool", get_provider_schema_optional: "2 bool" },
  ClientCapabilities: { deferral_allowed: "1 bool" },
  Deferred: { reason: "1 int32" },
  Empty: {},

  "GetProviderSchema.Request": {},
  "GetProviderSchema.Response": {
    provider: "1 Schema",
    resource_schemas: "2 map Schema",
    data_source_schemas: "3 map Schema",
    diagnostics: "4 repeated Diagnostic",
    server_capabilities: "6 ServerCapabilities",
  },
  "ValidateProviderConfig.Request": { config: "1 DynamicValue" },
  "ValidateProviderConfig.Response": { diagnostics: "2 repeated Diagnostic" },
  "ValidateResourceConfig.Request": { type_name: "1 string", config: "2 DynamicValue" },
  "ValidateResourceConfig.Response": { diagnostics: "1 repeated Diagnostic" },
  "ValidateDataResourceConfig.Request": { type_name: "1 string", config: "2 DynamicValue" },
  "ValidateDataResourceConfig.Response": { diagnostics: "1 repeated Diagnostic" },
  "UpgradeResourceState.Request": { type_name: "1 string", version: "2 int64", raw_state: "3 RawState" },
  "UpgradeResourceState.Response": { upgraded_state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },
  "ConfigureProvider.Request": { terraform_version: "1 string", config: "2 DynamicValue" },
  "ConfigureProvider.Response": { diagnostics: "1 repeated Diagnostic" },
  "ReadResource.Request": {
    type_name: "1 string",
    current_state: "2 DynamicValue",
    private: "3 bytes",
    client_capabilities: "5 ClientCapabilities",
  },
  "ReadResource.Response": {
    new_state: "1 DynamicValue",
    diagnostics: "2 repeated Diagnostic",
    private: "3 bytes",
    deferred: "4 Deferred",
  },
  "PlanResourceChange.Request": {
    type_name: "1 string",
    prior_state: "2 DynamicValue",
    proposed_new_state: "3 DynamicValue",
    config: "4 DynamicValue",
    prior_private: "5 bytes",
    client_capabilities: "7 ClientCapabilities",
  },
  "PlanResourceChange.Response": {
    planned_state: "1 DynamicValue",
    requires_replace: "2 repeated AttributePath",
    planned_private: "3 bytes",
    diagnostics: "4 repeated Diagnostic",
    deferred: "6 Deferred",
  },
  "ApplyResourceChange.Request": {
    type_name: "1 string",
    prior_state: "2 DynamicValue",
    planned_state: "3 DynamicValue",
    config: "4 DynamicValue",
    planned_private: "5 bytes",
  },
  "ApplyResourceChange.Response": { new_state: "1 DynamicValue", private: "2 bytes", diagnostics: "3 repeated Diagnostic" },
  "ImportResourceState.Request": { type_name: "1 string", id: "2 string", client_capabilities: "3 ClientCapabilities" },
  ImportedResource: { type_name: "1 string", state: "2 DynamicValue", private: "3 bytes" },
  "ImportResourceState.Response": {
    imported_resources: "1 repeated ImportedResource",
    diagnostics: "2 repeated Diagnostic",
    deferred: "3 Deferred",
  },
  "ReadDataSource.Request": { type_name: "1 string", config: "2 DynamicValue", client_capabilities: "4 ClientCapabilities" },
  "ReadDataSource.Response": { state: "1 DynamicValue", diagnostics: "2 repeated Diagnostic", deferred: "3 Deferred" },
  "StopProvider.Request": {},
  "StopProvider.Response": { Error: "1 string" },
} as const;

export type MessageName = keyof typeof MESSAGES;

/** A message as a plain object; a field that is not set is absent. */
export type Message<N extends MessageName> = { readonly [F in keyof (typeof MESSAGES)[N]]?: FieldValue<(typeof MESSAGES)[N][F]> };

type FieldValue<D> = D extends `${number} repeated ${infer T}`
  ? readonly Single<T>[]
  : D extends `${number} map ${infer T}`
    ? Readonly<Record<string, Single<T>>>
    : D extends `${number} ${infer T}`
      ? Single<T>
      : never;

type Single<T> = T extends MessageName ? Message<T> : T extends keyof Scalars ? Scalars[T] : never;

interface Scalars {
  string: string;
  bytes: Uint8Array;
  bool: boolean;
  int32: number;
  int64: number;
}

export interface Codec<N extends MessageName> {
  readonly encode: (message: Message<N>) => Buffer;
  readonly decode: (bytes: Uint8Array) => Message<N>;
}

export function codecOf<N extends MessageName>(name: N): Codec<N> {
  const type = ROOT.lookupType(flat(name));
  return {
    encode: (message) => Buffer.from(type.encode(message).finish()),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number }) as Message<N>,
  };
}

const ROOT = Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([name, fields]) => [
      flat(name),
      { fields: Object.fromEntries(Object.entries<string>(fields).map(([field, text]) => [field, descriptor(text)])) },
    ]),
  ),
});

// To protobufjs a dot in a name is a scope.
function flat(name: string): string {
  return name.replace(".", "_");
}

function descriptor(text: string) {
  const [id, ...rest] = text.split(" ");
  const type = rest.pop()!;
  const kind = rest[0] === "map" ? { keyType: "string" } : rest[0] === "repeated" ? { rule: "repeated" } : {};
  return { id: Number(id), type, ...kind };
}
