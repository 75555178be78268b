import { Rule } from "./rule";

const HA_IS_OFF = "HA is off"; // as the engine says it

export const failoverNotJudged: Rule = {
  id: "failover-not-judged",
  severity: "note",
  explains: "not-judged",
  title: "failover was not judged",
  explanation: "HA is off, so that no VM is restarted after a host failure; or the batch can't power on, so that there is nothing to fail.",
  fix: "declare the cluster's ha block, or judge with --failures as if HA were on",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ failover }) => failover.verdict === "not-judged")
      .map((judged) => {
        const { why } = judged.failover;
        const isOff = facts.clusters.some(({ cluster }) => cluster.name === judged.name && cluster.ha === undefined);
        const reason = why !== undefined && why.length > 0 ? why.join(", ") : isOff ? HA_IS_OFF : "the batch can't power on";
        // HA can be on where the inventory has it off: a stack turns it on, --failures asks as if. The reason knows.
        const fix = judged.powerOn.verdict === "impossible" && reason !== HA_IS_OFF ? { fix: "mend the power-on first" } : {};
        return { ...facts.placeOf(judged), message: `${judged.name}: failover is not judged: ${reason}`, ...fix };
      }),
};
