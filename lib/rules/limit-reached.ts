import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const limitReached: Rule = {
  id: "limit-reached",
  severity: "warning",
  title: "the search reached its limit",
  explanation: "The question was too large to be searched to its end. What was proved until then is said; the rest is unknown.",
  fix: "judge fewer stacks at once (--stack), or make orders fewer with depends_on, restart priorities and labels",
  check: (facts) =>
    remarksOf(facts, "limit-reached").map(({ judged, remark: { part, proved } }) => ({
      ...facts.placeOf(judged),
      message: `${judged.name}: the search for ${part} reached its limit; proved so far: ${proved}`,
      // Maintenance never changes a verdict.
      ...(part === "maintenance" ? {} : { explains: "unknown" }),
    })),
};
