import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "../engine/judge";
import { ClusterJudgement } from "../../lib/model";
import { g96 } from "../clusters/g96";
import { Instance } from "../clusters/instance";
import { Random } from "../clusters/random";
import { alternately } from "./measure";
import { Enumeration } from "./peers/enumeration";
import { numberOfSets, sets } from "./peers/failure-sets";
import { hasHcheck, hcheck, hcheckInput } from "./peers/ganeti";
import { integerProgram, Packs } from "./peers/integer-program";
import { afterFailure, batchPacking, Placed, placedOf, runningVms } from "./peers/packing";
import { Answers, notRun, Row } from "./row";

const HIGHS = "HiGHS";
const ENUMERATION = "enumeration";
const FAILURES = [1, 2, 4, 26];

/**
 * 96 hosts, 768 devices of four models, 300 VMs. Peers answer one question; ours answers all of them each time: power-on,
 * failover with the worst failure and what is tolerated, maintenance, capacity.
 */
export async function failures(): Promise<Row[]> {
  const packs = await integerProgram();
  return [false, true].flatMap((binding) => {
    const name = binding ? "CPU and memory bind" : "devices alone bind";
    const running = g96({ seed: 1, hostFailures: 1, binding, running: "all" });
    const placed = placedOf(running.inventory.clusters[0]!, runningVms(running.inventory.clusters[0]!));
    return [
      batch(name, g96({ seed: 1, hostFailures: 1, binding }), packs),
      ...FAILURES.flatMap((size) => [bySolver(name, running, placed, size, packs), byEnumeration(name, running, placed, size, packs)]),
      byGaneti(name, running, placed, binding),
    ];
  });
}

/** Everything is still to be created: is there any way to place it all? */
function batch(name: string, { plan, inventory }: Instance, packs: Packs): Row {
  let ours: ClusterJudgement | undefined;
  let theirs: boolean | undefined;
  const [mine, their] = alternately(
    () => (ours = judge(plan, inventory).clusters[0]),
    () => (theirs = packs(batchPacking(plan, inventory.clusters[0]!))),
  );
  const what = `g96, ${name}: batch of 300, N=1`;
  if (theirs === undefined) return notRun("a", what, "HiGHS reached its limit of 30 s");
  const { powerOn, failover } = ours!;
  const differ = powerOn.verdict !== "unknown" && (powerOn.verdict !== "impossible") !== theirs;
  const answers = {
    ours: `${powerOn.verdict} / ${failover.verdict}`,
    theirs: theirs ? "possible" : "impossible",
    settled: powerOn.verdict !== "unknown",
    differ,
  };
  return { kind: "measured", part: "a", what, ours: mine, peer: `${HIGHS}: possible?`, theirs: their, extrapolated: 1, answers };
}

/** All of the sets if they are few, else some that are drawn. */
interface Sample {
  readonly sets: readonly (readonly number[])[];
  readonly all: number;
}

function sampleOf(hosts: number, size: number, most: number): Sample {
  const all = numberOfSets(hosts, size);
  if (all <= most) return { sets: [...sets(hosts, size)], all };
  const random = new Random(size);
  const places = Array.from({ length: hosts }, (_, index) => index);
  return { sets: Array.from({ length: most }, () => random.shuffled(places).slice(0, size)), all };
}

function bySolver(name: string, running: Instance, placed: Placed, size: number, packs: Packs): Row {
  const sample = sampleOf(placed.bins.length, size, 100);
  return compare(`g96, ${name}: all run, N=${size}`, running, placed, size, packs, HIGHS, sample, () =>
    sample.sets.findIndex((failed) => packs(afterFailure(placed, failed)) === false),
  );
}

function byEnumeration(name: string, running: Instance, placed: Placed, size: number, packs: Packs): Row {
  const sample = sampleOf(placed.bins.length, size, 5000);
  const enumeration = new Enumeration(placed);
  return compare(`g96, ${name}: all run, N=${size}`, running, placed, size, packs, ENUMERATION, sample, () =>
    sample.sets.findIndex((failed) => !enumeration.restarts(failed)),
  );
}

