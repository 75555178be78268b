import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const limitReached: Rule = {
  id: "limit-reached",
  severity: "warning",
  title: "the search reached its limit",
  explanation: "The question was too large to be searched to its end. What was proved until then is said; the rest is unknown.",
  example: "gpu-prod: the search for power-on reached its limit; proved so far: 40 of 96 hosts",
  fix: "judge fewer stacks at once (--stack), or make orders fewer with depends_on, restart priorities and labels",
  check: (facts) =>
    remarksOf(facts, "limit-reached").map(({ judged, remark }) => ({
      ...facts.placeOf(judged),
      message: `${judged.name}: the search for ${remark.part} reached its limit; proved so far: ${remark.proved}`,
    })),
};
