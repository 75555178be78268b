import { groupBy, Mistake } from "../../model";
import { Block, Configuration } from "../configuration";
import { Data, isMap } from "../data";
import { Value } from "../expression/value";
import { Work } from "../expression/work";
import { World } from "../expression/world";
import { Module, ModuleResource } from "../modules/module";
import { Templates } from "./evaluate-data";
import { Giver, inputValue, validate } from "./input-value";
import { ModuleScope, Surroundings } from "./module-scope";
import { Variables } from "./variables";
import { Outside, worldOf } from "./world";

/** Instances that count and for_each make, of all resources together: more than the 45,000 VMs that a vCenter 8 can have. */
const MAX_INSTANCES = 50_000;
/** Instances of modules, and resources and data sources in them: 10,000 VMs, each in a module with nine. */
const MAX_IN_MODULES = 100_000;

/** All stacks that were read, each with its names, and with each other's outputs. */
export class Workspace implements Surroundings {
  readonly mistakes: Mistake[] = [];
  readonly templates = new Templates();
  readonly work = new Work();
  readonly stacks: readonly ModuleScope[];
  private readonly byCrossStackName: ReadonlyMap<string, readonly ModuleScope[]>;
  private readonly byState: ReadonlyMap<string, readonly ModuleScope[]>;
  private instances = 0;
  private inModules = 0;

  /** `stacks`: their root modules. */
  constructor(
    stacks: readonly Module[],
    private readonly variables: Variables,
    private readonly outside: Outside,
  ) {
    this.stacks = stacks.map((module) => new ModuleScope(module, this));
    this.byCrossStackName = groupBy(this.stacks, ({ module }) => crossStackName(module.configuration));
    this.byState = groupBy(this.stacks, ({ module }) => keptState(module.configuration) ?? "");
  }

  reserve(instances: number): boolean {
    if (this.instances + instances > MAX_INSTANCES) return false;
    this.instances += instances;
    return true;
  }

  reserveInModules(instances: number): boolean {
    if (this.inModules + instances > MAX_IN_MODULES) return false;
    this.inModules += instances;
    return true;
  }

  worldOf({ configuration }: Module): World {
    return worldOf(configuration, this.outside);
  }

  rootVariable(block: Block, scope: ModuleScope): Value {
    return this.variables.value(block, scope, this.mistakes, scope.module.configuration.values);
  }

  input(block: Block, given: Value | undefined, scope: ModuleScope, giver: Giver | undefined): Value {
    const value = inputValue(block, given, scope, this.mistakes, giver);
    validate(block, value, scope, this.mistakes, giver);
    return value;
  }

  /** The stack that a `terraform_remote_state` reads: cdktf names it after its construct path, people configure its backend. */
  remoteOf({ block, module }: ModuleResource): ModuleScope | undefined {
    if (block.kind !== "data" || block.type !== "terraform_remote_state") return undefined;
    const isOther = (stack: ModuleScope): boolean => stack.module.stack !== module.stack;
    const named = this.byCrossStackName.get(block.name) ?? [];
    const known = named.some(isOther) ? named : (this.byState.get(readState(block) ?? "none") ?? []);
    const [first, ...more] = known.filter(isOther);
    return more.length === 0 ? first : undefined;
  }
}

/** As `TerraformStack.registerIncomingCrossStackReference` names it; other characters do not survive in a Terraform name. */
function crossStackName({ constructPath, name }: Configuration): string {
  return `cross-stack-reference-input-${constructPath ?? name}`.replace(/[^A-Za-z0-9_-]/g, "");
}

/** Where a stack keeps its state, as text; undefined where it does not say. */
function keptState({ backend }: Configuration): string | undefined {
  return backend && isMap(backend.settings) ? stateKey(backend.type, backend.settings) : undefined;
}

function readState({ body }: Block): string | undefined {
  return typeof body["backend"] === "string" ? stateKey(body["backend"], body["config"] ?? null) : undefined;
}

/** No name of a resource has a space. */
function stateKey(type: string, settings: Data): string {
  return `${type} ${canonical(settings)}`;
}

function canonical(data: Data): string {
  return JSON.stringify(data, (_, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value));
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
