import { check } from "../../lib";
import { filesOf } from "../stack/files";
import { asStack } from "./gate/as-stack";
import { Creator, govcCreator, terraformCreator } from "./gate/creator";
import { Case, drawCase } from "./gate/draw-case";
import { Operator, operatorOf } from "./gate/operator";
import { ReportCluster, Trial } from "./gate/trial";
import { describeWhere, describeWithVsphereProvider, Mirror, Policy, readInventory, startVCenter, VCenter } from "./rig";

// A stretch of cases in which every verdict is several times.
const SEEDS = Array.from({ length: 32 }, (_, index) => 81 + index);
// Every verdict once or twice: Terraform takes seconds for what govc does at once.
const SEEDS_FOR_TERRAFORM = [81, 82, 83, 84, 85, 86];

describeWhere(["go"], "what the gate says of a cluster that govc fills", () => {
  const seen = { powerOn: new Map<string, number>(), failover: new Map<string, number>() };
  const count = (map: Map<string, number>, verdict: string) => map.set(verdict, (map.get(verdict) ?? 0) + 1);

  test.concurrent.each(SEEDS)(
    "is what happens in generated cluster %i",
    async (seed) => {
      const drawn = drawCase(seed);
      const cluster = await tried(drawn, (_, operator) => govcCreator(operator, drawn), ["first", "spread", "random", "random"]);
      count(seen.powerOn, cluster.powerOn.verdict);
      count(seen.failover, cluster.failover.verdict);
    },
    300_000,
  );

  test("has every verdict among them", () => {
    const least = (map: Map<string, number>, verdicts: readonly string[]) => Math.min(...verdicts.map((verdict) => map.get(verdict) ?? 0));
    expect(least(seen.powerOn, ["guaranteed", "order-dependent", "impossible"])).toBeGreaterThanOrEqual(5);
    expect(least(seen.failover, ["survives", "placement-dependent", "fails"])).toBeGreaterThanOrEqual(3);
    expect([...seen.powerOn.keys(), ...seen.failover.keys()]).not.toContain("unknown");
  });
});

describeWhere(["go", "terraform"], "what the gate says of a cluster that Terraform fills", () => {
  describeWithVsphereProvider("with the real vSphere provider", (mirrors: readonly Mirror[]) => {
    test.each(SEEDS_FOR_TERRAFORM)(
      "is what happens in generated cluster %i",
      async (seed) => {
        const drawn = drawCase(seed);
        await tried(drawn, (vcenter) => terraformCreator(vcenter, drawn, mirrors), ["first", "spread", "random"]);
      },
      600_000,
    );
  });
});

type CreatorOf = (vcenter: VCenter, operator: Operator) => Creator;

/** Judges a case and tries whether it is as judged. */
async function tried(drawn: Case, creatorOf: CreatorOf, policies: readonly Policy[]): Promise<ReportCluster> {
  const vcenter = await startVCenter(drawn.input);
  const operator = operatorOf(vcenter);
  const creator = creatorOf(vcenter, operator);
  try {
    const cluster = await judged(vcenter, drawn);
    await new Trial(vcenter, drawn, cluster, operator, creator).run(policies);
    return cluster;
  } finally {
    creator.remove();
    await vcenter.stop();
  }
}

/** The report on the batch, from the inventory as govc reads it before any VM of the batch exists. */
async function judged(vcenter: VCenter, drawn: Case): Promise<ReportCluster> {
  const inventory = await readInventory(vcenter);
  const files = filesOf({ "cdk.tf.json": asStack(drawn), "inventory.json": inventory });
  const [cluster] = check({ files, paths: ["cdk.tf.json"], inventories: ["inventory.json"] }, { failOn: "none" }).clusters;
  if (cluster === undefined) throw new Error("the report has no cluster");
  return cluster;
}
