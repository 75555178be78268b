import { elementTypes, isIdentical, isKind, ObjectType, TupleType, Type } from "./type";

/**
 * The type that values of all these types can be converted to, as cty's `convert.UnifyUnsafe` finds it for the elements of a list and
 * the results of a conditional; undefined where there is none. What is of `any` type is left out: it takes the others' type.
 */
export function unify(all: readonly Type[]): Type | undefined {
  const types = all.filter((type) => type !== "any");
  const [first] = types;
  if (first === undefined) return all.length === 0 ? undefined : "any";
  if (types.every((type) => isIdentical(type, first))) return first;
  if (types.every((type) => isKind(type, "object"))) return unifyObjects(types);
  if (types.every((type) => isKind(type, "tuple"))) return unifyTuples(types);
  for (const [kind, like] of [
    ["map", "object"],
    ["list", "tuple"],
    ["set", "set"],
  ] as const) {
    if (!types.some((type) => isKind(type, kind)) || !types.every((type) => isKind(type, kind) || isKind(type, like))) continue;
    const elements = unify(types.flatMap(elementTypes));
    const made: Type | undefined = elements && { kind, of: elements };
    return made && types.every((type) => isConvertible(type, made)) ? made : undefined;
  }
  const ordered = [...types].sort((a, b) => generality(b) - generality(a));
  return ordered.find((wanted) => types.every((type) => isConvertible(type, wanted)));
}

/** Whether a value of the type may be converted, as far as its type says. */
export function isConvertible(from: Type, to: Type): boolean {
  if (from === "any" || to === "any") return true;
  if (typeof from === "string" || typeof to === "string") {
    return from === to || (to === "string" && typeof from === "string") || (from === "string" && typeof to === "string");
  }
  if (to.kind === "object") return isConvertibleToObject(from, to);
  if (to.kind === "tuple") {
    return from.kind === "tuple" && from.of.length === to.of.length && from.of.every((each, at) => isConvertible(each, to.of[at]!));
  }
  const fits = to.kind === "map" ? ["map", "object"] : ["list", "set", "tuple"];
  if (!fits.includes(from.kind)) return false;
  const elements = elementTypes(from);
  return to.of === "any" ? elements.length === 0 || unify(elements) !== undefined : elements.every((each) => isConvertible(each, to.of));
}

function isConvertibleToObject(from: Exclude<Type, string>, { attributes, optional }: ObjectType): boolean {
  if (!isKind(from, "object") && !isKind(from, "map")) return false;
  return [...attributes].every(([name, type]) => {
    const own = isKind(from, "object") ? from.attributes.get(name) : from.of;
    return own === undefined ? optional?.has(name) === true : isConvertible(own, type);
  });
}

/** Objects with the same attributes are unified one by one, and others as maps. */
function unifyObjects(types: readonly ObjectType[]): Type | undefined {
  const [first] = types;
  const names = [...first!.attributes.keys()];
  if (types.every(({ attributes }) => attributes.size === names.length && names.every((name) => attributes.has(name)))) {
    const attributes = new Map<string, Type>();
    for (const name of names) {
      const type = unify(types.map((each) => each.attributes.get(name)!));
      if (type === undefined) return undefined;
      attributes.set(name, type);
    }
    const made: Type = { kind: "object", attributes };
    if (types.every((type) => isConvertible(type, made))) return made;
  }
  return asCollection("map", types);
}

function unifyTuples(types: readonly TupleType[]): Type | undefined {
  const [first] = types;
  if (types.every(({ of }) => of.length === first!.of.length)) {
    const of: Type[] = [];
    for (const at of first!.of.keys()) {
      const type = unify(types.map((each) => each.of[at]!));
      if (type === undefined) return undefined;
      of.push(type);
    }
    const made: Type = { kind: "tuple", of };
    if (types.every((type) => isConvertible(type, made))) return made;
  }
  return asCollection("list", types);
}

function asCollection(kind: "list" | "map", types: readonly Type[]): Type | undefined {
  const of = unify(types.flatMap(elementTypes));
  const made: Type | undefined = of && { kind, of };
  return made && types.every((type) => isConvertible(type, made)) ? made : undefined;
}

/** What is tried first: a text takes all primitives, a list all sets. */
function generality(type: Type): number {
  return type === "string" || isKind(type, "list") ? 2 : isKind(type, "tuple") ? 1 : 0;
}
