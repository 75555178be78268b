import { Unknown, Value } from "../expression/value";

/** Evaluates each name once; a name that is asked for while it is evaluated is a cycle, and unknown. */
export class Memo {
  /** Made with the first value: most instances of a large stack never have one. */
  private values: Map<string, Value> | undefined;

  constructor(private readonly label: string) {}

  get(name: string, compute: () => Value): Value {
    const values = (this.values ??= new Map<string, Value>());
    const done = values.get(name);
    if (done !== undefined) return done;
    values.set(name, new Unknown(`\${${this.label}.${name}} (it refers to itself)`));
    const value = compute();
    values.set(name, value);
    return value;
  }
}
