import { check } from "../../lib/check";
import { judge } from "../engine/judge";
import { asPlanFiles } from "./as-plan";
import { asFiles } from "./as-text";
import { Answer } from "./brute-force";
import { Features } from "./case-spec";
import { complaints } from "./complaints";
import { cases } from "./generate";
import { inventory } from "./notation";
import { referee } from "./referee";

const KINDS: readonly (readonly [kind: string, features: Features, runs: number])[] = [
  ["synthesized stacks", {}, 120],
  ["Terraform plans", { planActions: true }, 80],
  ["resource pools", { pools: true, planActions: true }, 60],
  ["rules", { rules: true, planActions: true }, 60],
  ["one class of devices", { oneClass: true }, 60],
  ["sizes of 1 to 8", { sizes: true }, 100],
  ["crowded clusters", { crowded: true }, 60],
  ["fault domains and VMs moved aside", { options: true, crowded: true }, 200],
  ["undeclared sub-ids", { subIds: true }, 40],
  ["two stacks", { twoStacks: true, planActions: true }, 60],
];

describe("the engine agrees with the brute force, and its sequences can be followed", () => {
  test.each(KINDS)("for %s", (_, features, runs) => {
    referee(cases(features), { runs }, (asked, answer) => {
      const [judged] = judge(asked.plan, inventory(asked.cluster), asked.options).clusters;
      return complaints(judged!, answer, asked);
    });
  });

  test("for more VMs", () => {
    referee(cases({ large: true, planActions: true }), { runs: 60, maxStates: 60_000 }, (asked, answer) => {
      const [judged] = judge(asked.plan, inventory(asked.cluster), asked.options).clusters;
      return complaints(judged!, answer, asked);
    });
  });
});

describe("the check agrees with the brute force from text to report", () => {
  const kinds: typeof KINDS = [
    ["synthesized stacks", {}, 60],
    ["resource pools", { pools: true }, 40],
    ["rules", { rules: true }, 40],
    ["fault domains and VMs moved aside", { options: true }, 40],
    ["sizes of 1 to 8", { sizes: true }, 40],
  ];
  test.each(kinds)("for %s", (_, features, runs) => {
    referee(cases(features), { runs }, (asked, answer) => {
      const { plan, cluster, options } = asked;
      const inputs = { files: asFiles(plan, cluster), paths: ["cdk.tf.json"], inventories: ["inventory.json"] };
      const report = check(inputs, { ...options, allowEmpty: true });
      const verdict = report.verdict === overall(answer.answer) ? [] : [`the report says ${report.verdict}`];
      return [...complaints(report.clusters[0]!, answer, asked), ...verdict];
    });
  });
});

test("the check agrees with the brute force from plan JSON to report", () => {
  const plainPlans = cases({ planActions: true }).map((of) => ({
    ...of,
    plan: { ...of.plan, vms: of.plan.vms.map((vm) => ({ ...vm, datastores: [], networks: [] })) },
  }));
  referee(plainPlans, { runs: 150 }, (asked, answer) => {
    const { plan, cluster, options } = asked;
    const inputs = { files: asPlanFiles(plan, cluster), paths: ["plan.json"], inventories: ["inventory.json"] };
    const report = check(inputs, { ...options, allowEmpty: true });
    const verdict = report.verdict === overall(answer.answer) ? [] : [`the report says ${report.verdict}`];
    return [...complaints(report.clusters[0]!, answer, asked), ...verdict];
  });
});

/** The report's verdict (contract, section 4). */
function overall({ powerOn, failover }: Answer): "fits" | "does-not-fit" | "unknown" {
  const short = ["order-dependent", "impossible", "placement-dependent", "fails"];
  if (short.includes(powerOn.verdict) || short.includes(failover.verdict)) return "does-not-fit";
  return powerOn.verdict === "unknown" || failover.verdict === "unknown" ? "unknown" : "fits";
}
