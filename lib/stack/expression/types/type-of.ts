import { BigFloat } from "../big-float";
import { Identified, isList, isMap, ListOf, MapOf, OpenMap, SetOf, Value, whyUnknown } from "../value";
import { Work } from "../work";
import { Type } from "./type";

/** The type of a value, `any` where it is not known: of null, of what the provider fills, and of what is unknown. */
export function typeOf(value: Value, work: Work): Type {
  if (typeof value === "string" || value instanceof Identified) return "string";
  if (typeof value === "number" || value instanceof BigFloat) return "number";
  if (typeof value === "boolean") return "bool";
  if (value === null || value instanceof OpenMap || whyUnknown(value) !== undefined) return "any";
  if (value instanceof ListOf) return { kind: value instanceof SetOf ? "set" : "list", of: value.of };
  if (value instanceof MapOf) return { kind: "map", of: value.of };
  return work.deeper(() => {
    if (isList(value)) return { kind: "tuple", of: value.map((each) => typeOf(each, work)) };
    if (!isMap(value)) return "any";
    return { kind: "object", attributes: new Map([...value].map(([name, each]) => [name, typeOf(each, work)])) };
  });
}
