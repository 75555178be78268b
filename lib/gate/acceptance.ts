import { Cluster, Finding, Judgement } from "../model";
import { bothVerdicts } from "./verdict";

type Clusters = ReadonlyMap<string, Cluster>;

/** `cluster: verdict` for every verdict short of the best that its cluster accepts, sorted. */
export function acceptedVerdicts({ clusters }: Judgement, declared: Clusters): readonly string[] {
  const accepted = clusters.flatMap((judged) =>
    bothVerdicts(judged)
      .filter((verdict) => declared.get(judged.name)?.accept.includes(verdict))
      .map((verdict) => `${judged.name}: ${verdict}`),
  );
  return [...new Set(accepted)].sort();
}

/** A finding that only says an accepted verdict, or why it is that one, is a note. */
export function withAcceptance(finding: Finding, declared: Clusters): Finding {
  const verdict = VERDICT_OF_RULE.get(finding.rule);
  const cluster = finding.cluster === undefined ? undefined : declared.get(finding.cluster);
  return verdict !== undefined && cluster?.accept.includes(verdict) ? { ...finding, severity: "note" } : finding;
}

const VERDICT_OF_RULE = new Map([
  ["order-dependent", "order-dependent"],
  ["power-on-impossible", "impossible"],
  ["power-on-unknown", "unknown"],
  ["unknown-requests", "unknown"],
  ["unknown-cluster", "unknown"],
  ["placement-dependent", "placement-dependent"],
  ["failover-fails", "fails"],
  ["failover-unknown", "unknown"],
]);
