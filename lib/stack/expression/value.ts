/**
 * What an expression comes to. Beside plain data there are three kinds that stand for what a file alone does not say:
 * an instance of a resource, an attribute that only the provider knows, and what can't be known at all.
 */
export type Value = null | boolean | number | string | readonly Value[] | ValueMap | Instance | Computed | Unknown;
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
  if (isList(value)) return "a list";
  if (isMap(value)) return "an object";
  return whyUnknown(value) !== undefined ? "an unknown value" : typeof value === "boolean" ? "a bool" : `a ${typeof value}`;
}

/** An expression that Terraform would refuse, as `try` and `can` see it; turned into an Unknown at the attribute. */
export class ExpressionError extends Error {}

/** Terraform's own conversions between primitives; undefined where there is none. */
export function toText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Identified) return value.text;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function toNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : undefined;
}

export function toBool(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}
