import { Block, blockAddress } from "../configuration";
import { formatTraversal, Step } from "../expression/syntax";
import { Unknown, Value, ValueMap } from "../expression/value";
import { World } from "../expression/world";
import { Work } from "../expression/work";
import { Module, ModuleCall, ModuleResource } from "../modules/module";
import { DataScope, evaluateData, Templates } from "./evaluate-data";
import { Giver, isSensitive } from "./input-value";
import { Memo } from "./memo";
import { Outputs } from "./outputs";
import { Providers } from "./providers";
import { Batch, ownName, Repeated, Repetition } from "./repeated";
import { RemoteOutputs, Resource } from "./resource";

/** What the module instances of a batch share. */
export interface Surroundings extends Batch {
  readonly templates: Templates;
  readonly work: Work;
  /** The world around a stack, of which this is the root module. */
  worldOf(root: Module): World;
  /** The stack that a `terraform_remote_state` reads, where it is known. */
  remoteOf(resource: ModuleResource): RemoteOutputs | undefined;
  /** The value of a variable of the root module. */
  rootVariable(block: Block, scope: ModuleScope): Value;
  /** The value of a variable of another module: `given` by `giver`, the call; both undefined where it gives none. */
  input(block: Block, given: Value | undefined, scope: ModuleScope, giver: Giver | undefined): Value;
}

/** How a module instance came about: the root module's did by itself. */
interface Caller {
  readonly scope: ModuleScope;
  readonly call: Block;
  readonly repetition: Repetition;
}

/** An instance of a module, and what names mean in it. A stack is the instance of its root module. */
export class ModuleScope implements DataScope, RemoteOutputs {
  /** With keys, `module.a["x"]`; empty for the root module. */
  readonly address: string;
  /** By address inside the module. */
  readonly resources = new Map<string, Resource>();
  /** By name; a module that is not read has instances without a scope. */
  readonly calls = new Map<string, Repeated<CalledInstance>>();
  readonly open = false;
  readonly providers: Providers;
  readonly world: World;
  private readonly inputs = new Memo("var");
  private readonly locals = new Memo("local");
  private readonly outputValues = new Memo("output");

  constructor(
    readonly module: Module,
    private readonly around: Surroundings,
    private readonly caller?: Caller,
  ) {
    const { configuration } = module;
    const inside = caller && blockAddress(caller.call) + caller.repetition.suffix;
    this.address = inside === undefined ? "" : within(caller!.scope.address, inside);
    this.world = caller?.scope.world ?? around.worldOf(module);
    this.providers = new Providers(
      configuration.providers,
      this,
      caller && { outer: caller.scope.providers, passed: caller.call.body["providers"] },
    );
    for (const written of module.resources) this.resources.set(blockAddress(written.block), this.resourceOf(written));
    for (const [name, call] of module.calls) this.calls.set(name, this.callOf(call));
  }

  get templates(): Templates {
    return this.around.templates;
  }

  get work(): Work {
    return this.around.work;
  }

  /** This instance and all in it; one stands for those of a call whose number is not known. */
  *all(unknownCount?: string): Generator<CountedScope> {
    yield { scope: this, unknownCount };
    for (const call of this.calls.values()) {
      const found = call.instances();
      const why = unknownCount ?? (found.known ? undefined : found.why);
      for (const { scope } of call.some()) if (scope !== undefined) yield* scope.all(why);
    }
  }

  resolve(root: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const names = steps.slice(0, 2).map((step) => (step.kind === "attribute" ? step.name : undefined));
    const [first, second] = names;
    if (first === undefined) return undeclared(steps);
    if (root === "var") return { value: this.variable(first), used: 1 };
    if (root === "local") return { value: this.local(first), used: 1 };
    if (root === "module") return this.called(first, steps);
    if (root === "path") return this.path(first, steps);
    if (root === "terraform" && first === "workspace") return { value: this.world.workspace, used: 1 };
    if (root === "data") return this.resource(`data.${first}.${second}`, 2, steps);
    return this.resource(`${root}.${first}`, 1, steps);
  }

