import { parseArgs } from "node:util";
import { judge } from "../engine/judge";
import { ClusterJudgement } from "../../lib/model";
import { Family, randomCluster } from "./random-cluster";

/**
 * Judges random clusters and tells what came of it:
 * node -r tsx/cjs test/clusters/survey.ts --seeds 1-1000 [--family devices|memory|labels|memory+labels|elsewhere]
 */
interface Row {
  readonly seed: number;
  readonly family: Family;
  readonly hostFailures: number;
  readonly ms: number;
  readonly judged: ClusterJudgement;
}

const FAMILIES: readonly string[] = ["devices", "memory", "labels", "memory+labels", "elsewhere"] satisfies readonly Family[];

main();

function main(): void {
  const { values } = parseArgs({ options: { seeds: { type: "string", default: "1-100" }, family: { type: "string" } } });
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(values.seeds) ?? [];
  if (first === undefined) throw new Error(`--seeds: expected 7 or 1-1000, found ${values.seeds}`);
  if (values.family !== undefined && !FAMILIES.includes(values.family)) throw new Error(`--family: expected one of ${FAMILIES.join(", ")}`);
  const rows: Row[] = [];
  for (let seed = Number(first); seed <= Number(last ?? first); seed++) {
    const row = judgeSeed(seed, values.family);
    if (!row) continue;
    rows.push(row);
    for (const why of whyUnknown(row.judged)) console.log(`unknown  ${told(row)}  ${why}`);
    if (rows.length % 50 === 0) console.error(`${rows.length} judged, seed ${seed}`);
  }
  if (rows.length > 0) tell(rows);
}

/** Undefined where the seed draws another family. */
function judgeSeed(seed: number, wanted: string | undefined): Row | undefined {
  const { plan, inventory, family, hostFailures } = randomCluster(seed, { elsewhere: wanted === "elsewhere" });
  if (wanted !== undefined && family !== wanted) return undefined;
  const start = performance.now();
  const [judged] = judge(plan, inventory).clusters;
  return { seed, family, hostFailures, ms: performance.now() - start, judged: judged! };
}

function whyUnknown({ powerOn, failover, maintenance }: ClusterJudgement): string[] {
  return [
    ...(powerOn.verdict === "unknown" ? [`power-on: ${powerOn.why?.join("; ")}`] : []),
    ...(failover.verdict === "unknown" ? [`failover: ${failover.why?.join("; ")}`] : []),
    ...(powerOn.verdict !== "unknown" && !powerOn.complete ? ["power-on: canBeLeftOff is not complete"] : []),
    ...(maintenance === undefined ? ["maintenance: not told"] : []),
  ];
}

function told({ seed, family, hostFailures, ms, judged: { powerOn, failover } }: Row): string {
  return `seed ${seed} (${family}, N=${hostFailures})  ${Math.round(ms)} ms  ${powerOn.verdict} / ${failover.verdict}`;
}

function tell(rows: readonly Row[]): void {
  const count = (title: string, of: (row: Row) => string): void => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
    console.log(
      title,
      [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, number]) => `${name} ${number}`)
        .join(", "),
    );
  };
  console.log(`${rows.length} clusters`);
  count("family:  ", ({ family }) => family);
  count("power-on:", ({ judged }) => judged.powerOn.verdict);
  count("failover:", ({ judged }) => judged.failover.verdict);
  count("failover by family:", ({ family, judged }) => `${family} ${judged.failover.verdict}`);
  count("with unknown:", ({ judged }) => (whyUnknown(judged).length > 0 ? "yes" : "no"));
  const times = rows.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
  console.log(`time:     median ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  console.log("slowest:");
  for (const row of [...rows].sort((a, b) => b.ms - a.ms).slice(0, 10)) console.log(`  ${told(row)}`);
}
