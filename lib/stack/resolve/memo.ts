import { Unknown, Value } from "../expression/value";

/** Evaluates each name once; a name that is asked for while it is evaluated is a cycle, and unknown. */
export class Memo {
  private readonly values = new Map<string, Value>();

  constructor(private readonly label: string) {}

  get(name: string, compute: () => Value): Value {
    const done = this.values.get(name);
    if (done !== undefined) return done;
    this.values.set(name, new Unknown(`\${${this.label}.${name}} (it refers to itself)`));
    const value = compute();
    this.values.set(name, value);
    return value;
  }
}
