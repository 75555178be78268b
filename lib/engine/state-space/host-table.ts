import { Problem, VmClass } from "../compile/problem";

/** What holds of hosts in a state and VMs of a class, found out once for each pair: equal hosts are in one state. */
export class HostTable<T extends NonNullable<unknown>> {
  /** By class, by state. */
  private readonly known: (T | undefined)[][];

  constructor({ classes }: Problem) {
    this.known = classes.map(() => []);
  }

  of(state: number, { index }: VmClass, find: () => T): T {
    return (this.known[index]![state] ??= find());
  }
}
