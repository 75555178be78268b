import { equal } from "./operators";
import { Computed, ExpressionError, isList, isMap, OpenMap, toBool, toNumber, toText } from "./value";
import { typeName, Unknown, Value, ValueMap, whyUnknown } from "./value";
import { checkSize, MAX_ELEMENTS, Work } from "./work";
import { Table } from "./table";

/** Terraform walks maps in the order of their keys. */
export function sortedEntries(map: ValueMap): readonly (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Functions on lists, sets and maps. Their elements may be unknown; what they are called on may not. */
export const collectionFunctions: Table = [
  ["length", ([of]) => (typeof of === "string" ? [...of].length : isMap(of!) ? of.size : list(of).length)],
  ["element", ([of, at]) => element(list(of), int(at))],
  ["concat", (lists) => lists.flatMap((each) => list(each))],
  ["flatten", ([of], work) => flatten(list(of), work)],
  ["compact", ([of]) => plain(list(of), (items) => items.filter((item) => item !== null && item !== ""))],
  ["distinct", ([of], work) => distinct(list(of), work)],
  ["toset", ([of], work) => toSet(list(of), work)],
  [
    "setunion",
    (lists, work) =>
      toSet(
        lists.flatMap((each) => list(each)),
        work,
      ),
  ],
  ["tolist", ([of]) => list(of)],
  ["tomap", ([of]) => map(of)],
  ["reverse", ([of]) => [...list(of)].reverse()],
  ["slice", ([of, from, to]) => list(of).slice(int(from), int(to))],
  ["sort", ([of]) => plain(list(of), (items) => items.map(text).sort())],
  ["sum", ([of]) => plain(list(of), (items) => items.reduce<number>((sum, item) => sum + num(item), 0))],
  ["one", ([of]) => one(list(of))],
  ["index", ([of, wanted], work) => indexOf(list(of), wanted!, work)],
  ["contains", ([of, wanted], work) => contains(list(of), wanted!, work)],
  ["range", (limits) => range(limits.map(num))],
  ["keys", ([of]) => sortedEntries(map(of)).map(([key]) => key)],
  ["values", ([of]) => sortedEntries(map(of)).map(([, value]) => value)],
  ["lookup", ([of, key, otherwise]) => lookup(map(of), text(key!), otherwise)],
  ["merge", (maps) => new Map(maps.filter((each) => each !== null).flatMap((each) => [...map(each)]))],
  ["zipmap", ([keys, values]) => plain(list(keys), (names) => new Map(names.map((name, at) => [text(name), list(values)[at] ?? null])))],
  ["coalescelist", (lists) => lists.map(list).find((each) => each.length > 0) ?? fail("coalescelist: every list is empty")],
  ["alltrue", ([of]) => plain(list(of), (items) => items.every((item) => toBool(item) === true))],
  ["anytrue", ([of]) => plain(list(of), (items) => items.some((item) => toBool(item) === true))],
];

function element(of: readonly Value[], at: number): Value {
  if (of.length === 0 || at < 0) throw new ExpressionError("element: there is no such element");
  return of[at % of.length]!;
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

/** The elements without repetition; undecided where two may turn out to be one. */
function distinct(of: readonly Value[], work: Work): Value {
  const seen = new Set<Value>();
  const others: Value[] = [];
  const kept: Value[] = [];
  const open = openElement(of);
  if (open !== undefined) return new Unknown(open);
  for (const item of of) {
    const key = item instanceof Computed ? (whyUnknown(item) ?? toText(item)!) : item;
    if (isList(item) || isMap(item)) {
      const same = others.map((other) => equal(item, other, work));
      const undecided = same.find((result) => result instanceof Unknown);
      if (undecided !== undefined) return undecided;
      if (same.includes(true)) continue;
      others.push(item);
    } else if (seen.has(key)) {
      continue;
    }
    seen.add(key);
    kept.push(item);
  }
  return kept;
}

/**
 * Why it is not known which elements are the same: what is not known may equal any other. Only what identifies two resources that
 * Terraform makes is known to differ; two data sources may find the same thing, and two hosts of a cluster have one root pool.
 */
function openElement(of: readonly Value[]): string | undefined {
  const open = of.filter((item) => !isList(item) && !isMap(item) && whyUnknown(item) !== undefined);
  const [first] = open;
  if (first === undefined) return undefined;
  const isOne = open.length === of.length && open.every((item) => isSameId(item, first));
  const areIds = open.length === of.length && open.every((item) => isOwnId(item, first));
  return isOne || areIds ? undefined : whyUnknown(first);
}

const OWN_IDS: readonly string[] = ["id", "uuid", "moid"];

function isOwnId(value: Value, like: Value): boolean {
  if (!(value instanceof Computed) || !(like instanceof Computed) || value.attribute !== like.attribute) return false;
  return OWN_IDS.includes(value.attribute) && !value.instance.type.startsWith("data.");
}

function isSameId(a: Value, b: Value): boolean {
  return a instanceof Computed && b instanceof Computed && a.instance === b.instance && a.attribute === b.attribute;
}

/** A set of texts is walked in their order. */
function toSet(of: readonly Value[], work: Work): Value {
  const kept = distinct(of, work);
  return isList(kept) && kept.every((item) => typeof item === "string") ? [...kept].sort() : kept;
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

function range(limits: readonly number[]): Value {
  const [first = 0, second, third] = limits;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (to < from ? -1 : 1);
  if (step === 0 || step > 0 !== to > from) return to === from ? [] : fail("range: the step leads away from the end");
  checkSize(Math.ceil((to - from) / step), MAX_ELEMENTS);
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);
}

function lookup(of: ValueMap, key: string, otherwise: Value | undefined): Value {
  const found = of.get(key);
  if (found !== undefined) return found;
  if (of instanceof OpenMap) return new Unknown("");
  return otherwise ?? fail(`lookup: there is no "${key}"`);
}

/** For functions whose result needs every element. */
function plain(items: readonly Value[], result: (items: readonly Value[]) => Value): Value {
  const why = items.map((item) => whyUnknown(item)).find((each) => each !== undefined);
  return why === undefined ? result(items) : new Unknown(why);
}

export function list(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isList(value)) return value;
  if (value !== undefined && isMap(value)) throw new ExpressionError("an object is no list");
  throw new ExpressionError(`${typeName(value ?? null)} is no list`);
}

function map(value: Value | undefined): ValueMap {
  if (value !== undefined && isMap(value)) return value;
  throw new ExpressionError(`${typeName(value ?? null)} is no map`);
}

function text(value: Value): string {
  return toText(value) ?? fail(`${typeName(value)} is no text`);
}

function num(value: Value | undefined): number {
  return toNumber(value ?? null) ?? fail(`${typeName(value ?? null)} is no number`);
}

function int(value: Value | undefined): number {
  const number = num(value);
  return Number.isInteger(number) ? number : fail(`${number} is no whole number`);
}

function fail(message: string): never {
  throw new ExpressionError(message);
}
