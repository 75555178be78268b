import { ResourcePool } from "../../model";

/** These pools, and all that have an ancestor in common with one of them: what one takes the others lack. */
export function poolTree(names: Iterable<string>, pools: readonly ResourcePool[]): ReadonlySet<string> {
  const neighbours = new Map<string, string[]>();
  const connect = (from: string, to: string): void => void neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
  for (const { name, parent } of pools) {
    if (parent === undefined) continue;
    connect(name, parent);
    connect(parent, name);
  }
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(neighbours.get(name) ?? []));
  }
  return found;
}
