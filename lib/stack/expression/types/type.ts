/** A type of Terraform, as a constraint names it and as a value has it; `any`, which nothing is known of, is also that of null. */
export type Type = "any" | "string" | "number" | "bool" | CollectionType | TupleType | ObjectType;

/** All elements have one type. */
export type CollectionType = Collection<"list"> | Collection<"set"> | Collection<"map">;

interface Collection<Kind> {
  readonly kind: Kind;
  readonly of: Type;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly of: readonly Type[];
}

export interface ObjectType {
  readonly kind: "object";
  readonly attributes: ReadonlyMap<string, Type>;
  /** Those that a value may leave out: they are null then. */
  readonly optional?: ReadonlySet<string>;
}

export function isKind<K extends Exclude<Type, string>["kind"]>(type: Type, kind: K): type is Extract<Type, { readonly kind: K }> {
  return typeof type !== "string" && type.kind === kind;
}

/** As a constraint is written: `list(object({a = string}))`. */
export function typeText(type: Type): string {
  if (typeof type === "string") return type;
  if (type.kind === "tuple") return `tuple([${type.of.map(typeText).join(", ")}])`;
  if (type.kind !== "object") return `${type.kind}(${typeText(type.of)})`;
  return `object({${[...type.attributes].map(([name, each]) => `${name} = ${typeText(each)}`).join(", ")}})`;
}

/** Whether values of both are of one type; `any` is the same as all. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b || a === "any" || b === "any") return true;
  if (typeof a === "string" || typeof b === "string") return false;
  if (a.kind === "tuple") return b.kind === "tuple" && a.of.length === b.of.length && a.of.every((each, at) => sameType(each, b.of[at]!));
  if (a.kind !== "object") return b.kind === a.kind && sameType(a.of, b.of);
  if (b.kind !== "object" || a.attributes.size !== b.attributes.size) return false;
  return [...a.attributes].every(([name, each]) => b.attributes.has(name) && sameType(each, b.attributes.get(name)!));
}

/** Whether they are one and the same type, and not only where `any` leaves it open. */
export function isIdentical(a: Type, b: Type): boolean {
  return sameType(a, b) && hasAny(a) === hasAny(b);
}

/** Whether a part of it is left open. */
export function hasAny(type: Type): boolean {
  return type === "any" || elementTypes(type).some(hasAny);
}

/** The types inside a type. */
export function elementTypes(type: Type): readonly Type[] {
  if (typeof type === "string") return [];
  if (type.kind === "tuple") return type.of;
  return type.kind === "object" ? [...type.attributes.values()] : [type.of];
}
