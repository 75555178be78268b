import { Rule } from "./rule";
import { worstFailureIn } from "./words/worst-failure";

export const failoverFails: Rule = {
  id: "failover-fails",
  severity: "error",
  explains: "fails",
  title: "after some host failure a protected VM stays off",
  explanation:
    "vSphere HA restarts the VMs of a failed host on the others, where each needs all its devices free on one host. HA admission control " +
    "counts CPU and memory, never devices, so that it can admit what can't be restarted.",
  fix: "keep free on other hosts what these VMs need (matching devices, memory, hosts that their rules allow), or run fewer of them",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ failover }) => failover.verdict === "fails")
      .map((judged) => {
        const { message, fix } = worstFailureIn(facts, judged, "stay");
        return { ...facts.placeOf(judged), message, ...(fix !== undefined && { fix }) };
      }),
};
