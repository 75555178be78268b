/**
 * An empty object in which `__proto__` and `constructor` are keys like any other: its prototype has nothing, and stays so. To V8
 * it is an object like others, unlike one of Object.create(null): that is a hash table from the start, several times as large.
 */
export function dictionary(): Record<string, unknown> {
  return new Dictionary();
}

const Dictionary = function () {} as unknown as new () => Record<string, unknown>;
Dictionary.prototype = Object.freeze(Object.create(null) as object);
