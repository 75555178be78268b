import { distinct } from "../distinct";
import { compare } from "../arithmetic";
import { compareTexts } from "../order";
import { ExpressionError, Identified, Instance, isInstance, isList, isMap, ListOf, MapOf, OpenMap, SetOf } from "../value";
import { toBool, toNumeric, toText, typeName, Unknown, Value, ValueMap, whyUnknown } from "../value";
import { Work } from "../work";
import { hashText } from "./hash-text";
import { hasAny, isKind, ObjectType, TupleType, Type } from "./type";
import { typeOf } from "./type-of";
import { unify } from "./unify";

/**
 * A value as one of another type, as cty's `convert.Convert` has it: elements and attributes too; what an object type does not name is
 * dropped, what it names as optional and the value lacks is null. What is unknown stays it. Throws ExpressionError, and WorkLimit.
 */
export function convert(value: Value, type: Type, work: Work): Value {
  if (type === "any" || value === null) return value;
  if (isInstance(value)) return isKind(type, "object") ? fromInstance(value, type, work) : value;
  if (whyUnknown(value) !== undefined) return value;
  if (type === "string") return value instanceof Identified ? value : (toText(value) ?? mismatch(value, "a string"));
  if (type === "number") return toNumeric(value) ?? mismatch(value, "a number");
  if (type === "bool") return toBool(value) ?? mismatch(value, "a bool");
  return work.deeper(() => {
    if (type.kind === "object") return isMap(value) ? toObject(value, type, work) : mismatch(value, "an object");
    if (type.kind === "tuple") return isList(value) && !(value instanceof ListOf) ? toTuple(value, type, work) : mismatch(value, "a tuple");
    if (type.kind === "map") return isMap(value) ? toMap(value, type.of, work) : mismatch(value, "a map");
    if (!isList(value)) return mismatch(value, `a ${type.kind}`);
    const { of, elements } = alike(value, type.of, work);
    return type.kind === "list" ? new ListOf(of, elements) : setOf(of, elements, work);
  });
}

/** The elements as a list of one type, as `tolist` makes it. Throws ExpressionError where they have none in common. */
export function listOf(elements: readonly Value[], work: Work): Value {
  return convert(elements, { kind: "list", of: "any" }, work);
}

/** A set of elements that are of one type; unknown where two may turn out to be one. */
export function setOf(of: Type, elements: readonly Value[], work: Work): Value {
  const kept = distinct(elements, work);
  return kept instanceof Unknown ? kept : new SetOf(of, [...kept].sort(inSet));
}

function toObject(value: ValueMap, type: ObjectType, work: Work): Value {
  const made = new Map<string, Value>();
  for (const [name, each] of type.attributes) {
    const own = value.get(name);
    if (own !== undefined)
      made.set(
        name,
        inside(`attribute "${name}"`, () => convert(own, each, work)),
      );
    else if (value instanceof OpenMap) made.set(name, new Unknown(""));
    else if (type.optional?.has(name) === true) made.set(name, null);
    else throw new ExpressionError(`expected an attribute "${name}", found none`);
  }
  return made;
}

function fromInstance(instance: Instance, { attributes }: ObjectType, work: Work): Value {
  return new Map([...attributes].map(([name, each]) => [name, convert(instance.attribute(name), each, work)]));
}

function toTuple(value: readonly Value[], { of }: TupleType, work: Work): Value {
  if (value.length !== of.length) throw new ExpressionError(`expected ${of.length} elements, found ${value.length}`);
  return value.map((each, at) => inside(`element ${at}`, () => convert(each, of[at]!, work)));
}

function toMap(value: ValueMap, wanted: Type, work: Work): Value {
  const { of, elements } = alike([...value.values()], wanted, work);
  const entries = [...value.keys()].map((key, at) => [key, elements[at]!] as const);
  return value instanceof OpenMap ? new OpenMap(entries) : new MapOf(of, entries);
}

/** Elements as the type that is wanted, and where that leaves something open as what they have in common. */
function alike(values: readonly Value[], wanted: Type, work: Work): { readonly of: Type; readonly elements: readonly Value[] } {
  work.spend(values.length);
  const elements = wanted === "any" ? values : values.map((each, at) => inside(`element ${at}`, () => convert(each, wanted, work)));
  if (!hasAny(wanted)) return { of: wanted, elements };
  if (values instanceof ListOf && wanted === "any") return { of: values.of, elements };
  if (elements.length === 0) return { of: wanted, elements };
  const of = unify(elements.map((each) => typeOf(each, work)));
  if (of === undefined) throw new ExpressionError("the elements have no type in common");
  return { of, elements: elements.map((each) => convert(each, of, work)) };
}

/** The order in which Terraform walks a set: null last. */
function inSet(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  const [x, y] = typeof a === "string" ? [] : [toNumeric(a), toNumeric(b)];
  if (x !== undefined && y !== undefined) return compare(x, y);
  return isList(a) || isMap(a) ? compareTexts(hashText(a), hashText(b)) : 0;
}

function inside<T>(where: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`${where}: ${error.message}`);
    throw error;
  }
}

function mismatch(value: Value, wanted: string): never {
  throw new ExpressionError(`expected ${wanted}, found ${typeName(value)}`);
}
