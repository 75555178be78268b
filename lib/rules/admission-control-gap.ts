import { admissionInWords, worstFailureInWords } from "../wording";
import { Rule } from "./rule";

export const admissionControlGap: Rule = {
  id: "admission-control-gap",
  severity: "warning",
  title: "vCenter's admission control admits what does not come back after a host failure",
  explanation:
    "HA admission control adds up CPU and memory over the cluster. It never counts devices, nor looks whether one host has all that a " +
    "VM needs, so that it shows green for VMs that can't restart. Failover is judged with their devices.",
  fix: "don't take admission control for a promise: do what is said of the failover",
  check: (facts) =>
    facts.judgement.clusters.flatMap((judged) => {
      const { failover, admissionControl } = judged;
      const falls = failover.verdict === "fails" || failover.verdict === "placement-dependent";
      if (!falls || admissionControl?.admits !== true) return [];
      const worst = worstFailureInWords(
        failover,
        { vm: facts.nameOf, host: facts.hostName },
        failover.verdict === "fails" ? "stay" : "can stay",
      );
      const message = `${judged.name}: vCenter admits it (${admissionInWords(admissionControl)}); ${worst}`;
      return [{ ...facts.placeOf(judged), message }];
    }),
};
