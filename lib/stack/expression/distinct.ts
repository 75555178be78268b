import { BigFloat } from "./big-float";
import { equal } from "./equality";
import { Computed, isList, isMap, toText, Unknown, Value, whyUnknown } from "./value";
import { Work } from "./work";

/** The elements without repetition; undecided where two may turn out to be one. */
export function distinct(of: readonly Value[], work: Work): readonly Value[] | Unknown {
  const seen = new Set<Value>();
  const others: Value[] = [];
  const kept: Value[] = [];
  const open = openElement(of);
  if (open !== undefined) return new Unknown(open);
  for (const item of of) {
    if (isList(item) || isMap(item)) {
      const same = others.map((other) => equal(item, other, work));
      const undecided = same.find((result) => result instanceof Unknown);
      if (undecided !== undefined) return undecided;
      if (same.includes(true)) continue;
      others.push(item);
    } else {
      const key = keyOf(item);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    kept.push(item);
  }
  return kept;
}

/** Of a text one that no other element has: a text itself, and others with a mark before it. */
function keyOf(item: Value): Value {
  if (item instanceof Computed) return whyUnknown(item) ?? toText(item)!;
  return item instanceof BigFloat ? `\0${item.text()}` : item;
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
