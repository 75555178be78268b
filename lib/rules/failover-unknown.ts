import { Rule } from "./rule";

export const failoverUnknown: Rule = {
  id: "failover-unknown",
  severity: "error",
  title: "whether every VM comes back after a host failure could not be found out",
  explanation: "Something that decides it is not known, or the search reached its limit. Unknown is never a pass.",
  example: "gpu-prod: whether every VM comes back after 1 host failure is unknown: the search reached its limit",
  fix: "make known what is missing",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ failover }) => failover.verdict === "unknown")
      .flatMap((judged) => {
        const { why, hostFailures } = judged.failover;
        const failures = `${hostFailures} host failure${hostFailures === 1 ? "" : "s"}`;
        const reasons = why === undefined || why.length === 0 ? ["the reason was not recorded"] : why;
        return reasons.map((reason) => ({
          ...facts.placeOf(judged),
          message: `${judged.name}: whether every VM comes back after ${failures} is unknown: ${reason}`,
        }));
      }),
};
