import { judge } from "../engine/judge";
import { ClusterJudgement } from "../../lib/model";
import { randomCluster } from "../clusters/random-cluster";
import { integerProgram } from "./peers/integer-program";
import { batchPacking } from "./peers/packing";
import { Row } from "./row";
import { counted } from "./table";

const CLUSTERS = 200;
/** What is not judged by then is left out, and the row says so. */
const PATIENCE_MS = 60_000;

/** What decided, over random clusters: which bound, or search; and whether HiGHS agrees on what is possible at all. */
export async function deciders(): Promise<Row[]> {
  const packs = await integerProgram(2);
  const judged: { readonly seed: number; readonly judgement: ClusterJudgement; readonly possible: boolean | undefined }[] = [];
  const start = performance.now();
  for (let seed = 1; seed <= CLUSTERS && performance.now() - start < PATIENCE_MS; seed++) {
    const { plan, inventory } = randomCluster(seed);
    judged.push({ seed, judgement: judge(plan, inventory).clusters[0]!, possible: packs(batchPacking(plan, inventory.clusters[0]!)) });
  }
  const what = `${judged.length} random clusters of 96 hosts`;
  const differing = judged.filter(({ judgement: { powerOn }, possible }) => {
    return possible !== undefined && powerOn.verdict !== "unknown" && (powerOn.verdict !== "impossible") !== possible;
  });
  const answered = judged.filter(({ possible }) => possible !== undefined).length;
  const seeds = differing.map(({ seed }) => seed).join(", ");
  const agreement = `HiGHS answered ${answered} in 2 s each, and ${differing.length === 0 ? "agrees" : `contradicts seeds ${seeds}`}`;
  return [
    { kind: "figures", part: "e", what: `${what}: possible?`, figures: agreement, differ: differing.length > 0 },
    rowOf(
      `${what}: power-on`,
      judged.map(({ judgement: { powerOn, decidedBy } }) => ({ verdict: powerOn.verdict, decidedBy: decidedBy.powerOn })),
    ),
    rowOf(
      `${what}: failover`,
      judged.map(({ judgement: { failover, decidedBy } }) => ({ verdict: failover.verdict, decidedBy: decidedBy.failover ?? "nothing" })),
    ),
  ];
}

interface Decided {
  readonly verdict: string;
  readonly decidedBy: string;
}

function rowOf(what: string, list: readonly Decided[]): Row {
  const verdicts = counted(list.map(({ verdict }) => verdict));
  return { kind: "figures", part: "e", what, figures: `${verdicts}; by ${counted(list.map(({ decidedBy }) => decidedBy))}`, differ: false };
}
