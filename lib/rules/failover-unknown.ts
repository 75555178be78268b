import { counted } from "../model";
import { whatSettles } from "./facts/what-settles";
import { Rule } from "./rule";

export const failoverUnknown: Rule = {
  id: "failover-unknown",
  severity: "error",
  explains: "unknown",
  title: "whether every VM comes back after a host failure could not be found out",
  explanation: "Something that decides it is not known, or the search reached its limit. Unknown is never a pass.",
  fix: "make known what is missing: declare it in the inventory, or give its value (--var, --var-file) or a plan that has it",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ failover }) => failover.verdict === "unknown")
      .flatMap((judged) => {
        const { why, hostFailures } = judged.failover;
        const reasons = why === undefined || why.length === 0 ? ["the reason was not recorded"] : why;
        return reasons.map((reason) => ({
          ...facts.placeOf(judged),
          message: `${judged.name}: whether every VM comes back after ${counted(hostFailures, "host failure")} is unknown: ${reason}`,
          // Failover is unknown for the reason that power-on is, too.
          ...whatSettles(judged, ["sub-ids", "failover", "power-on"]),
        }));
      }),
};
