import { Value } from "../expression/value";

/** A module's outputs as an object; each is evaluated when it is asked for: what one needs may lead through another. */
export class Outputs extends Map<string, Value> {
  constructor(
    names: Iterable<string>,
    private readonly compute: (name: string) => Value,
  ) {
    super();
    for (const name of names) super.set(name, null);
  }

  override get(name: string): Value | undefined {
    return this.has(name) ? this.compute(name) : undefined;
  }

  override *values(): MapIterator<Value> {
    for (const name of this.keys()) yield this.compute(name);
  }

  override *entries(): MapIterator<[string, Value]> {
    for (const name of this.keys()) yield [name, this.compute(name)];
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  override forEach(callback: (value: Value, name: string, map: Map<string, Value>) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }
}
