import { Data, DataMap, isList, isMap } from "../data";

/** A module of a plan's `configuration`: of its expressions Terraform tells constants and the names of what they refer to. */
export interface ModuleConfiguration {
  /** By address inside the module: `vsphere_host.a`, `data.vsphere_host.b`. */
  readonly resources: ReadonlyMap<string, ResourceConfiguration>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  readonly outputs: ReadonlyMap<string, DataMap>;
}

export interface ResourceConfiguration {
  /** By attribute or nested block. */
  readonly expressions: DataMap;
  /** Which provider configuration it has, where the plan says that. */
  readonly provider?: string;
  /** Everything that says what it comes after: its expressions, count and for_each. */
  readonly body: DataMap;
}

export interface ModuleCall {
  /** Where it is, as the caller writes it: `./mod`. */
  readonly source?: string;
  readonly expressions: DataMap;
  readonly module: ModuleConfiguration;
  readonly body: DataMap;
}

const NOTHING: DataMap = Object.freeze(Object.create(null) as DataMap);

/** Reads a module; what has another shape is left out, since values come from elsewhere in the plan. */
export function readModuleConfiguration(module: DataMap): ModuleConfiguration {
  const resources = new Map<string, ResourceConfiguration>();
  for (const body of isList(module["resources"]) ? module["resources"].filter(isMap) : []) {
    const { address, provider_config_key: provider } = body;
    if (typeof address !== "string") continue;
    resources.set(address, { expressions: mapOf(body["expressions"]), body, ...(typeof provider === "string" && { provider }) });
  }
  return {
    resources,
    calls: new Map(Object.entries(mapOf(module["module_calls"])).flatMap(([name, call]) => (isMap(call) ? [[name, readCall(call)]] : []))),
    outputs: new Map(Object.entries(mapOf(module["outputs"])).flatMap(([name, output]) => (isMap(output) ? [[name, output]] : []))),
  };
}

function readCall(body: DataMap): ModuleCall {
  const source = body["source"];
  return {
    ...(typeof source === "string" && { source }),
    expressions: mapOf(body["expressions"]),
    module: readModuleConfiguration(mapOf(body["module"])),
    body,
  };
}

function mapOf(data: Data | undefined): DataMap {
  return isMap(data) ? data : NOTHING;
}
