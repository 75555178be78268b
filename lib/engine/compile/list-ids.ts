export type Entry = string | number | boolean | undefined;

interface Node {
  id?: number;
  next?: Map<Entry, Node>;
}

/**
 * Numbers lists: equal lists get equal numbers, from 0 on as they come. A tree of maps, because that makes no texts to compare.
 * Whatever takes hosts, devices or VMs for equal does so by such a number: with a new one for each list, nothing is merged.
 */
export class ListIds {
  private readonly root: Node = {};
  private count = 0;
  private lists: ListIds | undefined;

  of(list: readonly Entry[]): number {
    let node = this.root;
    for (const entry of list) {
      node.next ??= new Map();
      let next = node.next.get(entry);
      if (next === undefined) node.next.set(entry, (next = {}));
      node = next;
    }
    return (node.id ??= this.count++);
  }

  /** Numbers a record by all that it says. Every record has the same fields in the same order. */
  ofRecord(record: object): number {
    return this.of(Object.values(record).map((value) => this.entry(value)));
  }

  /** Lists and records in it are as good as what they hold. */
  private entry(value: unknown): Entry {
    if (typeof value !== "object" || value === null) return value as Entry;
    if (Array.isArray(value) && typeof value[0] !== "object") return (this.lists ??= new ListIds()).of(value as Entry[]);
    return JSON.stringify(value);
  }
}
