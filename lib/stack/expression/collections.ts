import * as arithmetic from "./arithmetic";
import { distinct } from "./distinct";
import { equal } from "./equality";
import { graphemes } from "./graphemes";
import { number } from "./operators";
import { compareTexts } from "./order";
import { Table } from "./table";
import { convert, listOf } from "./types/convert";
import { isIdentical, Type } from "./types/type";
import { typeOf } from "./types/type-of";
import { unify } from "./types/unify";
import { BigFloat } from "./big-float";
import { ExpressionError, isList, isMap, ListOf, MapOf, OpenMap, SetOf, toBool, toNumeric, toText } from "./value";
import { typeName, Unknown, Value, ValueMap, whyUnknown } from "./value";
import { checkSize, MAX_ELEMENTS, Work } from "./work";

const LIST: Type = { kind: "list", of: "any" };
const TEXTS: Type = { kind: "list", of: "string" };
const SET: Type = { kind: "set", of: "any" };
const MAP: Type = { kind: "map", of: "any" };

/** Terraform walks maps in the order of their keys. */
export function sortedEntries(map: ValueMap): readonly (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => compareTexts(a, b));
}

/** Functions on lists, sets and maps. Their elements may be unknown; what they are called on may not. */
export const collectionFunctions: Table = [
  ["length", ([of]) => (typeof of === "string" ? graphemes(of).length : isMap(of!) ? of.size : list(of).length)],
  ["element", ([of, at]) => element(indexed(of), whole(at))],
  ["concat", (lists, work) => concat(lists.map(indexed), work)],
  ["flatten", ([of], work) => flatten(list(of), work)],
  ["compact", ([of], work) => texts(of, work, (items) => items.filter((item) => item !== null && item !== ""))],
  ["distinct", ([of], work) => distinctList(of, work)],
  ["toset", ([of], work) => convert(of!, SET, work)],
  ["setunion", ([first = null, ...more], work) => union([first, ...more], work)],
  ["tolist", ([of], work) => convert(of!, LIST, work)],
  ["tomap", ([of], work) => convert(of!, MAP, work)],
  ["reverse", ([of]) => like(of, [...list(of)].reverse())],
  ["slice", ([of, from, to]) => slice(of, whole(from), whole(to))],
  ["sort", ([of], work) => texts(of, work, (items) => items.map(text).sort(compareTexts))],
  ["sum", ([of]) => plain(list(of), sum)],
  ["one", ([of]) => one(list(of))],
  ["index", ([of, wanted], work) => indexOf(indexed(of), given(wanted), work)],
  ["contains", ([of, wanted], work) => contains(list(of), given(wanted), work)],
  ["range", (limits) => range(limits.map(num))],
  ["keys", ([of]) => keys(map(of))],
  ["values", ([of]) => values(map(of))],
  ["lookup", ([of, key, otherwise], work) => lookup(map(of), text(key!), otherwise, work)],
  ["merge", (maps, work) => merge(maps, work)],
  ["zipmap", ([keys, values], work) => texts(keys, work, (names) => zip(names.map(text), indexed(values)))],
  ["coalesce", (args, work) => coalesce(args, work)],
  ["coalescelist", (lists) => lists.map(indexed).find((each) => each.length > 0) ?? fail("coalescelist: every list is empty")],
  ["alltrue", ([of]) => every(list(of), true)],
  ["anytrue", ([of]) => every(list(of), false)],
];

function element(of: readonly Value[], at: number): Value {
  const found = of.length === 0 ? undefined : of[at % of.length];
  if (found === undefined) throw new ExpressionError("element: there is no such element");
  return found;
}

/** Lists make a list, and what has a tuple among it a tuple. */
function concat(lists: readonly (readonly Value[])[], work: Work): Value {
  if (lists.length === 0) throw new ExpressionError("concat: there is nothing to join");
  const all = lists.flat();
  return lists.every((each) => each instanceof ListOf) ? listOf(all, work) : all;
}