/** A peer stops at the first set that loses a VM, and has its answer; else the time for all sets follows from those that it looked at. */
function compare(
  what: string,
  { plan, inventory }: Instance,
  placed: Placed,
  hostFailures: number,
  packs: Packs,
  peer: string,
  { sets: looked, all }: Sample,
  firstLost: () => number,
): Row {
  let ours: ClusterJudgement | undefined;
  let found = -1;
  const [mine, their] = alternately(
    () => (ours = judge(plan, inventory, { hostFailures }).clusters[0]),
    () => (found = firstLost()),
  );
  const complete = looked.length === all;
  const how =
    found >= 0
      ? `${peer}, until set ${found + 1}`
      : complete
        ? `${peer}, all ${all} sets`
        : `${peer}, ${looked.length} of ${number(all)} sets`;
  const answers = agreement(ours!, looked[found], complete, placed, packs);
  return {
    kind: "measured",
    part: "a",
    what,
    ours: mine,
    peer: how,
    theirs: their,
    extrapolated: found >= 0 ? 1 : all / looked.length,
    answers,
  };
}

function number(count: number): string {
  return count < 1e7 ? String(count) : count.toExponential(0);
}

/**
 * With everything in its place, `fails` says that after some failure no packing of the victims exists; `survives` says more than
 * the peers are asked: that every order fits. A set that a peer found lost is looked at with HiGHS, because a greedy that gets
 * stuck proves nothing.
 */
function agreement(
  { failover }: ClusterJudgement,
  found: readonly number[] | undefined,
  complete: boolean,
  placed: Placed,
  packs: Packs,
): Answers {
  const isLost = (failed: readonly number[]): boolean => packs(afterFailure(placed, failed)) === false;
  const { verdict, worst } = failover;
  const shown = verdict === "fails" && worst && isLost(placesOf(worst.hosts, placed)) ? "fails (HiGHS agrees on the worst)" : verdict;
  const settled = verdict !== "unknown";
  if (found === undefined) {
    return {
      ours: shown,
      theirs: `each ${complete ? "" : "looked at "}fits in some order`,
      settled,
      differ: complete && verdict === "fails",
    };
  }
  if (!isLost(found)) return { ours: shown, theirs: "stuck, where HiGHS is not", settled, differ: false };
  return { ours: shown, theirs: "fails", settled, differ: settled && verdict !== "fails" };
}

function placesOf(hosts: readonly string[], { bins }: Placed): number[] {
  return hosts.map((name) => bins.findIndex(({ host }) => host === name));
}

function byGaneti(name: string, { plan, inventory }: Instance, placed: Placed, binding: boolean): Row {
  const what = `g96, ${name}: all run, N=1`;
  if (binding) return notRun("a", what, "Ganeti hcheck has to be told of devices as memory, and then can't be told of memory");
  if (!hasHcheck()) return notRun("a", what, "Ganeti hcheck is not installed (Debian: ganeti-htools)");
  const folder = mkdtempSync(join(tmpdir(), "passthru-bench-"));
  try {
    const file = join(folder, "cluster.txt");
    writeFileSync(file, hcheckInput(placed));
    let ours: ClusterJudgement | undefined;
    let lost = 0;
    const [mine, their] = alternately(
      () => (ours = judge(plan, inventory, { hostFailures: 1 }).clusters[0]),
      () => (lost = hcheck(file)),
    );
    const { verdict } = ours!.failover;
    // It is a greedy as well: when it succeeds that is a proof, when it fails it is none.
    const theirs = lost === 0 ? "each fits in some order" : `stuck for ${lost} hosts`;
    const answers = { ours: verdict, theirs, settled: verdict !== "unknown", differ: lost === 0 && verdict === "fails" };
    return { kind: "measured", part: "a", what, ours: mine, peer: "Ganeti hcheck", theirs: their, extrapolated: 1, answers };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
