import * as fc from "../properties";
import { bruteForce } from "./brute-force";
import { cases } from "./generate";
import { TooLarge } from "./power-on";
import { WORKED_EXAMPLES } from "./worked-examples";

describe("the brute force agrees with the specification's worked examples", () => {
  test.each(WORKED_EXAMPLES.map((example) => [example.title, example] as const))("%s", (_, example) => {
    const { powerOn, failover, maintenance } = bruteForce(example.plan, example.cluster);
    const short = (names: readonly string[]): readonly string[] => names.map((name) => name.replace("vsphere_virtual_machine.", "")).sort();

    if (example.powerOn) expect(powerOn.verdict).toBe(example.powerOn);
    if (example.off) expect(short(powerOn.canBeLeftOff)).toEqual([...example.off].sort());
    if (example.down) {
      expect(Object.fromEntries(maintenance!.blocked.map(({ host, down }) => [host, short(down)]))).toEqual(example.down);
    }
    if (example.failover) {
      const { worst } = failover;
      expect({ ...failover, ...(worst ? { worst: { ...worst, off: short(worst.off) } } : {}) }).toMatchObject(example.failover);
    }
  });
});

test("it is no different where devices that are alike are told apart", () => {
  const property = fc.property(cases({ planActions: true, oneClass: true, rules: true }), ({ plan, cluster, options }) => {
    try {
      const apart = bruteForce(plan, cluster, { ...options, maxStates: 3000, tellAlikeApart: true });
      expect(bruteForce(plan, cluster, options)).toEqual(apart);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
    }
  });
  fc.assert(property, { numRuns: 200 });
});
