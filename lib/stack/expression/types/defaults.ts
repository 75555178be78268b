import { isList, isMap, OpenMap, Value } from "../value";
import { Work } from "../work";

/** Defaults of optional attributes, at any depth of a type. */
export interface Defaults {
  /** Of an object's attributes. */
  readonly values: ReadonlyMap<string, Value>;
  /** Inside the attributes of an object, or the elements of a tuple by their place. */
  readonly parts?: ReadonlyMap<string, Defaults>;
  /** Inside every element of a list, set or map. */
  readonly elements?: Defaults;
}

/**
 * A value with defaults where it leaves out an optional attribute, or has null for it, as Terraform sets them before it converts the
 * value. What comes of a collection is a tuple or object, which the conversion makes a collection again.
 */
export function applyDefaults(value: Value, defaults: Defaults | undefined, work: Work): Value {
  if (defaults === undefined || !(isList(value) || isMap(value))) return value;
  const part = (key: string): Defaults | undefined => defaults.elements ?? defaults.parts?.get(key);
  return work.deeper(() => {
    work.spend(isList(value) ? value.length : value.size);
    if (isList(value)) return value.map((each, at) => applyDefaults(each, part(String(at)), work));
    const filled = value instanceof OpenMap ? new OpenMap() : new Map<string, Value>();
    for (const [key, each] of value) filled.set(key, applyDefaults(each, part(key), work));
    for (const [key, each] of defaults.values) {
      const own = filled.get(key);
      // The provider may set what a block leaves out.
      const isLeftOut = own === null || (own === undefined && !(value instanceof OpenMap));
      if (isLeftOut) filled.set(key, applyDefaults(each, part(key), work));
    }
    return filled;
  });
}
