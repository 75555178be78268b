import { sentDiagnostics } from "./diagnostics";
import { decodeObject, encodeObject } from "./dynamic-value";
import type { Methods, Response } from "./methods";
import type { DataSource } from "./resource";
import type { Block } from "./schema";
import { attempt, deferral, Session } from "./session";
import { checkTimeouts, inTime, withTimeouts } from "./timeouts";

type DataSourceMethods = Pick<Methods, "ValidateDataResourceConfig" | "ReadDataSource">;

export function dataSourceMethods<C>(session: Session<C>): DataSourceMethods {
  const find = (type = ""): DataSource<Block, C> => {
    const { dataSources } = session.provider;
    if (!Object.hasOwn(dataSources, type)) throw new Error(`the provider has no data source ${type}`);
    return dataSources[type]!;
  };
  return {
    ValidateDataResourceConfig: (request) => {
      const dataSource = find(request.type_name);
      const { schema } = dataSource;
      return attempt(schema, () => {
        const config = decodeObject(schema, request.config) ?? {};
        return { diagnostics: sentDiagnostics(schema, [...(dataSource.validate?.(config) ?? []), ...checkTimeouts(schema, config)]) };
      });
    },
    ReadDataSource: (request) => {
      const dataSource = find(request.type_name);
      const { schema } = dataSource;
      return attempt(schema, async (): Promise<Response<"ReadDataSource">> => {
        if (session.configured === "unknown" && request.client_capabilities?.deferral_allowed) return deferral(request.client_capabilities);
        const config = decodeObject(schema, request.config) ?? {};
        const { call } = session;
        const read = (signal: AbortSignal) => dataSource.read(config, { ...call, signal });
        const { state, diagnostics = [] } = await inTime(schema, "read", config, call.signal, read);
        return { state: encodeObject(schema, withTimeouts(schema, state, config)), diagnostics: sentDiagnostics(schema, diagnostics) };
      });
    },
  };
}
