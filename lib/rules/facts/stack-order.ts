import { Plan } from "../../model";

/** For each stack the names of the stacks that are applied before it, through others too. */
export function stacksBefore({ stacks }: Plan): (stack: string) => ReadonlySet<string> {
  const direct = new Map(stacks.map(({ name, dependsOn }) => [name, dependsOn]));
  const found = new Map<string, ReadonlySet<string>>();
  return (stack) => {
    const known = found.get(stack);
    if (known) return known;
    const before = new Set<string>();
    const open = [...(direct.get(stack) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (before.has(next)) continue;
      before.add(next);
      open.push(...(direct.get(next) ?? []));
    }
    found.set(stack, before);
    return before;
  };
}
