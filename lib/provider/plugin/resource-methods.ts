import { isDeepStrictEqual } from "node:util";
import { sentDiagnostics, sentPath } from "./diagnostics";
import { decodeObject, encodeObject } from "./dynamic-value";
import { keptState, priorState } from "./kept-state";
import type { Methods, Request, Response } from "./methods";
import { planBySchema } from "./plan";
import { Call, Diagnostic, OperationError, Resource } from "./resource";
import type { Block, Operation } from "./schema";
import { attempt, deferral, Session } from "./session";
import { checkTimeouts, inTime, withTimeouts } from "./timeouts";
import type { Fields } from "./values";

type ResourceMethods = Pick<
  Methods,
  "ValidateResourceConfig" | "UpgradeResourceState" | "ReadResource" | "PlanResourceChange" | "ApplyResourceChange" | "ImportResourceState"
>;

export function resourceMethods<C>(session: Session<C>): ResourceMethods {
  const find = (type = ""): Resource<Block, C> => {
    const { resources } = session.provider;
    if (!Object.hasOwn(resources, type)) throw new Error(`the provider has no resource ${type}`);
    return resources[type]!;
  };
  return {
    ValidateResourceConfig: (request) => {
      const resource = find(request.type_name);
      const { schema } = resource;
      return attempt(schema, () => {
        const config = decodeObject(schema, request.config) ?? {};
        return { diagnostics: sentDiagnostics(schema, [...(resource.validate?.(config) ?? []), ...checkTimeouts(schema, config)]) };
      });
    },
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const { schema } = find(type_name);
      return attempt(schema, () => {
        const { fields, diagnostics } = keptState(schema, raw_state);
        return { upgraded_state: encodeObject(schema, fields), diagnostics: sentDiagnostics(schema, diagnostics) };
      });
    },
    ReadResource: (request) => read(find(request.type_name), request, session),
    PlanResourceChange: (request) => plan(find(request.type_name), request, session),
    ApplyResourceChange: (request) => apply(find(request.type_name), request, session),
    ImportResourceState: (request) => importState(find(request.type_name), request, session),
  };
}

function read<C>(
  resource: Resource<Block, C>,
  request: Request<"ReadResource">,
  session: Session<C>,
): Response<"ReadResource"> | Promise<Response<"ReadResource">> {
  const { schema } = resource;
  const unchanged = {
    ...(request.current_state && { new_state: request.current_state }),
    ...(request.private && { private: request.private }),
  };
  if (session.configured === "unknown") return { ...unchanged, ...deferral(request.client_capabilities) };
  return attempt(
    schema,
    async (): Promise<Response<"ReadResource">> => {
      const prior = priorState(schema, request.current_state);
      if (prior === null) return unchanged;
      const { call } = session;
      const outcome = await inTime(schema, "read", prior, call.signal, (signal) => resource.read(prior, { ...call, signal }));
      return {
        ...unchanged,
        new_state: encodeObject(schema, withTimeouts(schema, outcome?.state ?? null, prior)),
        diagnostics: sentDiagnostics(schema, outcome?.diagnostics ?? []),
      };
    },
    () => unchanged,
  );
}

function plan<C>(
  resource: Resource<Block, C>,
  request: Request<"PlanResourceChange">,
  session: Session<C>,
): Promise<Response<"PlanResourceChange">> {
  const { schema } = resource;
  const kept = request.prior_private ? { planned_private: request.prior_private } : {};
  return attempt(schema, async (): Promise<Response<"PlanResourceChange">> => {
    const prior = priorState(schema, request.prior_state);
    const config = decodeObject(schema, request.config);
    if (config === null) return { ...kept, planned_state: encodeObject(schema, null) }; // a destroy
    const bySchema = planBySchema(schema, prior, config);
    const isChange = bySchema.planned !== prior;
    const change = { prior: prior ?? undefined, config, planned: bySchema.planned };
    const call = { ...session.withoutClient, ...clientOf(session) };
    const look = async (signal: AbortSignal) => (await resource.plan?.(change, { ...call, signal })) ?? {};
    const own = isChange ? await inTime(schema, "read", config, call.signal, look) : {};
    return {
      ...kept,
      planned_state: encodeObject(schema, own.planned ?? bySchema.planned),
      requires_replace: [...bySchema.requiresReplace, ...(own.requiresReplace ?? [])].map((path) => sentPath(schema, path)),
      diagnostics: sentDiagnostics(schema, own.diagnostics ?? []),
      ...(session.configured === "unknown" && deferral(request.client_capabilities)),
    };
  });
}

