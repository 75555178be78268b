import { ServerName } from "../../model";
import { Data, DataMap, isList, isMap } from "../data";
import { SERVER } from "../resolve/providers";

/**
 * The vCenter servers of a plan's provider configurations, by the keys that its resources name. A plan tells constants, and of other
 * expressions what they refer to: where that is one variable, its value is the server or a part of its name.
 */
export function providerServers(plan: DataMap): ReadonlyMap<string, ServerName> {
  const configuration = mapAt(plan, "configuration");
  const servers = Object.entries(mapAt(configuration, "provider_config")).flatMap(([key, provider]) => {
    const server = serverOf(mapAt(mapAt(provider, "expressions"), SERVER), provider, plan);
    return server === undefined ? [] : [[key, server] as const];
  });
  return new Map(servers);
}

function serverOf(expression: DataMap, provider: Data, plan: DataMap): ServerName | undefined {
  const { constant_value: constant, references } = expression;
  if (typeof constant === "string") return { text: constant, isPart: false };
  // What a module calls its variables is not told with their values.
  if (!isList(references) || references.length !== 1 || "module_address" in (isMap(provider) ? provider : {})) return undefined;
  const name = /^var\.([\w-]+)$/.exec(typeof references[0] === "string" ? references[0] : "")?.[1];
  const declared = mapAt(mapAt(mapAt(mapAt(plan, "configuration"), "root_module"), "variables"), name ?? "");
  const value = name === undefined || declared["sensitive"] === true ? undefined : mapAt(mapAt(plan, "variables"), name)["value"];
  return typeof value === "string" && value !== "" ? { text: value, isPart: true } : undefined;
}

const NOTHING: DataMap = Object.freeze(Object.create(null) as DataMap);

function mapAt(data: Data | undefined, key: string): DataMap {
  const value = isMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
  return isMap(value) ? value : NOTHING;
}
