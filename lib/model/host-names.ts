const IP_ADDRESS = /^[0-9.]+$|:/;

/** Hosts in prose: `esx-01` for `esx-01.lab` where no other host begins like that; an IP address stays whole. */
export function shortHostNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(names)];
  const uses = new Map<string, number>();
  for (const name of all) uses.set(firstPart(name), (uses.get(firstPart(name)) ?? 0) + 1);
  return new Map(all.map((name) => [name, uses.get(firstPart(name)) === 1 ? firstPart(name) : name]));
}

function firstPart(name: string): string {
  return IP_ADDRESS.test(name) ? name : name.split(".")[0] || name;
}
