/** The most names that one range may stand for. */
const MAX_SIZE = 10_000;

/** A literal bracket, a range or what should have been one, or letters that mean themselves. */
const PART = /\[\[|\[[^[\]]*\]|\[|[^[]+/g;
const RANGE = /^\[(\d{1,9})-(\d{1,9})\]$/;

/**
 * The names that `esx-[01-04].lab` stands for, in order; a name without brackets stands for itself. Numbers are padded with zeros
 * to the width of the first. Several ranges multiply. `[[` is a bracket, and a `]` that closes no range is one too.
 * Answers what is wrong with it where it is no range.
 */
export function expandRange(name: string): readonly string[] | { readonly wrong: string } {
  // As nearly all names of a large inventory.
  if (!name.includes("[")) return [name];
  let names = [""];
  for (const part of name.match(PART) ?? []) {
    const bounds = RANGE.exec(part);
    if (!bounds && part.startsWith("[") && part !== "[[")
      return { wrong: "a range looks like [01-04], and a bracket itself is written [[" };
    const values = bounds ? numbers(bounds[1]!, bounds[2]!) : [part === "[[" ? "[" : part];
    if (values.length === 0) return { wrong: `the range ${part} is empty: its first number is larger than its last` };
    if (names.length * values.length > MAX_SIZE) return { wrong: `a range may stand for ${MAX_SIZE} names at most` };
    names = names.flatMap((prefix) => values.map((value) => prefix + value));
  }
  return names;
}

/** Spells a name so that `expandRange` takes it for itself. */
export function withoutRange(name: string): string {
  return name.replaceAll("[", "[[");
}

/** One more than may be asked for is enough to know that it is too many. */
function numbers(first: string, last: string): string[] {
  const low = Number(first);
  const size = Math.min(Number(last) - low + 1, MAX_SIZE + 1);
  return Array.from({ length: Math.max(0, size) }, (_, index) => String(low + index).padStart(first.length, "0"));
}
