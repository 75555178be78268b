/** The text of the string literal between two offsets, quotes included; undefined where it has an escape that JSON does not have. */
export function unescaped(text: string, start: number, end: number): string | undefined {
  const inside = text.slice(start + 1, end - 1);
  if (!inside.includes("\\")) return inside;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return undefined;
  }
}
