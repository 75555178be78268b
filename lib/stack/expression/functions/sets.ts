import { equal } from "../equality";
import { compareTexts } from "../order";
import { Table } from "../table";
import { convert, listOf, setOf } from "../types/convert";
import { elementTypes, Type } from "../types/type";
import { typeOf } from "../types/type-of";
import { unify } from "../types/unify";
import { ListOf, MapOf, SetOf, Unknown, Value } from "../value";
import { checkSize, MAX_ELEMENTS, Work } from "../work";
import { elementsOf, fail, mapOf, textOf, whyUnknownInside, wholeNumberOf } from "./arguments";

/** Functions that take sets and lists apart and put them together. */
export const setFunctions: Table = [
  ["setintersection", (sets, work) => combined(sets, work, (inOthers) => inOthers.every((each) => each))],
  ["setsubtract", ([of, without], work) => combined([of!, without!], work, ([isInOther]) => isInOther === false)],
  ["setproduct", (sets, work) => product(sets.map(elementsOf), work)],
  ["chunklist", ([of, size], work) => chunks(listOf(elementsOf(of), work) as ListOf, wholeNumberOf(size))],
  ["matchkeys", ([values, keys, wanted], work) => matching(elementsOf(values), elementsOf(keys), elementsOf(wanted), work)],
  ["transpose", ([of], work) => transpose(of!, work)],
];

/** The elements of the first set that are kept for being in the others, or for not being there. */
function combined(sets: readonly Value[], work: Work, isKept: (inOthers: readonly boolean[]) => boolean): Value {
  const all = sets.map((each) => convert(elementsOf(each), { kind: "set", of: "any" }, work));
  // A set whose elements may be one is unknown itself.
  const why = all.map((each) => whyUnknownInside(each, work)).find((each) => each !== undefined);
  if (why !== undefined) return new Unknown(why);
  const of =
    unify(all.filter((each) => elementsOf(each).length > 0).map((each) => (each as SetOf).of)) ??
    (all.every((each) => elementsOf(each).length === 0) ? "any" : fail("the sets have no type in common"));
  const [first, ...others] = all.map((each) => convert(each, { kind: "set", of }, work) as SetOf);
  const keys = others.map((other) => keysOf(other, work));
  return setOf(
    of,
    first!.filter((element) => isKept(keys.map((has) => has(element)))),
    work,
  );
}

/** Tells quickly whether something is in a set: texts and numbers by a look, others one by one. */
function keysOf(of: SetOf, work: Work): (element: Value) => boolean {
  const plain = new Set<Value>(of);
  const others = of.filter((element) => typeof element === "object" && element !== null);
  return (element) => plain.has(element) || others.some((other) => equal(other, element, work) === true);
}

/** Every row of one element of each; a set where one of them is a set. */
function product(sets: readonly (readonly Value[])[], work: Work): Value {
  if (sets.length < 2) return fail("setproduct: there are fewer than two sets");
  const lists = sets.map((each) => listOf(each, work) as ListOf);
  checkSize(
    lists.reduce((size, each) => size * each.length, 1),
    MAX_ELEMENTS,
  );
  let rows: Value[][] = [[]];
  for (const list of lists) rows = rows.flatMap((row) => list.map((element) => [...row, element]));
  work.spend(rows.length);
  const of: Type = { kind: "tuple", of: lists.map((each) => each.of) };
  return sets.some((each) => each instanceof SetOf) ? setOf(of, rows, work) : new ListOf(of, rows);
}

/** A size of nothing is one for all. */
function chunks(of: ListOf, size: number): Value {
  if (size < 0) return fail("chunklist: a size below 0");
  const count = size === 0 ? Math.min(of.length, 1) : Math.ceil(of.length / size);
  const made = Array.from({ length: count }, (_, at) => new ListOf(of.of, size === 0 ? of : of.slice(at * size, (at + 1) * size)));
  return new ListOf({ kind: "list", of: of.of }, made);
}

/** The values whose keys are among those that are wanted. */
function matching(values: readonly Value[], keys: readonly Value[], wanted: readonly Value[], work: Work): Value {
  if (values.length !== keys.length) return fail(`matchkeys: ${values.length} values, but ${keys.length} keys`);
  const list = listOf(values, work) as ListOf;
  const of =
    unify([...elementTypes(typeOf(keys, work)), ...elementTypes(typeOf(wanted, work))]) ??
    fail("matchkeys: the keys have no type in common");
  const [each, among] = [keys, wanted].map((side) => convert(side, { kind: "list", of }, work) as ListOf);
  const why = whyUnknownInside(list, work) ?? whyUnknownInside(each!, work) ?? whyUnknownInside(among!, work);
  if (why !== undefined) return new Unknown(why);
  const isWanted = keysOf(new SetOf(of, among), work);
  return new ListOf(
    list.of,
    list.filter((_, at) => isWanted(each![at]!)),
  );
}

/** From the texts in the lists of a map to the keys that they stand under. */
function transpose(value: Value, work: Work): Value {
  const wanted: Type = { kind: "list", of: "string" };
  const map = convert(mapOf(value), { kind: "map", of: wanted }, work);
  const why = whyUnknownInside(map, work);
  if (why !== undefined) return new Unknown(why);
  const turned = new Map<string, string[]>();
  for (const [key, texts] of mapOf(map)) {
    for (const text of elementsOf(texts).map(textOf)) {
      const keys = turned.get(text);
      if (keys === undefined) turned.set(text, [key]);
      else keys.push(key);
    }
  }
  return new MapOf(
    wanted,
    [...turned].map(([text, keys]) => [text, new ListOf("string", keys.sort(compareTexts))] as const),
  );
}
