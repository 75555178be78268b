import { BigFloat } from "./big-float";
import { Type } from "./types/type";

/**
 * What an expression comes to. A plain array is a tuple of Terraform and a plain map an object; ListOf, SetOf and MapOf are collections
 * whose elements have one type. Beside plain data there are three kinds that stand for what a file alone does not say:
 * an instance of a resource, an attribute that only the provider knows, and what can't be known at all.
 */
export type Value = null | boolean | number | BigFloat | string | readonly Value[] | ValueMap | Instance | Computed | Unknown;
export type ValueMap = ReadonlyMap<string, Value>;

/** One instance of a resource or data source. */
export interface Instance {
  readonly kind: "instance";
  /** The type, with `data.` before it for a data source. */
  readonly type: string;
  readonly name: string;
  /** As Terraform writes it: `vsphere_host.a`, `data.vsphere_host.b["x"]`. */
  readonly address: string;
  /** Its configured attribute, or a Computed where it sets none. */
  attribute(name: string): Value;
}

/** `id` and whatever else the provider sets: not known, but known to be that attribute of that instance. */
export class Computed {
  constructor(
    readonly instance: Instance,
    readonly attribute: string,
  ) {}
}

/** A known id, with what it identifies: a plan tells both. */
export class Identified extends Computed {
  constructor(
    instance: Instance,
    attribute: string,
    readonly text: string,
  ) {
    super(instance, attribute);
  }
}

export class Unknown {
  /** `why`: the expression, and the reason where it is not plain. */
  constructor(readonly why: string) {}
}

/** A list whose elements have one type, or are unknown or null. What is made of it by `map` and the like is a plain array. */
export class ListOf extends Array<Value> {
  readonly #of: Type;

  constructor(of: Type, elements: readonly Value[] = []) {
    super();
    this.#of = of;
    for (const each of elements) this.push(each);
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  get of(): Type {
    return this.#of;
  }
}

/** A set: like a list, without repetition and in Terraform's order, but nothing has a place in it. Made by `setOf`. */
export class SetOf extends ListOf {}

/** A map whose elements have one type, or are unknown or null. */
export class MapOf extends Map<string, Value> {
  readonly #of: Type;

  constructor(of: Type, entries: Iterable<readonly [string, Value]> = []) {
    super();
    this.#of = of;
    for (const [key, value] of entries) this.set(key, value);
  }

  get of(): Type {
    return this.#of;
  }
}

/** A map that the provider may fill further: what it lacks is not known, rather than absent. */
export class OpenMap extends Map<string, Value> {}

export function isMap(value: Value): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isInstance(value: Value): value is Instance {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "instance";
}

/** Why a value can't be used as plain data; undefined where it can. Looks at the value itself, not into lists and maps. */
export function whyUnknown(value: Value): string | undefined {
  if (value instanceof Unknown) return value.why;
  if (value instanceof Identified) return undefined;
  if (value instanceof Computed) return `\${${value.instance.address}.${value.attribute}} (known after apply)`;
  return isInstance(value) ? `\${${value.address}} (known after apply)` : undefined;
}

/** The value's type in the words of Terraform. */
export function typeName(value: Value): string {
  if (value === null) return "null";
  if (value instanceof Identified) return "a string";
  if (isList(value)) return value instanceof SetOf ? "a set" : "a list";
  if (isMap(value)) return value instanceof MapOf ? "a map" : "an object";
  if (value instanceof BigFloat) return "a number";
  return whyUnknown(value) !== undefined ? "an unknown value" : typeof value === "boolean" ? "a bool" : `a ${typeof value}`;
}

/** An expression that Terraform would refuse, as `try` and `can` see it; turned into an Unknown at the attribute. */
export class ExpressionError extends Error {}

/** Terraform's own conversions between primitives; undefined where there is none. */
export function toText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Identified || value instanceof BigFloat) return value instanceof BigFloat ? value.text() : value.text;
  if (typeof value === "number") return numberText(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

/** Without an exponent, which Terraform never writes. */
function numberText(number: number): string {
  if (Object.is(number, -0)) return "-0";
  const text = String(number);
  return text.includes("e") ? BigFloat.parse(text)!.text() : text;
}

/** A number, or a text that is one; undefined also for one that only a BigFloat spells. */
export function toNumber(value: Value): number | undefined {
  const number = toNumeric(value);
  return typeof number === "number" ? number : undefined;
}

const WHOLE = /^-?[1-9]\d{0,14}$/;

/** A number of any precision, or a text that is one. */
export function toNumeric(value: Value): number | BigFloat | undefined {
  if (typeof value === "number" || value instanceof BigFloat) return value;
  if (typeof value !== "string") return undefined;
  return WHOLE.test(value) ? Number(value) : BigFloat.parse(value)?.simplest();
}

export function toBool(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  return value === "false" || value === "0" ? false : undefined;
}
