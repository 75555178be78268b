import { Timing } from "./measure";
import { Measured, Row, ratio } from "./row";

const HEAD = ["", "what", "ours", "peer", "theirs", "theirs / ours", "n", "answers: ours, theirs"];

/** The rows as text; times are medians with the least and the most in brackets. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.filter((cells) => cells.length === HEAD.length).map((cells) => cells[column]!.length)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cellsOf(row: Row): string[] {
  if (row.kind === "not-run") return [row.part, row.what, `not run: ${row.why}`];
  if (row.kind === "figures") return [row.part, row.what, `${row.figures}${row.differ ? "  DIFFERS" : ""}`];
  const { part, what, ours, peer, answers } = row;
  const said = `${answers.ours}, ${answers.theirs}${answers.differ ? "  DIFFERS" : ""}`;
  return [part, what, withSpread(ours), peer, theirsOf(row), times(ratio(row)), String(ours.repetitions), said];
}

function theirsOf({ theirs, extrapolated }: Measured): string {
  return extrapolated === 1 ? withSpread(theirs) : `${withSpread(theirs)} → ${duration(theirs.median * extrapolated)}`;
}

function withSpread({ median, least, most }: Timing): string {
  return `${duration(median)} (${duration(least)}-${duration(most)})`;
}

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ["years", 365 * 86_400_000],
  ["days", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["µs", 1 / 1000],
];

/** `3 fails, 12 survives`; a single one without its number. */
export function counted(list: readonly string[]): string {
  if (list.length === 1) return list[0]!;
  return [...new Set(list)]
    .sort()
    .map((each) => `${list.filter((other) => other === each).length} ${each}`)
    .join(", ");
}

function duration(ms: number): string {
  const [name, size] = UNITS.find(([, unit]) => ms >= unit) ?? UNITS.at(-1)!;
  return `${digits(ms / size)} ${name}`;
}

function times(factor: number | undefined): string {
  return factor === undefined ? "no answer" : `${digits(factor)} ×`;
}

/** Two significant digits, more where they are before the point. */
function digits(value: number): string {
  if (value >= 1e6) return value.toExponential(0);
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
