import { ClusterJudgement, counted, listing } from "../../model";
import { Facts } from "../facts/facts";

/** `esx-02 down: train-4 and infer-1 stay off (tolerates 0)` */
export function worstFailureInWords(facts: Facts, { failover, name }: ClusterJudgement, off: "stay" | "can stay"): string {
  const { worst, tolerates, hostFailures } = failover;
  const tolerated = tolerates === undefined ? "" : ` (tolerates ${tolerates})`;
  if (worst === undefined || worst.hosts.length === 0) {
    return `${name}: with ${counted(hostFailures, "host")} down a protected VM ${off === "stay" ? "stays" : "can stay"} off${tolerated}`;
  }
  const verb = off === "stay" && worst.off.length === 1 ? "stays" : off;
  return `${listing(worst.hosts.map(facts.hostName))} down: ${listing(worst.off.map(facts.nameOf))} ${verb} off${tolerated}`;
}
