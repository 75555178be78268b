/** The names that the generators give to hosts and VMs, alone or as the report writes them. */
const NAME = /^(vsphere_virtual_machine\.|planned\.)?([hrv]\d+|p)(\[\d+\])?$/;

/** The same value with every host and VM renamed, in whatever it holds. */
export function renamed<T>(value: T, rename: (name: string) => string): T {
  const walk = (each: unknown): unknown => {
    if (typeof each === "string")
      return each.replace(NAME, (_, prefix = "", name: string, index = "") => `${prefix}${rename(name)}${index}`);
    if (Array.isArray(each)) return each.map(walk);
    if (each === null || typeof each !== "object") return each;
    return Object.fromEntries(Object.entries(each).map(([key, part]) => [key, walk(part)]));
  };
  return walk(value) as T;
}