function clientOf<C>({ configured }: Session<C>): { readonly client?: C } {
  return typeof configured === "object" ? configured : {};
}

function apply<C>(
  resource: Resource<Block, C>,
  request: Request<"ApplyResourceChange">,
  session: Session<C>,
): Promise<Response<"ApplyResourceChange">> {
  const { schema } = resource;
  const unchanged = {
    ...(request.prior_state && { new_state: request.prior_state }),
    ...(request.planned_private && { private: request.planned_private }),
  };
  const change = async (): Promise<Response<"ApplyResourceChange">> => {
    const prior = priorState(schema, request.prior_state);
    const planned = decodeObject(schema, request.planned_state);
    const { state, diagnostics = [] } = await operate(resource, prior, planned, session);
    return {
      ...unchanged,
      new_state: encodeObject(schema, withTimeouts(schema, state, planned)),
      diagnostics: sentDiagnostics(schema, diagnostics),
    };
  };
  // The state that a failure has reached is what Terraform must not lose.
  const withReached = () =>
    attempt(schema, change, (thrown) => {
      const reached = thrown instanceof OperationError ? (thrown.reached as Fields | undefined) : undefined;
      if (reached === undefined) return unchanged;
      const config = decodeObject(schema, request.planned_state) ?? decodeObject(schema, request.prior_state);
      return { ...unchanged, new_state: encodeObject(schema, withTimeouts(schema, reached, config)) };
    });
  return attempt(schema, withReached, () => unchanged);
}

interface Reached {
  readonly state: Fields | null;
  readonly diagnostics?: readonly Diagnostic[];
}

async function operate<C>(
  resource: Resource<Block, C>,
  prior: Fields | null,
  planned: Fields | null,
  { call }: Session<C>,
): Promise<Reached> {
  if (prior === null && planned === null) return { state: null };
  const within = <T>(operation: Operation, config: Fields, run: (call: Call<C>) => Promise<T>): Promise<T> =>
    inTime(resource.schema, operation, config, call.signal, (signal) => run({ ...call, signal }));
  if (prior === null) return within("create", planned!, (limited) => resource.create(planned!, limited));
  if (planned === null) {
    const diagnostics = await within("delete", prior, (limited) => resource.delete(prior, limited));
    return { state: null, diagnostics: diagnostics ?? [] };
  }
  if (isDeepStrictEqual(withTimeouts(resource.schema, prior, planned), planned)) return { state: planned };
  return within("update", planned, (limited) => resource.update(prior, planned, limited));
}

function importState<C>(
  resource: Resource<Block, C>,
  request: Request<"ImportResourceState">,
  session: Session<C>,
): Promise<Response<"ImportResourceState">> {
  const { schema } = resource;
  const { type_name = "", id = "" } = request;
  return attempt(schema, async (): Promise<Response<"ImportResourceState">> => {
    if (session.configured === "unknown" && request.client_capabilities?.deferral_allowed) return deferral(request.client_capabilities);
    if (!resource.import) throw new OperationError([{ severity: "error", summary: `${type_name} can't be imported` }]);
    const { call } = session;
    const state = await inTime(schema, "read", {}, call.signal, (signal) => resource.import!(id, { ...call, signal }));
    return { imported_resources: [{ type_name, state: encodeObject(schema, withTimeouts(schema, state, null)) }] };
  });
}
