import { formatTraversal } from "../expression/syntax";
import { ModuleCall, ModuleConfiguration } from "./module-configuration";
import { keyOf, References } from "./references";

/** An instance of a module: the root module, or one that a call made. */
export interface ModuleInstance {
  /** Empty for the root module. */
  readonly address: string;
  /** The address without keys, which all instances of the call share. */
  readonly path: string;
  readonly key: string | number | undefined;
  /** Absent where the plan has no configuration, or no longer has this call. */
  readonly configuration?: ModuleConfiguration;
  readonly parent?: ModuleInstance;
  readonly call?: ModuleCall;
  readonly callName?: string;
}

/** Modules inside modules that are followed, twice or thrice over: each has its name, a key and the word `module`. */
const MAX_STEPS = 150;

/** The module instances of a plan, found by their addresses. */
export class ModuleInstances {
  private readonly found = new Map<string, ModuleInstance>();
  private readonly children = new Map<ModuleInstance, Map<string, Map<string | number | undefined, ModuleInstance>>>();

  constructor(
    private readonly root: ModuleConfiguration | undefined,
    private readonly references: References,
  ) {}

  /** A text that is no module's address leads to a module without configuration. */
  at(address: string): ModuleInstance {
    let module = this.found.get(address);
    if (module === undefined) this.found.set(address, (module = this.make(address)));
    return module;
  }

  /** Instances of a call that have something in them, by key. */
  ofCall(parent: ModuleInstance, name: string): ReadonlyMap<string | number | undefined, ModuleInstance> {
    return this.children.get(parent)?.get(name) ?? new Map<string | number | undefined, ModuleInstance>();
  }

  private make(address: string): ModuleInstance {
    if (address === "") return { address, path: "", key: undefined, ...(this.root && { configuration: this.root }) };
    const reference = this.references.parse(address);
    const steps = reference?.root === "module" && reference.steps.length <= MAX_STEPS ? reference.steps : [];
    const key = keyOf(steps.at(-1));
    const nameStep = steps.at(key === undefined ? -1 : -2);
    if (nameStep?.kind !== "attribute") return { address, path: address, key: undefined };
    const { name } = nameStep;
    const outer = steps.slice(0, key === undefined ? -2 : -3);
    const parent = this.at(outer.length === 0 ? "" : formatTraversal("module", outer));
    const call = parent.configuration?.calls.get(name);
    const path = parent.path === "" ? `module.${name}` : `${parent.path}.module.${name}`;
    const module = { address, path, key, parent, callName: name, ...(call && { call, configuration: call.module }) };
    this.addChild(parent, module);
    return module;
  }

  private addChild(parent: ModuleInstance, module: ModuleInstance & { readonly callName: string }): void {
    const calls = this.children.get(parent) ?? new Map<string, Map<string | number | undefined, ModuleInstance>>();
    this.children.set(parent, calls);
    const instances = calls.get(module.callName) ?? new Map<string | number | undefined, ModuleInstance>();
    calls.set(module.callName, instances.set(module.key, module));
  }
}
