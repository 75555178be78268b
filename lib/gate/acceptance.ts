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
  const cluster = finding.cluster === undefined ? undefined : declared.get(finding.cluster);
  return finding.explains !== undefined && cluster?.accept.includes(finding.explains) ? { ...finding, severity: "note" } : finding;
}