function flatten(of: readonly Value[], work: Work): Value {
  const flat: Value[] = [];
  for (const item of of) {
    work.spend(1);
    const inside = isList(item) ? work.deeper(() => flatten(item, work)) : [item];
    if (!isList(inside)) return inside;
    // An unknown could be a list of any length.
    if (item instanceof Unknown) return item;
    for (const each of inside) flat.push(each);
    checkSize(flat.length, MAX_ELEMENTS);
  }
  return flat;
}

function distinctList(of: Value | undefined, work: Work): Value {
  const all = convert(list(of), LIST, work) as ListOf;
  const kept = distinct(all, work);
  return kept instanceof Unknown ? kept : new ListOf(all.of, kept);
}

function union(lists: readonly Value[], work: Work): Value {
  const sets: SetOf[] = [];
  for (const each of lists) {
    const made = convert(list(each), SET, work);
    if (!(made instanceof SetOf)) return made;
    sets.push(made);
  }
  const of = unify(sets.map((each) => each.of)) ?? fail("setunion: the sets have no type in common");
  return convert(sets.flat(), { kind: "set", of }, work);
}

function slice(of: Value | undefined, from: number, to: number): Value {
  const elements = indexed(of);
  if (from < 0 || from > to || to > elements.length) throw new ExpressionError(`slice: there are no elements ${from} to ${to}`);
  return like(of, elements.slice(from, to));
}

/** Elements of a list as a list, and those of a tuple as a tuple. */
function like(of: Value | undefined, elements: readonly Value[]): Value {
  return of instanceof ListOf ? new ListOf(of.of, elements) : elements;
}

function sum(items: readonly Value[]): Value {
  const [first, ...more] = items.map((item) => number(item));
  if (first === undefined) throw new ExpressionError("sum: the list is empty");
  return more.reduce<Value>((total, each) => (total instanceof Unknown ? total : arithmetic.add(number(total), each)), first);
}

function one(of: readonly Value[]): Value {
  if (of.length > 1) throw new ExpressionError("one: there is more than one element");
  return of[0] ?? null;
}

function indexOf(of: readonly Value[], wanted: Value, work: Work): Value {
  for (const [at, item] of of.entries()) {
    const same = equal(item, wanted, work);
    if (same instanceof Unknown) return same;
    if (same) return at;
  }
  throw new ExpressionError("index: there is no such element");
}

function contains(of: readonly Value[], wanted: Value, work: Work): Value {
  const same = of.map((item) => equal(item, wanted, work));
  return same.includes(true) ? true : (same.find((result) => result instanceof Unknown) ?? false);
}

function range(limits: readonly arithmetic.Numeric[]): Value {
  const [first = 0, second, third] = limits;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const direction = arithmetic.compare(to, from);
  const step = third ?? (direction < 0 ? -1 : 1);
  const towards = arithmetic.compare(step, 0);
  if (towards === 0 || towards * direction < 0) return fail("range: the step leads away from the end");
  const made = new ListOf("number");
  for (let at: Value = from; arithmetic.compare(to, number(at)) === towards;) {
    made.push(at);
    if (made.length > MAX_RANGE) return fail(`range: there would be more than ${MAX_RANGE} numbers`);
    at = arithmetic.add(number(at), step);
    if (at instanceof Unknown) return at;
  }
  return made;
}

/** As many as Terraform makes. */
const MAX_RANGE = 1024;

function keys(of: ValueMap): Value {
  const names = sortedEntries(of).map(([key]) => key);
  return of instanceof MapOf ? new ListOf("string", names) : names;
}

function values(of: ValueMap): Value {
  const all = sortedEntries(of).map(([, value]) => value);
  return of instanceof MapOf ? new ListOf(of.of, all) : all;
}

function lookup(of: ValueMap, key: string, otherwise: Value | undefined, work: Work): Value {
  const found = of.get(key);
  // A default that does not fit is refused, also where it isn't needed.
  const fitting = otherwise !== undefined && of instanceof MapOf ? convert(otherwise, of.of, work) : otherwise;
  if (found !== undefined) return found;
  if (of instanceof OpenMap) return new Unknown("");
  return fitting ?? (otherwise === null ? null : fail(`lookup: there is no "${key}"`));
}

