const NAMES_IN_A_SENTENCE = 10;

/** `a`, `a and b`, `a, b and c`; at most ten, then `and 12 more`. */
export function listing(names: readonly string[], last = "and"): string {
  const shown = names.slice(0, NAMES_IN_A_SENTENCE);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const end = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} ${last} ${end}` : end;
}

/** `1 device`, `2 devices`. */
export function counted(amount: number, thing: string): string {
  return `${amount} ${amount === 1 ? thing : `${thing}s`}`;
}

/** MB in the reader's unit: `512 MB`, `1.5 GB`, `64 GB`. */
export function inGb(mb: number): string {
  return Math.abs(mb) < 1024 ? `${mb} MB` : `${Math.round((mb / 1024) * 10) / 10} GB`;
}
