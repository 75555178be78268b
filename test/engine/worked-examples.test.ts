import { judge } from "./judge";
import { inventory } from "../reference/notation";
import { WORKED_EXAMPLES } from "../reference/worked-examples";

const short = (names: readonly string[]): readonly string[] => names.map((name) => name.replace("vsphere_virtual_machine.", "")).sort();

describe("the engine answers the specification's worked examples", () => {
  test.each(WORKED_EXAMPLES.map((example) => [example.title, example] as const))("%s", (_, example) => {
    const [judged] = judge(example.plan, inventory(example.cluster)).clusters;
    const { powerOn, failover } = judged!;
    if (example.powerOn) expect(powerOn.verdict).toBe(example.powerOn);
    if (example.off) expect(short(powerOn.canBeLeftOff)).toEqual([...example.off].sort());
    if (example.failover) {
      const { worst } = failover;
      expect({ ...failover, ...(worst ? { worst: { ...worst, off: short(worst.off) } } : {}) }).toMatchObject(example.failover);
    }
  });
});