/** Maps of one type make a map, others an object. */
function merge(all: readonly Value[], work: Work): Value {
  const maps = all.filter((each) => each !== null).map((each) => map(each));
  const merged = new Map(maps.flatMap((each) => [...each]));
  work.spend(merged.size);
  const isOpen = maps.some((each) => each instanceof OpenMap);
  const [first] = maps;
  const isOfOne = first instanceof MapOf && all.every((each) => each instanceof MapOf && isIdentical(each.of, first.of));
  return isOpen ? new OpenMap(merged) : isOfOne ? new MapOf(first.of, merged) : merged;
}

/** The first that is not null or empty, as the type that all have in common. */
function coalesce(args: readonly Value[], work: Work): Value {
  const of = unify(args.map((each) => typeOf(each, work)));
  if (of === undefined) throw new ExpressionError("coalesce: the arguments have no type in common");
  for (const arg of args) {
    const why = whyUnknown(arg);
    // What the provider sets is never null; what is not known may be.
    if (why !== undefined) return arg instanceof Unknown ? new Unknown(why) : arg;
    if (arg !== null && arg !== "") return convert(arg, of, work);
  }
  throw new ExpressionError("coalesce: every argument is null or empty");
}

function zip(names: readonly string[], values: readonly Value[]): Value {
  if (names.length !== values.length) throw new ExpressionError(`zipmap: ${names.length} keys, but ${values.length} values`);
  const made = names.map((name, at) => [name, values[at]!] as const);
  return values instanceof ListOf ? new MapOf(values.of, made) : new Map(made);
}

/** Whether all are true, or not all are false; one that decides does so whatever the others are. */
function every(items: readonly Value[], wanted: boolean): Value {
  const open = items.map((item) => whyUnknown(item)).find((why) => why !== undefined);
  const bools = items.filter((item) => whyUnknown(item) === undefined).map((item) => (item === null ? false : bool(item)));
  if (bools.includes(!wanted)) return !wanted;
  return open === undefined ? wanted : new Unknown(open);
}

/** For functions whose result needs every element. */
function plain(items: readonly Value[], result: (items: readonly Value[]) => Value): Value {
  const why = items.map((item) => whyUnknown(item)).find((each) => each !== undefined);
  return why === undefined ? result(items) : new Unknown(why);
}

/** For functions of a list of texts, which make one. */
function texts(of: Value | undefined, work: Work, result: (items: readonly Value[]) => Value): Value {
  return plain(convert(list(of), TEXTS, work) as ListOf, (items) => {
    const made = result(items);
    return isList(made) ? new ListOf("string", made) : made;
  });
}

/** A list, set or tuple. */
export function list(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isList(value)) return value;
  if (value !== undefined && isMap(value)) throw new ExpressionError("an object is no list");
  throw new ExpressionError(`${typeName(value ?? null)} is no list`);
}

/** A list or tuple: a set's elements have no places. */
function indexed(value: Value | undefined): readonly Value[] {
  if (value instanceof SetOf) throw new ExpressionError("a set is no list");
  return list(value);
}

function map(value: Value | undefined): ValueMap {
  if (value !== undefined && isMap(value)) return value;
  throw new ExpressionError(`${typeName(value ?? null)} is no map`);
}

function given(value: Value | undefined): Value {
  return value ?? fail("an argument is null");
}

function text(value: Value): string {
  return toText(value) ?? fail(`${typeName(value)} is no text`);
}

function bool(value: Value): boolean {
  return toBool(value) ?? fail(`${typeName(value)} is no bool`);
}

function num(value: Value | undefined): arithmetic.Numeric {
  return toNumeric(value ?? null) ?? fail(`${typeName(value ?? null)} is no number`);
}

function whole(value: Value | undefined): number {
  const of = num(value);
  return typeof of === "number" && Number.isInteger(of) ? of : fail(`${of instanceof BigFloat ? of.text() : of} is no whole number`);
}

function fail(message: string): never {
  throw new ExpressionError(message);
}