  outputs(): ValueMap {
    return new Outputs(this.module.configuration.outputs.keys(), (name) => this.output(name));
  }

  /** Reads every variable, used or not: a value that does not fit is a mistake. */
  checkVariables(): void {
    for (const name of this.module.configuration.variables.keys()) this.variable(name);
  }

  private output(name: string): Value {
    const { body } = this.module.configuration.outputs.get(name)!;
    // Not those of a stack: cdktf marks all that one stack gives another so, and only what is in them may be secret.
    if (this.caller !== undefined && isSensitive(body)) return new Unknown(`\${${this.address}.${name}} (sensitive)`);
    return this.outputValues.get(name, () => evaluateData(body["value"] ?? null, this));
  }

  private variable(name: string): Value {
    const block = this.module.configuration.variables.get(name);
    if (block === undefined) return new Unknown(`\${var.${name}} (not declared)`);
    return this.inputs.get(name, () =>
      this.caller === undefined ? this.around.rootVariable(block, this) : this.input(block, this.caller),
    );
  }

  private input(block: Block, { scope, call, repetition }: Caller): Value {
    const data = call.body[block.name];
    if (data === undefined) return this.around.input(block, undefined, this, undefined);
    return this.around.input(block, evaluateData(data, argumentScope(scope, repetition)), this, { call, module: this.address });
  }

  private local(name: string): Value {
    const data = this.module.configuration.locals.get(name);
    if (data === undefined) return new Unknown(`\${local.${name}} (not declared)`);
    return this.locals.get(name, () => evaluateData(data, this));
  }

  private called(name: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const call = this.calls.get(name);
    const notRead = new Unknown(`\${${formatTraversal("module", steps)}} (the module is not read)`);
    return call === undefined ? undeclared(steps) : { value: call.value(({ scope }) => scope?.outputs() ?? notRead), used: 1 };
  }

  private path(name: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    if (name === "module") return { value: this.module.path, used: 1 };
    if (name === "cwd") return { value: this.world.files?.absolute(".") ?? new Unknown(""), used: 1 };
    return name === "root" ? { value: ".", used: 1 } : undeclared(steps);
  }

  private resource(address: string, used: number, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const resource = this.resources.get(address);
    return resource === undefined ? undeclared(steps) : { value: resource.value(), used };
  }

  private resourceOf(written: ModuleResource): Resource {
    const { address, providers, around } = this;
    return new Resource(written, this, around, { address, providers, remoteOf: (resource) => around.remoteOf(resource) });
  }

  private callOf({ block, called }: ModuleCall): Repeated<CalledInstance> {
    const isRead = called instanceof Module;
    return new Repeated(block, this.module.inside(blockAddress(block)), this, this.around.mistakes, {
      make: (repetition) => ({
        scope: isRead ? new ModuleScope(called, this.around, { scope: this, call: block, repetition }) : undefined,
      }),
      reserve: (count) => this.around.reserveInModules(count * (1 + (isRead ? called.resources.length : 0))),
    });
  }
}

/** An instance of a call; without a scope where the module is not read. */
interface CalledInstance {
  readonly scope: ModuleScope | undefined;
}

export interface CountedScope {
  readonly scope: ModuleScope;
  /** Why it is not known how many there are: it stands for all of its module. */
  readonly unknownCount: string | undefined;
}

function within(outer: string, address: string): string {
  return outer === "" ? address : `${outer}.${address}`;
}

/** Where the arguments of a call stand. */
function argumentScope(outer: ModuleScope, repetition: Repetition): DataScope {
  const { templates, work, world, open } = outer;
  return { templates, work, world, open, resolve: (root, steps) => ownName(repetition, root, steps) ?? outer.resolve(root, steps) };
}

/** What the module does not declare: the empty reason is filled in with the expression. */
function undeclared(steps: readonly Step[]): { readonly value: Value; readonly used: number } {
  return { value: new Unknown(""), used: steps.length };
}
