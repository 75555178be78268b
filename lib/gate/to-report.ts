import { FailOn, Finding, Inventory, Judgement, Plan, plannedAs, Report, shutsGate } from "../model";
import { acceptedVerdicts, withAcceptance } from "./acceptance";
import { describeDrs, describeHa } from "./describe";
import { drawHosts } from "./picture";
import { nameVms, summarise } from "./summary";
import { bothVerdicts, isOutsideEveryJudgement, isShortOfTheBest, verdictOf } from "./verdict";

export interface Judged {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly judgement: Judgement;
  readonly findings: readonly Finding[];
}

/** Puts what was found together as the report, and decides whether the gate passes. */
export function toReport(judged: Judged, failOn: FailOn): Report {
  const { plan, inventory, judgement } = judged;
  const declared = new Map(inventory.clusters.map((cluster) => [cluster.name, cluster]));
  const accepted = acceptedVerdicts(judgement, declared);
  const findings = judged.findings.map((finding) => withAcceptance(finding, declared));
  const vms = nameVms(plan, inventory);
  return {
    schemaVersion: "1",
    verdict: verdictOf(plan, inventory, judgement),
    gate: { passes: passes({ ...judged, findings }, accepted, failOn), accepted },
    summary: summarise(plan, inventory),
    ...(vms.length > 0 ? { vms } : {}),
    clusters: judgement.clusters.map(({ hosts, remarks: _remarks, decidedBy: _, ...found }) => {
      const cluster = declared.get(found.name);
      if (cluster === undefined) throw new Error(`a judgement of a cluster that the inventory does not declare: ${found.name}`);
      const planned = plannedAs(cluster, plan, inventory);
      return { ...found, drs: describeDrs(cluster, planned), ha: describeHa(cluster, planned), hosts: drawHosts(hosts) };
    }),
    findings,
  };
}

/**
 * A verdict short of the best keeps the gate shut by itself, with or without a finding that says so:
 * a rule that stays silent can never open it.
 */
function passes({ plan, inventory, judgement, findings }: Judged, accepted: readonly string[], failOn: FailOn): boolean {
  if (failOn === "none") return true;
  const refused = judgement.clusters.some((judged) =>
    bothVerdicts(judged).some((verdict) => isShortOfTheBest(verdict) && !accepted.includes(`${judged.name}: ${verdict}`)),
  );
  return (
    !refused &&
    !plan.vms.some((vm) => isOutsideEveryJudgement(vm, plan, inventory)) &&
    !findings.some(({ severity, suppressed }) => suppressed === undefined && shutsGate(severity, failOn))
  );
}
