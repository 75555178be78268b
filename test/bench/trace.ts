import { judge } from "../engine/judge";
import { ClusterJudgement, PowerOnVerdict } from "../../lib/model";
import { alibaba } from "../clusters/alibaba";
import { alternately } from "./measure";
import { integerProgram, Packs } from "./peers/integer-program";
import { batchPacking } from "./peers/packing";
import { Answers, Row } from "./row";
import { counted } from "./table";

/** Seconds for each cluster: most are done in one, and some never. */
const PATIENCE = 4;

/** A production trace as one batch: the VMs with whole GPUs on 1,213 hosts. */
export async function trace(): Promise<Row[]> {
  const packs = await integerProgram(PATIENCE);
  return (["default", "gpuspec33"] as const).map((list) => row(list, packs));
}

function row(list: "default" | "gpuspec33", packs: Packs): Row {
  const { plan, inventory } = alibaba(list);
  let ours: readonly ClusterJudgement[] = [];
  let theirs: ReadonlyMap<string, boolean | undefined> = new Map();
  const [mine, their] = alternately(
    () => (ours = judge(plan, inventory).clusters),
    () => (theirs = new Map(inventory.clusters.map((cluster) => [cluster.name, packs(batchPacking(plan, cluster))]))),
    1,
  );
  const what = `Alibaba 2023, ${list}: ${inventory.clusters.length} clusters, N=1`;
  return {
    kind: "measured",
    part: "d",
    what,
    ours: mine,
    peer: "HiGHS: possible?",
    theirs: their,
    extrapolated: 1,
    answers: answersOf(ours, theirs),
  };
}

function answersOf(ours: readonly ClusterJudgement[], theirs: ReadonlyMap<string, boolean | undefined>): Answers {
  const contradicts = (verdict: PowerOnVerdict, possible: boolean | undefined): boolean =>
    verdict !== "unknown" && possible !== undefined && (verdict !== "impossible") !== possible;
  const differing = ours.filter(({ name, powerOn }) => contradicts(powerOn.verdict, theirs.get(name))).map(({ name }) => name);
  const said = [...theirs.values()].map((possible) =>
    possible === undefined ? `not in ${PATIENCE} s` : possible ? "possible" : "impossible",
  );
  return {
    ours: counted(ours.map(({ powerOn, failover }) => `${powerOn.verdict} / ${failover.verdict}`)),
    theirs: `${counted(said)}${differing.length > 0 ? ` (${differing.join(", ")})` : ""}`,
    settled: ours.every(({ powerOn }) => powerOn.verdict !== "unknown"),
    differ: differing.length > 0,
  };
}
