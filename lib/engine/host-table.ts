import { Problem, VmClass } from "./problem";

/** What holds of hosts in a state and VMs of a class, found out once for each pair: equal hosts are in one state. */
export class HostTable<T> {
  private readonly known = new Map<number, T>();
  private readonly classes: number;

  constructor({ classes }: Problem) {
    this.classes = classes.length;
  }

  of(state: number, { index }: VmClass, find: () => T): T {
    const key = state * this.classes + index;
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = find()));
    return found;
  }
}
