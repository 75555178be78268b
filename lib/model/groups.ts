/** The entries in groups of equal keys, in the order in which the keys first come. */
export function groupBy<T>(entries: readonly T[], keyOf: (entry: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** The distinct values, sorted by code unit. */
export function distinct(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}
