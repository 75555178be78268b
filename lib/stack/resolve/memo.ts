import { Unknown, Value } from "../expression/value";

/** Evaluates each name once; a name that is asked for while it is evaluated is a cycle, and unknown. */
export class Memo {
  private readonly values = new Map<string, Value>();
  private readonly running = new Set<string>();

  constructor(private readonly label: (name: string) => string) {}

  get(name: string, compute: () => Value): Value {
    const done = this.values.get(name);
    if (done !== undefined) return done;
    if (this.running.has(name)) return new Unknown(`\${${this.label(name)}} (it refers to itself)`);
    this.running.add(name);
    const value = compute();
    this.running.delete(name);
    this.values.set(name, value);
    return value;
  }
}
