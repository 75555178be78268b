import * as fc from "../properties";
import { check } from "../../lib/check";
import { judge } from "../../lib/engine";
import { isUsable, Plan } from "../../lib/model";
import { admissionControlOf } from "./admission";
import { answerOf } from "./answer";
import { asFiles } from "./as-text";
import { Answer, bruteForce } from "./brute-force";
import { capacityOf } from "./capacity";
import { Features } from "./case-spec";
import { Case, cases } from "./generate";
import { inventory } from "./notation";
import { TooLarge } from "./power-on";
import { problemOf } from "./problem";
import { endOf, replay } from "./replay";

const MAX_STATES = 15_000;

const KINDS: readonly (readonly [kind: string, features: Features, runs: number])[] = [
  ["synthesized stacks", {}, 120],
  ["Terraform plans", { planActions: true }, 80],
  ["resource pools", { pools: true, planActions: true }, 60],
  ["rules in force", { rules: true, planActions: true }, 60],
  ["one class of devices", { oneClass: true }, 60],
  ["crowded clusters", { crowded: true }, 60],
  ["undeclared sub-ids", { subIds: true }, 40],
  ["two stacks", { twoStacks: true, planActions: true }, 60],
];

describe("the engine agrees with the brute force, and its sequences can be followed", () => {
  test.each(KINDS)("for %s", (_, features, runs) => {
    referee(features, runs, ({ plan, cluster, options }, answer) => {
      const [judged] = judge(plan, inventory(cluster), options).clusters;
      expect(answerOf(judged!)).toEqual(answer);
      expect(replay(plan, cluster, judged!.powerOn)).toEqual([]);
      if (features.subIds) return;
      const problem = problemOf(plan, cluster);
      // Of no usable host there is no percentage.
      if (cluster.ha && cluster.hosts.some(isUsable)) expect(judged!.admissionControl).toEqual(admissionControlOf(problem));
      const end = endOf(plan, cluster, judged!.powerOn);
      if (end && !disablesWhatIsHeld(plan)) expect(judged!.capacity).toMatchObject(capacityOf(problem, end));
    });
  });
});

/** About those regressions.test.ts has an open row. */
function disablesWhatIsHeld({ deviceChanges }: Plan): boolean {
  return deviceChanges.some(({ enabled }) => enabled?.known && !enabled.value);
}

describe("the check agrees with the brute force from text to report", () => {
  const kinds: typeof KINDS = [
    ["synthesized stacks", {}, 40],
    ["resource pools", { pools: true }, 20],
    ["rules", { rules: true }, 20],
  ];
  test.each(kinds)("for %s", (_, features, runs) => {
    referee(features, runs, ({ plan, cluster, options }, answer) => {
      const report = check(
        { files: asFiles(plan, cluster), paths: ["cdk.tf.json"], inventories: ["inventory.json"] },
        { ...options, allowEmpty: true },
      );
      const [judged] = report.clusters;
      expect(answerOf(judged!)).toEqual(answer);
      expect(replay(plan, cluster, judged!.powerOn)).toEqual([]);
      expect(report.verdict).toBe(overall(answer));
    });
  });
});

/** Asks about `runs` cases; those that are too large for the brute force don't count, and must be few. */
function referee(features: Features, runs: number, compare: (asked: Case, answer: Answer) => void): void {
  let asked = 0;
  let tooLarge = 0;
  const property = fc.property(cases(features), (each) => {
    asked++;
    let answer: Answer;
    try {
      answer = bruteForce(each.plan, each.cluster, { ...each.options, maxStates: MAX_STATES });
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      tooLarge++;
      return;
    }
    compare(each, answer);
  });
  fc.assert(property, { numRuns: runs });
  expect(tooLarge).toBeLessThan(asked / 10);
}

/** The report's verdict (contract, section 4). */
function overall({ powerOn, failover }: Answer): "fits" | "does-not-fit" | "unknown" {
  const short = ["order-dependent", "impossible", "placement-dependent", "fails"];
  if (short.includes(powerOn.verdict) || short.includes(failover.verdict)) return "does-not-fit";
  return powerOn.verdict === "unknown" || failover.verdict === "unknown" ? "unknown" : "fits";
}
