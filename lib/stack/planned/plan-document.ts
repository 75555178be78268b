import { Located, Mistake, PlanNote, quoted, ServerName } from "../../model";
import { Data, DataMap, isList, isMap } from "../data";
import { Change, KNOWN_ACTIONS, readAction } from "./actions";
import { ModuleConfiguration, readModuleConfiguration } from "./module-configuration";
import { providerServers } from "./provider-servers";
import { WrittenBlocks } from "./written-blocks";

/** A Terraform plan as `terraform show -json` writes it, format version 1. */
export interface PlanDocument {
  readonly name: string;
  readonly file: string;
  readonly located: Located;
  readonly dependsOn: readonly string[];
  /** What happens to each resource, and the data sources with what is known of them. */
  readonly objects: readonly PlannedObject[];
  readonly configuration?: ModuleConfiguration;
  /** The vCenter servers of its provider configurations, by their keys. */
  readonly servers: ReadonlyMap<string, ServerName>;
  /** Names of the variables that the plan was made with. */
  readonly variables: ReadonlySet<string>;
  readonly notes: readonly PlanNote[];
  /** Its resources as the files beside it write them. */
  readonly written?: WrittenBlocks;
}

/** One instance of a resource or data source in the plan. */
export interface PlannedObject extends Change {
  /** As Terraform writes it, with its module and its key. */
  readonly address: string;
  /** Address of its module's instance; empty for the root module. */
  readonly module: string;
  readonly kind: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly beforeSensitive: Data;
  readonly afterSensitive: Data;
  /** For a managed resource: what it was created after, as addresses without keys. */
  readonly createdAfter: readonly string[];
  /** Offset in the file. */
  readonly at: number;
}

/** Whether an object is a plan, going by what only plans have. */
export function isPlan(root: DataMap): boolean {
  return "format_version" in root && ("planned_values" in root || "resource_changes" in root);
}

/** Reads a plan; what is wrong with it is added to the mistakes. */
export function readPlanDocument(located: Located, name: string, mistakes: Mistake[]): PlanDocument {
  return new Reader(located, name, mistakes).read();
}

const NOTHING: DataMap = Object.freeze(Object.create(null) as DataMap);

class Reader {
  private readonly root: DataMap;
  private readonly addresses = new Set<string>();
  private readonly createdAfter = new Map<string, readonly string[]>();
  /** By address: the power state of each VM that exists. */
  private readonly powerStates = new Map<string, string>();

  constructor(
    private readonly located: Located,
    private readonly name: string,
    private readonly mistakes: Mistake[],
  ) {
    this.root = located.value as DataMap;
  }

  read(): PlanDocument {
    const { located, root, name } = this;
    const version = root["format_version"];
    if (typeof version !== "string" || !/^1\./.test(version)) {
      this.mistake(root, "format_version", `must be "1.x", found ${typeof version === "string" ? quoted(version) : "none"}`);
    }
    if (root["errored"] === true) this.mistake(root, "errored", "says that making the plan failed: run `terraform plan` again");
    const prior = this.priorObjects();
    this.readDrift();
    const changes = this.list(root, "resource_changes").flatMap((each) => this.change(each) ?? []);
    const changed = new Set(changes.map(({ address }) => address));
    const rootModule = child(root["configuration"], "root_module");
    return {
      name,
      file: located.lines.file,
      located,
      dependsOn: [],
      objects: [...changes, ...prior.filter(({ address }) => !changed.has(address))],
      ...(rootModule !== undefined && { configuration: readModuleConfiguration(rootModule) }),
      servers: providerServers(root),
      variables: new Set(isMap(root["variables"]) ? Object.keys(root["variables"]) : []),
      notes: this.notes(),
    };
  }

  private notes(): readonly PlanNote[] {
    const deferred = this.root["deferred_changes"] ?? [];
    const isDeferred = !isList(deferred) || deferred.length > 0;
    if (this.root["complete"] !== false && !isDeferred) return [];
    return [
      {
        rule: "incomplete-plan",
        source: this.located.keySource(this.root, isDeferred ? "deferred_changes" : "complete"),
        message: "the plan leaves something out (it was made with -target, or Terraform put something off): that is not judged",
      },
    ];
  }

  /** The data sources that were read before the plan; on the way, what each resource was created after. */
  private priorObjects(): readonly PlannedObject[] {
    const found: PlannedObject[] = [];
    const modules = maps([child(child(this.root["prior_state"], "values"), "root_module") ?? null]);
    for (const module of withChildren(modules)) {
      for (const resource of maps(module["resources"])) {
        const { address, mode, values } = resource;
        if (typeof address !== "string") continue;
        if (mode === "managed") this.priorResource(address, resource);
        else if (isMap(values)) found.push(...this.dataSource(resource, values, module["address"]));
      }
    }
    return found;
  }

