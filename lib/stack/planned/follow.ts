import { Data } from "../data";
import { Step } from "../expression/syntax";
import { Computed, Identified, Value } from "../expression/value";
import { Work } from "../expression/work";
import { ModuleInstance, ModuleInstances } from "./module-instance";
import { PlannedInstance, PlannedResource } from "./planned-instance";
import { keyOf, namesOf, Reference, References } from "./references";

/** Where references are followed. */
export interface Followed {
  readonly references: References;
  readonly modules: ModuleInstances;
  readonly inner: { readonly work: Work };
  resource(module: ModuleInstance, address: string): PlannedResource | undefined;
}

/** Where an expression stands: its module, and the keys that `each` and `count` go over there. */
interface Position {
  readonly module: ModuleInstance;
  readonly key: string | number | undefined;
  readonly keys: ReadonlyMap<string | number | undefined, unknown>;
}

/**
 * What an expression whose value is not known leads to. A plan tells only what an expression refers to, not what it does with
 * it: an attribute that holds an id and refers to one thing is taken for a plain reference, and nothing else is.
 */
export function follow(stack: Followed, expression: Data | undefined, from: PlannedInstance, attribute: string): Value | undefined {
  const { module, object, resource } = from;
  return new Follower(stack, attribute).expression(expression, { module, key: object.key, keys: resource.instances });
}

class Follower {
  constructor(
    private readonly stack: Followed,
    private readonly attribute: string,
  ) {}

  expression(expression: Data | undefined, position: Position): Value | undefined {
    const references = this.stack.references.of(expression);
    const [first, second] = references;
    if (first !== undefined && references.length === 1) return this.single(first, position);
    if (this.attribute.endsWith("_ids")) return this.listed(references, position);
    if (first !== undefined && second !== undefined && references.length === 2) return this.sibling(first, second, position);
    return undefined;
  }

  private single(reference: Reference, position: Position): Value | undefined {
    return this.stack.inner.work.deeper(() => {
      const { root, steps } = reference;
      const [name] = namesOf(reference);
      if (name === undefined || name === "") return undefined;
      if (root === "var") return steps.length === 1 ? this.variable(name, position.module) : undefined;
      if (root === "module") return this.output(steps, position.module);
      const { resource, rest } = this.target(reference, position.module);
      if (resource === undefined) return undefined;
      const [selector] = rest;
      const key = keyOf(selector);
      const [attribute, ...more] = key === undefined ? rest : rest.slice(1);
      if (attribute === undefined && key === undefined && this.attribute.endsWith("_ids")) return this.all(resource);
      const instance = resource.instances.get(key);
      return attribute?.kind === "attribute" && more.length === 0 && instance ? attributeOf(instance, attribute.name) : undefined;
    });
  }

  /** The argument that the module was called with. */
  private variable(name: string, module: ModuleInstance): Value | undefined {
    const { parent, call, callName, key } = module;
    if (parent === undefined || call === undefined || callName === undefined) return undefined;
    const keys = this.stack.modules.ofCall(parent, callName);
    return this.expression(call.expressions[name], { module: parent, key, keys });
  }

  private output([call, ...rest]: readonly Step[], module: ModuleInstance): Value | undefined {
    if (call?.kind !== "attribute") return undefined;
    const key = keyOf(rest[0]);
    const [output, ...more] = key === undefined ? rest : rest.slice(1);
    const inside = this.stack.modules.ofCall(module, call.name).get(key);
    if (inside === undefined || output?.kind !== "attribute" || more.length > 0) return undefined;
    const expression = inside.configuration?.outputs.get(output.name)?.["expression"];
    return this.expression(expression, { module: inside, key: undefined, keys: new Map() });
  }

  /** A list whose elements are all plain references to ids. */
  private listed(references: readonly Reference[], position: Position): Value | undefined {
    const values = references.map((reference) => this.single(reference, position));
    const ids = values.flat().filter((value) => value instanceof Computed);
    return ids.length > 0 && ids.length === values.flat().length ? ids : undefined;
  }

  /**
   * `x[each.key].id` is told as two references, to `x` and to `each.key`. Where `x` has the very keys that this resource has, it is
   * the one with the same key.
   */
  private sibling(first: Reference, second: Reference, position: Position): Value | undefined {
    const [indexed, index] = isOwnKey(first) ? [second, first] : [first, second];
    if (!isOwnKey(index) || position.key === undefined) return undefined;
    const { resource, rest } = this.target(indexed, position.module);
    if (resource === undefined || rest.length > 0 || !sameKeys(resource.instances, position.keys)) return undefined;
    const instance = resource.instances.get(position.key);
    return instance && this.idOf(instance);
  }

  private all(resource: PlannedResource): Value {
    return [...resource.instances.values()].map((instance) => this.idOf(instance));
  }

  /** What must be meant where a reference does not name the attribute. */
  private idOf(instance: PlannedInstance): Value {
    const isRootPool = this.attribute === "resource_pool_id" && instance.type.endsWith("vsphere_compute_cluster");
    const name = isRootPool ? "resource_pool_id" : "id";
    return attributeOf(instance, name);
  }

  private target(
    reference: Reference,
    module: ModuleInstance,
  ): { readonly resource: PlannedResource | undefined; readonly rest: readonly Step[] } {
    const { root, steps } = reference;
    const names = namesOf(reference);
    const [address, used] = root === "data" ? [`data.${names[0]}.${names[1]}`, 2] : [`${root}.${names[0]}`, 1];
    return { resource: this.stack.resource(module, address), rest: steps.slice(used) };
  }
}

function attributeOf(instance: PlannedInstance, name: string): Value {
  const value = instance.attribute(name);
  return typeof value === "string" && (name === "id" || name === "uuid") ? new Identified(instance, name, value) : value;
}

function isOwnKey({ root, steps }: Reference): boolean {
  const [step] = steps;
  if (steps.length !== 1 || step?.kind !== "attribute") return false;
  return (root === "each" && step.name === "key") || (root === "count" && step.name === "index");
}

function sameKeys(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
