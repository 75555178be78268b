import { check } from "../lib";
import { asFiles } from "./reference/as-text";
import { WORKED_EXAMPLES } from "./reference/worked-examples";

const short = (names: readonly string[]): readonly string[] => names.map((name) => name.replace("vsphere_virtual_machine.", "")).sort();

// The others speak of what only a Terraform plan can say: test/engine holds the engine to all of them.
const synthesized = WORKED_EXAMPLES.filter(({ plan }) => plan.vms.every(({ action }) => action === "from-stack"));

describe("the package answers the specification's worked examples, from a stack and an inventory as files", () => {
  test.each(synthesized.map((example) => [example.title, example] as const))("%s", (_, { plan, cluster, powerOn, off, failover }) => {
    const report = check({ files: asFiles(plan, cluster), paths: ["cdk.tf.json"], inventories: ["inventory.json"] }, { allowEmpty: true });
    const [judged] = report.clusters;
    if (powerOn) expect(judged!.powerOn.verdict).toBe(powerOn);
    if (off) expect(short(judged!.powerOn.canBeLeftOff)).toEqual([...off].sort());
    if (failover) {
      const { worst } = judged!.failover;
      expect({ ...judged!.failover, ...(worst ? { worst: { ...worst, off: short(worst.off) } } : {}) }).toMatchObject(failover);
    }
    const best = judged!.powerOn.verdict === "guaranteed" && ["survives", "not-judged"].includes(judged!.failover.verdict);
    expect(report.gate.passes).toBe(best);
  });
});
