import { withoutReasons } from "./answer";
import * as fc from "../properties";
import { judge } from "../engine/judge";
import { Answer, bruteForce } from "./brute-force";
import { cases } from "./generate";
import { inventory } from "./notation";
import { fieldNames, obscured } from "./obscure";
import { TooLarge } from "./power-on";

test.each(fieldNames)("where %s is not known, a verdict is given only if it is the same for every value", (name) => {
  let asked = 0;
  // What runs and is not touched by the plan runs with known requests, so only a stack's VMs are obscured.
  const property = fc.property(cases({ pools: true }), fc.nat(9), ({ plan, cluster, options }, pick) => {
    const of = obscured(plan, pick, name);
    if (!of) return;
    let answers: readonly Answer[];
    try {
      answers = of.completions.map((each) => bruteForce(each, cluster, { ...options, maxStates: 5000 }));
    } catch (error) {
      if (error instanceof TooLarge) return;
      throw error;
    }
    asked++;
    const [{ powerOn, failover }] = judge(of.plan, inventory(cluster), options).clusters as [ReturnType<typeof judge>["clusters"][number]];
    for (const answer of answers) {
      if (powerOn.verdict !== "unknown") expect(powerOn.verdict).toBe(answer.powerOn.verdict);
      if (powerOn.complete) expect(powerOn.canBeLeftOff).toEqual(answer.powerOn.canBeLeftOff);
      if (failover.verdict !== "unknown") expect(failover.verdict).toBe(answer.failover.verdict);
      if (failover.worst) expect(withoutReasons(failover.worst)).toEqual(answer.failover.worst);
      if (failover.tolerates !== undefined) expect(failover.tolerates).toBe(answer.failover.tolerates);
    }
  });
  fc.assert(property, { numRuns: 40 });
  expect(asked).toBeGreaterThanOrEqual(fc.share(10));
});
