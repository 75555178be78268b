import { BigFloat } from "./big-float";
import { sameType } from "./types/type";
import { Computed, isInstance, isList, isMap, ListOf, MapOf, SetOf, Unknown, Value, ValueMap, whyUnknown } from "./value";
import { Work } from "./work";

/** Deep equality as Terraform has it: values of different types are not equal; undecided where a part is not known. */
export function equal(left: Value, right: Value, work: Work): boolean | Unknown {
  return work.deeper(() => {
    if (left instanceof Computed && right instanceof Computed && left.attribute === right.attribute) {
      if (left.instance === right.instance) return true;
    }
    if (isInstance(left) && left === right) return true;
    // An instance that there is, is an object.
    if ((isInstance(left) && right === null) || (left === null && isInstance(right))) return false;
    const why = whyUnknown(left) ?? whyUnknown(right);
    if (why !== undefined) return new Unknown(why);
    if (isList(left) && isList(right)) return equalLists(left, right, work);
    if (isMap(left) && isMap(right)) return equalMaps(left, right, work);
    // One that a JavaScript number spells is never a BigFloat.
    if (left instanceof BigFloat && right instanceof BigFloat) return left.compare(right) === 0;
    return left === right;
  });
}

function equalLists(left: readonly Value[], right: readonly Value[], work: Work): boolean | Unknown {
  const isAlike = left instanceof ListOf === right instanceof ListOf && left instanceof SetOf === right instanceof SetOf;
  if (!isAlike || left.length !== right.length) return false;
  if (left.length === 0 && left instanceof ListOf && right instanceof ListOf) return sameType(left.of, right.of);
  return all(left.map((value, at) => equal(value, right[at]!, work)));
}

function equalMaps(left: ValueMap, right: ValueMap, work: Work): boolean | Unknown {
  if (left instanceof MapOf !== right instanceof MapOf || left.size !== right.size) return false;
  if (left.size === 0 && left instanceof MapOf && right instanceof MapOf) return sameType(left.of, right.of);
  return all([...left].map(([key, value]) => (right.has(key) ? equal(value, right.get(key)!, work) : false)));
}

function all(results: readonly (boolean | Unknown)[]): boolean | Unknown {
  return results.includes(false) ? false : (results.find((result) => result instanceof Unknown) ?? true);
}