  private priorResource(address: string, resource: DataMap): void {
    if ("deposed_key" in resource) return;
    this.createdAfter.set(address, texts(resource["depends_on"]));
    this.addPower(address, child(resource, "values"));
  }

  /** What Terraform found to be otherwise than in its state: newer than that. */
  private readDrift(): void {
    for (const resource of maps(this.root["resource_drift"])) {
      const { address, deposed } = resource;
      if (typeof address === "string" && deposed === undefined) this.addPower(address, child(resource["change"], "after"));
    }
  }

  private addPower(address: string, values: DataMap | undefined): void {
    const state = values?.["power_state"];
    if (typeof state === "string") this.powerStates.set(address, state);
  }

  private dataSource(resource: DataMap, values: DataMap, module: Data | undefined): readonly PlannedObject[] {
    const object = this.identity(resource, module);
    if (object === undefined) return [];
    const sensitive = resource["sensitive_values"] ?? false;
    return [
      { ...object, action: "none", before: values, after: values, unknown: false, beforeSensitive: sensitive, afterSensitive: sensitive },
    ];
  }

  private change(resource: DataMap): PlannedObject | undefined {
    const object = this.identity(resource, resource["module_address"]);
    const change = resource["change"];
    if (object === undefined) return undefined;
    if (!isMap(change)) return this.mistake(resource, "change", "must be an object");
    const action = readAction(change["actions"]);
    if (action === undefined) return this.mistake(change, "actions", `must be one of ${KNOWN_ACTIONS.join("; ")}`);
    if (this.addresses.has(object.address)) return this.mistake(resource, "address", `${quoted(object.address)} is there twice`);
    this.addresses.add(object.address);
    const before = this.values(change, "before");
    const power = before["power_state"] ?? this.powerStates.get(object.address);
    return {
      ...object,
      action,
      ...((power === "off" || power === "suspended") && { isOff: true }),
      ...(power === "suspended" && { isSuspended: true }),
      before,
      after: this.values(change, "after"),
      unknown: change["after_unknown"] ?? false,
      beforeSensitive: change["before_sensitive"] ?? false,
      afterSensitive: change["after_sensitive"] ?? false,
    };
  }

  private identity(
    resource: DataMap,
    module: Data = "",
  ): Omit<PlannedObject, keyof Change | "beforeSensitive" | "afterSensitive"> | undefined {
    const { address, type, name, mode, index, deposed } = resource;
    for (const [key, value] of Object.entries({ address, type, name })) {
      if (typeof value !== "string" || value === "") return this.mistake(resource, key, "must be a text");
    }
    if (typeof module !== "string") return this.mistake(resource, "module_address", "must be a text");
    const key = typeof index === "string" || typeof index === "number" ? index : undefined;
    // What a replacement left behind when it failed: a VM of its own.
    const suffix = typeof deposed === "string" ? ` (deposed object ${deposed})` : "";
    return {
      address: (address as string) + suffix,
      module,
      kind: mode === "data" ? "data" : "resource",
      type: type as string,
      name: name as string,
      key,
      createdAfter: this.createdAfter.get(address as string) ?? [],
      at: this.located.places.get(resource)!.at,
    };
  }

  private values(change: DataMap, key: "before" | "after"): DataMap {
    const values = change[key] ?? NOTHING;
    if (isMap(values)) return values;
    this.mistake(change, key, "must be an object or null");
    return NOTHING;
  }

  private list(map: DataMap, key: string): readonly DataMap[] {
    const list = map[key] ?? [];
    const found = maps(list);
    if (!isList(list) || found.length < list.length) this.mistake(map, key, "must be a list of objects");
    return found;
  }

  private mistake(map: DataMap, key: string, message: string): undefined {
    this.mistakes.push({ ...this.located.keySource(map, key), message: `this Terraform plan can't be read: ${key} ${message}` });
  }
}

/** Modules of a state, and those inside them. */
function withChildren(modules: readonly DataMap[]): readonly DataMap[] {
  return modules.flatMap((module) => [module, ...withChildren(maps(module["child_modules"]))]);
}

function child(data: Data | undefined, key: string): DataMap | undefined {
  const value = isMap(data) ? data[key] : undefined;
  return isMap(value) ? value : undefined;
}

function maps(data: Data | undefined): readonly DataMap[] {
  return isList(data) ? data.filter((each) => isMap(each)) : [];
}

function texts(data: Data | undefined): readonly string[] {
  return isList(data) ? data.filter((each) => typeof each === "string") : [];
}
