import { width, wrap } from "./lines";

export type Colour = (text: string) => string;

/** A line of a table: what it is about, the answer, and more words. */
export interface Row {
  readonly title: string;
  readonly verdict: string;
  readonly colour?: Colour;
  readonly text: string;
}

export function rowLines(rows: readonly Row[], columns: number): readonly string[] {
  const titles = Math.max(...rows.map(({ title }) => width(title)));
  const verdicts = Math.max(...rows.map(({ verdict }) => width(verdict)));
  return rows.flatMap(({ title, verdict, colour, text }) => {
    const indent = `  ${title.padEnd(titles)}   ${verdict.padEnd(verdicts)}   `;
    const lines = wrap(text, columns, indent, " ".repeat(width(indent))).map((line) => line.trimEnd());
    return colour === undefined ? lines : lines.map((line, i) => (i === 0 ? line.replace(verdict, colour) : line));
  });
}
