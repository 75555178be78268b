import stringWidth from "string-width";

const PRINTABLE_ASCII = /^[ -~]*$/;

/** How many columns a text takes on a terminal. */
export function width(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/** Filled with spaces to the width; wide characters count as two columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** At most this wide: what is too long loses its middle, because names differ at their ends. */
export function shorten(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const characters = [...text];
  let keep = Math.min(columns - 1, characters.length - 1);
  let short: string;
  do {
    const head = Math.ceil(keep / 2);
    short = `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (keep - head)).join("")}`;
    keep--;
  } while (width(short) > columns && keep > 0);
  return short;
}

/** `lead` and then the text, in lines of at most this width; the others begin with `hang`. A longer word stays whole. */
export function wrap(text: string, columns: number, lead: string, hang: string): readonly string[] {
  const lines: string[] = [];
  let start = lead;
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && width(start) + width(line) + 1 + width(word) > columns) {
      lines.push(start + line);
      start = hang;
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, start + line];
}

/** Rows of cells as columns, two spaces between them, all rows equally wide. Columns without a text in any row are left out. */
export function align(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => width(row[i] ?? ""))));
  return rows.map((row) => widths.flatMap((columnWidth, i) => (columnWidth > 0 ? [pad(row[i] ?? "", columnWidth)] : [])).join("  "));
}
