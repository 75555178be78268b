import { Maybe, ServerName } from "../../model";
import { Block, blockAddress } from "../configuration";
import { Computed, Unknown, Value, ValueMap } from "../expression/value";
import { Step } from "../expression/syntax";
import { Work } from "../expression/work";
import { World } from "../expression/world";
import { ModuleResource } from "../modules/module";
import { Described } from "./described";
import { DataScope, evaluateData, isPlain, Templates } from "./evaluate-data";
import { Memo } from "./memo";
import { Providers } from "./providers";
import { Batch, ownName, Repeated, Repetition } from "./repeated";

/** Outputs of the stack that a `terraform_remote_state` reads. */
export interface RemoteOutputs {
  outputs(): ValueMap;
}

/** What a resource needs of its module instance beside names. */
export interface ResourceSurroundings {
  /** The module instance's address: empty for the root module. */
  readonly address: string;
  readonly providers: Providers;
  /** What a `terraform_remote_state` reads, where its stack is known. */
  remoteOf(resource: ModuleResource): RemoteOutputs | undefined;
}

const REMOTE_STATE = "data.terraform_remote_state";

/** What can be of another value in each instance. Found in a text it may mean something else: then it is evaluated for nothing. */
const OWN_NAMES = /count|each|self/;

/** A resource or data source of one module instance, with its instances. */
export class Resource {
  /** With the keys of the modules that it is in, without its own. */
  readonly address: string;
  readonly block: Block;
  private readonly repeated: Repeated<ResourceInstance>;
  private shared: Memo | undefined;
  private readonly isShared = new Map<string, boolean>();

  constructor(
    readonly written: ModuleResource,
    readonly scope: DataScope,
    batch: Batch,
    private readonly around: ResourceSurroundings,
  ) {
    this.block = written.block;
    const address = blockAddress(this.block);
    this.address = around.address === "" ? address : `${around.address}.${address}`;
    this.repeated = new Repeated(this.block, written.address, scope, batch.mistakes, {
      make: (repetition) => new ResourceInstance(this, repetition),
      // What is there once in a root module is bounded by what is written.
      reserve: (count) => (count <= 1 && (around.address === "" || this.block.kind === "data")) || batch.reserve(count),
    });
  }

  /** The type, with `data.` before it for a data source. */
  get type(): string {
    return this.written.type;
  }

  get remote(): RemoteOutputs | undefined {
    return this.around.remoteOf(this.written);
  }

  get server(): ServerName | undefined {
    const server = this.around.providers.serverOf(this.block);
    return server === undefined ? undefined : { text: server, isPart: false };
  }

  /** Every instance; unknown where count or for_each is. */
  instances(): Maybe<readonly ResourceInstance[]> {
    return this.repeated.instances();
  }

  /** The instances, or the one that stands for all where their number is not known. */
  some(): readonly ResourceInstance[] {
    return this.repeated.some();
  }

  /** Where values of an attribute are kept that is the same in all instances; undefined for one that may differ. */
  valuesOfAll(name: string): Memo | undefined {
    const data = this.block.body[name];
    let same = this.isShared.get(name);
    if (same === undefined) this.isShared.set(name, (same = data !== undefined && !OWN_NAMES.test(JSON.stringify(data))));
    return same ? (this.shared ??= new Memo(this.address)) : undefined;
  }

  /** What a reference to the resource as a whole comes to. */
  value(): Value {
    return this.repeated.value((instance) => instance);
  }
}

/** An instance, and what names mean in it. */
export class ResourceInstance implements Described, DataScope {
  readonly kind = "instance";
  readonly open = true;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  private readonly values: Memo;

  constructor(
    readonly resource: Resource,
    private readonly repetition: Repetition,
  ) {
    this.type = resource.type;
    this.name = resource.block.name;
    this.address = resource.address + repetition.suffix;
    this.values = new Memo(this.address);
  }

  attribute(name: string): Value {
    const data = this.block.body[name];
    // Most attributes are plain: there is nothing to evaluate, nor to remember.
    return isPlain(data) && this.type !== REMOTE_STATE ? data : this.evaluated(name);
  }

  private evaluated(name: string): Value {
    const shared = this.repetition.key === undefined ? undefined : this.resource.valuesOfAll(name);
    return (shared ?? this.values).get(name, () => this.compute(name));
  }

  get inner(): DataScope {
    return this;
  }

  get templates(): Templates {
    return this.resource.scope.templates;
  }

  get work(): Work {
    return this.resource.scope.work;
  }

  get world(): World | undefined {
    return this.resource.scope.world;
  }

  get block(): Block {
    return this.resource.block;
  }

  get server(): ServerName | undefined {
    return this.resource.server;
  }

  get resourceAddress(): string {
    return this.resource.written.address;
  }

  isSet(attribute: string): boolean {
    const data = this.block.body[attribute];
    return data !== undefined && data !== null;
  }

  private compute(name: string): Value {
    const data = this.resource.block.body[name];
    if (this.type === REMOTE_STATE && name === "outputs") return this.resource.remote?.outputs() ?? new Unknown("");
    return data === undefined || data === null ? new Computed(this, name) : evaluateData(data, this);
  }

  resolve(root: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const own = ownName(this.repetition, root, steps);
    if (own !== undefined) return own;
    return root === "self" ? { value: new Unknown(""), used: steps.length } : this.resource.scope.resolve(root, steps);
  }
}
