import { known, Maybe, Mistake, ServerName, unknown } from "../../model";
import { Block, blockAddress, blockSource } from "../configuration";
import { Data } from "../data";
import { Computed, isList, isMap, toNumber, typeName, Unknown, Value, ValueMap, whyUnknown } from "../expression/value";
import { sortedEntries } from "../expression/collections";
import { Step } from "../expression/syntax";
import { Work } from "../expression/work";
import { Described } from "./described";
import { DataScope, evaluateData, isPlain, Templates } from "./evaluate-data";
import { Memo } from "./memo";
import { Providers } from "./providers";

/** What a resource needs of the whole batch. */
export interface Batch {
  readonly mistakes: Mistake[];
  /** Counts the instances that count and for_each make; false where there would be too many. */
  reserve(instances: number): boolean;
}

/** Outputs of the stack that a `terraform_remote_state` reads. */
export interface RemoteOutputs {
  outputs(): ValueMap;
}

/** What a resource needs of its stack beside names. */
export interface ResourceSurroundings {
  /** For a `terraform_remote_state` whose stack is known. */
  readonly remote?: RemoteOutputs;
  readonly providers: Providers;
}

const REMOTE_STATE = "data.terraform_remote_state";

/** What can be of another value in each instance. Found in a text it may mean something else: then it is evaluated for nothing. */
const OWN_NAMES = /count|each|self/;

/** A resource or data source with its instances. */
export class Resource {
  readonly address: string;
  /** The type, with `data.` before it for a data source. */
  readonly type: string;
  private found: Maybe<readonly ResourceInstance[]> | undefined;
  private counted: "single" | "count" | "for_each" = "single";
  private shared: Memo | undefined;
  private readonly isShared = new Map<string, boolean>();

  constructor(
    readonly block: Block,
    readonly scope: DataScope,
    private readonly batch: Batch,
    private readonly around: ResourceSurroundings,
  ) {
    this.address = blockAddress(block);
    this.type = block.kind === "data" ? `data.${block.type}` : block.type;
  }

  get remote(): RemoteOutputs | undefined {
    return this.around.remote;
  }

  get server(): ServerName | undefined {
    const server = this.around.providers.serverOf(this.block);
    return server === undefined ? undefined : { text: server, isPart: false };
  }

  /** Every instance; unknown where count or for_each is. */
  instances(): Maybe<readonly ResourceInstance[]> {
    // While they are looked for, a reference back is a cycle.
    if (this.found === undefined) {
      this.found = unknown(`\${${this.address}} (its count refers to itself)`);
      this.found = this.expand();
    }
    return this.found;
  }

  /** The instance that stands for all where their number is not known: its `count.index` and `each` are not known either. */
  anyInstance(): ResourceInstance {
    return new ResourceInstance(this, "", undefined, undefined);
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
    const instances = this.instances();
    if (!instances.known) return new Unknown(instances.why);
    if (this.counted === "single") return instances.value[0]!;
    if (this.counted === "count") return instances.value;
    return new Map(instances.value.map((instance) => [String(instance.key), instance]));
  }

  private expand(): Maybe<readonly ResourceInstance[]> {
    const { count, for_each: forEach } = this.block.body;
    // One that is given and null is no number and no map, and not the same as one that is not given.
    if (count !== undefined) return this.expandCount(count);
    if (forEach !== undefined) return this.expandForEach(forEach);
    return known([new ResourceInstance(this, "", undefined, undefined)]);
  }

  private expandCount(data: Data): Maybe<readonly ResourceInstance[]> {
    this.counted = "count";
    const value = evaluateData(data, this.scope);
    const why = whyUnknown(value);
    if (why !== undefined) return unknown(why);
    const count = toNumber(value);
    if (count === undefined || !Number.isInteger(count) || count < 0) {
      return this.mistake("count", `must be a whole number from 0, found ${count ?? typeName(value)}`);
    }
    if (!this.batch.reserve(count)) return tooMany();
    return known(Array.from({ length: count }, (_, index) => new ResourceInstance(this, `[${index}]`, index, index)));
  }

  private expandForEach(data: Data): Maybe<readonly ResourceInstance[]> {
    this.counted = "for_each";
    const value = evaluateData(data, this.scope);
    const why = whyUnknown(value) ?? (isList(value) ? value.map((item) => whyUnknown(item)).find((each) => each !== undefined) : undefined);
    if (why !== undefined) return unknown(why);
    const entries = entriesOf(value);
    if (entries === undefined) return this.mistake("for_each", `must be a map or a set of strings, found ${typeName(value)}`);
    if (!this.batch.reserve(entries.length)) return tooMany();
    return known(entries.map(([key, each]) => new ResourceInstance(this, `[${JSON.stringify(key)}]`, key, each)));
  }

  private mistake(attribute: string, message: string): Maybe<readonly ResourceInstance[]> {
    this.batch.mistakes.push({ ...blockSource(this.block, attribute), message: `${attribute} of ${this.address} ${message}` });
    return unknown(`${attribute} ${message}`);
  }
}

function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (isMap(value)) return sortedEntries(value);
  if (!isList(value) || !value.every((item) => typeof item === "string")) return undefined;
  return [...new Set(value)].sort().map((item) => [item, item]);
}

function tooMany(): Maybe<never> {
  return unknown("there are more instances than are judged");
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
    suffix: string,
    readonly key: number | string | undefined,
    private readonly each: Value | undefined,
  ) {
    this.type = resource.type;
    this.name = resource.block.name;
    this.address = resource.address + suffix;
    this.values = new Memo(this.address);
  }

  attribute(name: string): Value {
    const data = this.block.body[name];
    // Most attributes are plain: there is nothing to evaluate, nor to remember.
    return isPlain(data) && this.type !== REMOTE_STATE ? data : this.evaluated(name);
  }

  private evaluated(name: string): Value {
    const shared = this.key === undefined ? undefined : this.resource.valuesOfAll(name);
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

  get block(): Block {
    return this.resource.block;
  }

  get server(): ServerName | undefined {
    return this.resource.server;
  }

  get resourceAddress(): string {
    return this.resource.address;
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
    const [first] = steps;
    if (first?.kind === "attribute") {
      if (root === "count" && first.name === "index") return { value: typeof this.key === "number" ? this.key : new Unknown(""), used: 1 };
      if (root === "each" && first.name === "key") return { value: typeof this.key === "string" ? this.key : new Unknown(""), used: 1 };
      if (root === "each" && first.name === "value") return { value: this.each ?? new Unknown(""), used: 1 };
    }
    return root === "self" ? { value: new Unknown(""), used: steps.length } : this.resource.scope.resolve(root, steps);
  }
}
