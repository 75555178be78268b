import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { command } from "./command";
import { deciders } from "./deciders";
import { failures } from "./failures";
import { notations } from "./notations";
import { differs, ratio, Row } from "./row";
import { scale } from "./scale";
import { table } from "./table";
import { trace } from "./trace";

/**
 * Speed beside peers, and a referee besides: npm run bench -- [--only a,c] [--json FILE]
 * Ends with 1 where ours and a peer's answers can't both be right.
 */
const PARTS: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  a: failures,
  b: command,
  c: scale,
  d: trace,
  e: deciders,
  f: notations,
};

void main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
  const chosen = values.only === undefined ? Object.keys(PARTS) : values.only.split(",");
  const strange = chosen.find((name) => !Object.hasOwn(PARTS, name));
  if (strange !== undefined) throw new Error(`--only: expected some of ${Object.keys(PARTS).join(",")}, found ${strange}`);
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`;
  const rows: Row[] = [];
  for (const name of chosen) {
    console.error(`part ${name} …`);
    rows.push(...(await PARTS[name]!()));
  }
  console.log(`${machine}\n${table(rows)}`);
  const wrong = rows.filter(differs);
  if (wrong.length > 0) console.log(`\n${wrong.length} of ${rows.length} rows differ: ours and the peer's answer can't both be right`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, rows: rows.map(withRatio) }, null, 2)}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function withRatio(row: Row): object {
  return row.kind === "measured" ? { ...row, ratio: ratio(row) } : row;
}
