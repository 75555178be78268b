import { sentDiagnostics } from "./diagnostics";
import { decodeRounded } from "./dynamic-value";
import type { Methods } from "./methods";
import type { Message } from "./messages";
import type { Block } from "./schema";
import { sentSchema } from "./sent-schema";
import { attempt, Session } from "./session";
import { UNKNOWN, Value } from "./values";

type ProviderMethods = Pick<Methods, "GetProviderSchema" | "ValidateProviderConfig" | "ConfigureProvider" | "StopProvider">;

export function providerMethods<C>(session: Session<C>): ProviderMethods {
  const { provider, log } = session;
  const { schema } = provider;
  return {
    GetProviderSchema: () => ({
      provider: sentSchema(schema),
      resource_schemas: sentSchemas(provider.resources),
      data_source_schemas: sentSchemas(provider.dataSources),
      server_capabilities: { get_provider_schema_optional: true },
    }),
    ValidateProviderConfig: (request) =>
      attempt(schema, () => {
        const config = decodeRounded(schema, request.config) ?? {};
        return { diagnostics: sentDiagnostics(schema, provider.validate?.(config) ?? []) };
      }),
    ConfigureProvider: (request) =>
      attempt(schema, () => {
        const config = decodeRounded(schema, request.config) ?? {};
        if (hasUnknown(config)) {
          log("info", "the provider's configuration is not known yet");
          session.configured = "unknown";
        } else {
          session.configured = { client: provider.configure(config, session.withoutClient) };
        }
        return {};
      }),
    StopProvider: () => {
      session.stop();
      return {};
    },
  };
}

function sentSchemas(all: Readonly<Record<string, { readonly schema: Block }>>): Record<string, Message<"Schema">> {
  return Object.fromEntries(Object.entries(all).map(([name, { schema }]) => [name, sentSchema(schema)]));
}

function hasUnknown(value: Value): boolean {
  return value === UNKNOWN || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));
}
