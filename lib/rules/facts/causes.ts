import { ClusterJudgement, Finding, Judgement, RefusalReason } from "../../model";
import { failedStep } from "./left-off";
import { Hit, Rule } from "../rule";

/** What a rule found, before it is told. */
export interface Found {
  readonly rule: Rule;
  readonly hit: Hit;
}

/**
 * The rules that say why a VM is off, or why a verdict is not known, where this finding only says that it is so. A cause is about the
 * same VM, and is what hosts refuse it by; a verdict that is not known has those causes that make it so.
 */
export function causesOf({ rule, hit }: Found, others: readonly Found[], { clusters }: Judgement): Pick<Finding, "because"> {
  const judged = clusters.find(({ name }) => name === hit.cluster);
  if (judged === undefined || !CONSEQUENCES.includes(rule.id)) return {};
  const isCause = rule.explains === "unknown" ? makesUnknown(judged) : keepsOff(refusedIn(rule, hit, judged), judged);
  const because = others.filter((other) => !CONSEQUENCES.includes(other.rule.id) && isCause(other)).map((other) => other.rule.id);
  return because.length === 0 ? {} : { because: [...new Set(because)].sort() };
}

/**
 * The rules that say a verdict. Whether a batch starts in another order, or comes back from another placement, has its own remedy
 * whatever else is found.
 */
const CONSEQUENCES: readonly string[] = ["power-on-impossible", "power-on-unknown", "failover-fails", "failover-unknown"];

function makesUnknown({ name }: ClusterJudgement): (cause: Found) => boolean {
  return ({ rule, hit }) => {
    const itself = rule.makesUnknown === true && (hit.severity ?? rule.severity) === rule.severity;
    return (itself || hit.explains === "unknown") && (hit.cluster ?? name) === name;
  };
}

function keepsOff(refused: ReadonlyMap<string, readonly RefusalReason[]>, { name }: ClusterJudgement): (cause: Found) => boolean {
  return ({ rule: { refuses = [] }, hit }) => {
    if (refuses.length === 0 || hit.cluster !== name) return false;
    const vms = hit.vms ?? (hit.resource === undefined ? [...refused.keys()] : [hit.resource]);
    return vms.some((vm) => refused.get(vm)?.some((reason) => refuses.includes(reason)));
  };
}

/** By VM: what hosts refuse it by. */
function refusedIn({ id }: Rule, { resource }: Hit, judged: ClusterJudgement): ReadonlyMap<string, readonly RefusalReason[]> {
  if (id === "failover-fails") {
    const groups = judged.failover.worst?.refused ?? [];
    return new Map(groups.flatMap(({ vms, by }) => vms.map((vm) => [vm, by.map(({ reason }) => reason)] as const)));
  }
  const vms = resource === undefined ? (judged.powerOn.failing?.off ?? []) : [resource];
  return new Map(vms.map((vm) => [vm, (failedStep(judged, vm)?.refused ?? []).map(({ reason }) => reason)]));
}
