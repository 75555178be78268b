import { ClusterJudgement } from "../../model";
import { worstFailureInWords } from "../../wording";
import { Facts } from "../facts/facts";

/** `esx-02 down: train-4 and infer-1 stay off (tolerates 0)`; where no host is known, the cluster's name says where it is. */
export function worstFailureIn(facts: Facts, { failover, name }: ClusterJudgement, off: "stay" | "can stay"): string {
  const words = worstFailureInWords(failover, { vm: facts.nameOf, host: facts.hostName }, off);
  const named = failover.worst ?? failover.failing;
  return named === undefined || named.hosts.length === 0 ? `${name}: ${words}` : words;
}
