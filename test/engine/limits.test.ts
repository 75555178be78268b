import { judge } from "./judge";
import { ClusterJudgement, isUsable, LimitedPart } from "../../lib/model";
import * as fc from "../properties";
import { Case, mixedCases } from "../reference/generate";
import { inventory } from "../reference/notation";

/** Everything in a case is declared, so what is not answered was not searched to its end. */
function missing({ powerOn, failover, maintenance }: ClusterJudgement, { cluster, options }: Case): readonly LimitedPart[] {
  const hostFailures = options.hostFailures ?? cluster.ha?.hostFailuresToTolerate ?? 0;
  const hasHa = cluster.ha !== undefined || options.hostFailures !== undefined;
  if (powerOn.verdict === "unknown" && powerOn.succeeding === undefined) return ["power-on"];
  const isUnknown = failover.verdict === "unknown";
  const told = hasHa && !isUnknown;
  return [
    ...(powerOn.verdict === "unknown" ? (["power-on"] as const) : powerOn.complete ? [] : (["left-off"] as const)),
    ...(isUnknown ? (["failover"] as const) : []),
    ...(told && hostFailures > 0 && cluster.hosts.some(isUsable) && !failover.worst ? (["worst"] as const) : []),
    ...(told && failover.tolerates === undefined ? (["tolerates"] as const) : []),
    ...(maintenance ? [] : (["maintenance"] as const)),
  ];
}

test.each([1, 30, 300])("with work for %i, whatever is not answered is said to have reached the limit, and nothing else is", (maxWork) => {
  const met = new Set<LimitedPart>();
  const property = fc.property(mixedCases, (each) => {
    const judged = judge(each.plan, inventory(each.cluster), { ...each.options, maxWork }).clusters[0]!;
    const limits = judged.remarks.flatMap((remark) => (remark.kind === "limit-reached" ? [remark.part] : []));
    expect(limits).toEqual(missing(judged, each));
    for (const part of limits) met.add(part);
  });
  fc.assert(property, { numRuns: 300, seed: 20261130 + maxWork });
  if (maxWork === 1) expect([...met].sort()).toEqual(["failover", "left-off", "maintenance", "power-on", "tolerates", "worst"]);
});
