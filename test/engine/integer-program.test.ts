import { judge } from "./judge";
import { ClusterJudgement } from "../../lib/model";
import { sets } from "../bench/peers/failure-sets";
import { integerProgram, Packs } from "../bench/peers/integer-program";
import { afterFailure, batchPacking, placedOf, runningVms } from "../bench/peers/packing";
import { Instance } from "../clusters/instance";
import { midCluster } from "../clusters/mid-cluster";
import { asked } from "../properties";

/** What both say of a cluster; a solver for integer programs answers with certainty where some order would do. */
interface Answers {
  readonly engine: "yes" | "no" | "unknown";
  readonly solver: "yes" | "no";
}

const SEEDS = asked(Array.from({ length: 75 }, (_, index) => index + 1));

describe("the engine and an integer program agree", () => {
  let packs: Packs;
  beforeAll(async () => {
    packs = await integerProgram();
  });

  test("whether a batch can power on at all, on clusters of 8 to 16 hosts", () => {
    const rows = SEEDS.map((seed): Answers => {
      const drawn = midCluster({ seed, allRunning: false, hostFailures: 0 });
      const { powerOn } = judged(drawn);
      const engine = powerOn.verdict === "unknown" ? "unknown" : powerOn.verdict === "impossible" ? "no" : "yes";
      return { engine, solver: answer(packs(batchPacking(drawn.plan, drawn.inventory.clusters[0]!))) };
    });
    expectAgreement(rows);
  });

  test.each([1, 2])("whether for N = %i some failure leaves no room for all running VMs", (hostFailures) => {
    const rows = SEEDS.map((seed): Answers => {
      const drawn = midCluster({ seed: 1000 * hostFailures + seed, allRunning: true, hostFailures });
      const { failover } = judged(drawn);
      const engine = failover.verdict === "unknown" ? "unknown" : failover.verdict === "fails" ? "yes" : "no";
      return { engine, solver: answer(someFailureIsLost(drawn, hostFailures, packs)) };
    });
    expectAgreement(rows);
  });
});

function judged({ plan, inventory }: Instance): ClusterJudgement {
  return judge(plan, inventory, { maxWork: 100_000 }).clusters[0]!;
}

/** Sets of exactly N: what fits after a failure fits after a part of it. */
function someFailureIsLost({ inventory }: Instance, hostFailures: number, packs: Packs): boolean {
  const placed = placedOf(inventory.clusters[0]!, runningVms(inventory.clusters[0]!));
  for (const failed of sets(placed.bins.length, hostFailures)) {
    if (answer(packs(afterFailure(placed, failed))) === "no") return true;
  }
  return false;
}

function answer(yes: boolean | undefined): Answers["solver"] {
  if (yes === undefined) throw new Error("the solver was given too little time");
  return yes ? "yes" : "no";
}

/** Both answers have to come up. */
function expectAgreement(rows: readonly Answers[]): void {
  const numbered = rows.map((row, index) => ({ seed: SEEDS[index], ...row }));
  expect(numbered.filter(({ engine, solver }) => engine !== solver)).toEqual([]);
  for (const each of ["yes", "no"]) expect(rows.filter(({ solver }) => solver === each).length).toBeGreaterThan(rows.length / 8);
}
