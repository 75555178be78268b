import type { Message, MessageName } from "./messages";

/** The methods of the provider service that are answered here; Terraform does without the others. */
export const METHODS = [
  "GetProviderSchema",
  "ValidateProviderConfig",
  "ValidateResourceConfig",
  "ValidateDataResourceConfig",
  "ConfigureProvider",
  "UpgradeResourceState",
  "ReadResource",
  "PlanResourceChange",
  "ApplyResourceChange",
  "ImportResourceState",
  "ReadDataSource",
  "StopProvider",
] as const;

export type Method = (typeof METHODS)[number];
export type Request<M extends Method> = Message<Extract<`${M}.Request`, MessageName>>;
export type Response<M extends Method> = Message<Extract<`${M}.Response`, MessageName>>;
export type Methods = { readonly [M in Method]: (request: Request<M>) => Response<M> | Promise<Response<M>> };
