export type Entry = string | number | boolean | undefined;

interface Node {
  id?: number;
  next?: Map<Entry, Node>;
}

/** Numbers lists: equal lists get equal numbers, from 0 on as they come. A tree of maps, because that makes no texts to compare. */
export class ListIds {
  private readonly root: Node = {};
  private count = 0;

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
}
