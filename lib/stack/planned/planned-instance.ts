import { ServerName } from "../../model";
import { Block } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";
import { Computed, Identified, Unknown, Value } from "../expression/value";
import { WorkLimit } from "../expression/work";
import { Described } from "../resolve/described";
import { DataScope } from "../resolve/evaluate-data";
import { Memo } from "../resolve/memo";
import { ResourceConfiguration } from "./module-configuration";
import { ModuleInstance } from "./module-instance";
import { PlannedObject } from "./plan-document";
import { isReferences } from "./references";

/** A resource or data source of one module instance, with its instances by key. */
export interface PlannedResource {
  /** The type, with `data.` before it for a data source. */
  readonly type: string;
  readonly configuration: ResourceConfiguration | undefined;
  readonly instances: Map<string | number | undefined, PlannedInstance>;
}

/** What an instance needs of its plan. */
export interface Surroundings {
  readonly inner: DataScope;
  /** The vCenter of a provider configuration. */
  serverOf(provider: string | undefined): ServerName | undefined;
  /** What a known id stands for; undefined where the plan does not tell. */
  identify(id: string, from: PlannedInstance, attribute: string, expression: Data | undefined): Identified | undefined;
  /** What an expression whose value is not known leads to; undefined where the plan does not tell. */
  follow(expression: Data | undefined, from: PlannedInstance, attribute: string): Value | undefined;
}

/** Marks and expressions that go with a value: Terraform writes them as trees of the same shape. */
interface Beside {
  readonly unknown: Data | undefined;
  readonly sensitive: Data | undefined;
  readonly expression: Data | undefined;
}

/** Filled in by vCenter where the configuration says nothing. */
const COMPUTED = ["host_system_id", "hardware_version", "datastore_id", "guest_id"];
/** Of these, what the VM happens to have and nobody asked for. */
const HAPPENS_TO_BE = ["host_system_id"];
const ID = /_(?:ids?|uuid)$/;

/** An instance of a resource or data source with the values that a plan gives it: those before, where it is deleted. */
export class PlannedInstance implements Described {
  readonly kind = "instance";
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly block: Block;
  private readonly values: Memo;
  private readonly unknown: Data;
  private readonly sensitive: Data;

  constructor(
    readonly object: PlannedObject,
    readonly resource: PlannedResource,
    readonly module: ModuleInstance,
    file: Block["file"],
    private readonly plan: Surroundings,
  ) {
    const { kind, type, name, address, at } = object;
    this.type = resource.type;
    this.name = name;
    this.address = address;
    const gone = isGone(object);
    this.block = { kind, type, name, body: gone ? object.before : object.after, file, at };
    this.unknown = gone ? false : object.unknown;
    this.sensitive = gone ? object.beforeSensitive : object.afterSensitive;
    this.values = new Memo(address);
  }

  get resourceAddress(): string {
    return this.address;
  }

  get inner(): DataScope {
    return this.plan.inner;
  }

  get server(): ServerName | undefined {
    return this.plan.serverOf(this.resource.configuration?.provider);
  }

  isSet(attribute: string): boolean {
    const { configuration } = this.resource;
    const isWritten = configuration === undefined || attribute in configuration.expressions;
    if (HAPPENS_TO_BE.includes(attribute) && !isWritten) return false;
    const value = this.block.body[attribute];
    if (value !== undefined && value !== null) return true;
    return marks(this.unknown, attribute) === true && (isWritten || !COMPUTED.includes(attribute));
  }

  attribute(name: string): Value {
    return this.values.get(name, () => this.compute(name));
  }

  private compute(name: string): Value {
    const expression = this.resource.configuration?.expressions[name];
    const constant = this.configuredConstant(expression);
    if (constant !== undefined) return constant;
    const beside = { unknown: marks(this.unknown, name), sensitive: marks(this.sensitive, name), expression };
    if (beside.unknown === true && expression === undefined) return new Computed(this, name);
    try {
      return this.plan.inner.work.deeper(() => this.value(this.block.body[name], beside, name));
    } catch (error) {
      if (error instanceof WorkLimit) return new Unknown(`\${${this.address}.${name}} (${error.message})`);
      throw error;
    }
  }

  /** A data source is found by what its configuration says; what it found may spell its name in another way. */
  private configuredConstant(expression: Data | undefined): string | undefined {
    const constant = this.object.kind === "data" && isMap(expression) ? expression["constant_value"] : undefined;
    return typeof constant === "string" ? constant : undefined;
  }

  private value(data: Data | undefined, beside: Beside, name: string): Value {
    const { unknown, sensitive, expression } = beside;
    if (unknown === true) return this.plan.follow(expression, this, name) ?? this.notKnown(name, "known after apply");
    if (typeof data === "string" && ID.test(name)) {
      const found = this.plan.identify(data, this, name, expression);
      // What a secret id stands for is no secret, but the id must not be shown.
      if (found !== undefined) return sensitive === true ? new Computed(found.instance, found.attribute) : found;
    }
    if (sensitive === true && data !== undefined && data !== null) return this.notKnown(name, "sensitive");
    if (isList(data)) return data.map((item, at) => this.value(item, partBeside(beside, at, data.length), name));
    if (isMap(data) || isMap(unknown)) return this.map(isMap(data) ? data : {}, beside);
    return data ?? null;
  }

  /** What is not known is not in the data: only its mark tells that it is there. */
  private map(data: DataMap, beside: Beside): Value {
    const marked = isMap(beside.unknown) ? Object.keys(beside.unknown).filter((key) => !(key in data)) : [];
    const keys = [...Object.keys(data), ...marked.filter((key) => marks(beside.unknown, key) === true)];
    return new Map(keys.map((key) => [key, this.value(data[key], partBeside(beside, key), key)]));
  }

  private notKnown(name: string, why: string): Unknown {
    return new Unknown(`\${${this.address}.${name}} (${why})`);
  }
}

/** After the plan there is no such instance, or none that Terraform knows of. */
export function isGone({ action, after }: PlannedObject): boolean {
  return action === "delete" || (action === "none" && Object.keys(after).length === 0);
}

function partBeside({ unknown, sensitive, expression }: Beside, key: string | number, length?: number): Beside {
  return { unknown: marks(unknown, key), sensitive: marks(sensitive, key), expression: partOfExpression(expression, key, length) };
}

/** The mark of a part; a whole that is marked marks all its parts. */
function marks(mark: Data | undefined, key: string | number): Data | undefined {
  if (mark === true) return true;
  if (typeof key === "number") return isList(mark) ? mark[key] : undefined;
  return isMap(mark) ? mark[key] : undefined;
}

/** Nested blocks have expressions of their own, of which `dynamic` ones are left out; the parts of a value share its expression. */
function partOfExpression(expression: Data | undefined, key: string | number, length: number | undefined): Data | undefined {
  if (isReferences(expression)) return expression;
  if (typeof key === "number") return isList(expression) && expression.length === length ? expression[key] : undefined;
  return isMap(expression) ? expression[key] : undefined;
}
