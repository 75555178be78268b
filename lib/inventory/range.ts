/** The most hosts that one range may stand for. */
const MAX_SIZE = 10_000;

const BRACKET = /\[(\d{1,9})-(\d{1,9})\]/;

/**
 * The names that `esx-[01-04].lab` stands for, in order; a name without brackets stands for itself. Numbers are padded with zeros
 * to the width of the first. Several brackets multiply. Answers what is wrong with it where it is no range.
 */
export function expandRange(name: string): readonly string[] | { readonly wrong: string } {
  const parts = name.split(/(\[[^[\]]*\])/);
  let names = [""];
  for (const part of parts) {
    const bounds = BRACKET.exec(part);
    if (!bounds && /[[\]]/.test(part)) return { wrong: "a range looks like [01-04]" };
    const values = bounds ? numbers(bounds[1]!, bounds[2]!) : [part];
    if (values.length === 0) return { wrong: `the range ${part} is empty: its first number is larger than its last` };
    if (names.length * values.length > MAX_SIZE) return { wrong: `a range may stand for ${MAX_SIZE} hosts at most` };
    names = names.flatMap((prefix) => values.map((value) => prefix + value));
  }
  return names;
}

/** One more than may be asked for is enough to know that it is too many. */
function numbers(first: string, last: string): string[] {
  const low = Number(first);
  const size = Math.min(Number(last) - low + 1, MAX_SIZE + 1);
  return Array.from({ length: Math.max(0, size) }, (_, index) => String(low + index).padStart(first.length, "0"));
}
