import { ClusterJudgement, groupBy, listing, RefusedRestart } from "../../model";
import { isAboutDevicesAlone, reasonsInWords, toleratedInWords, whoStaysOff } from "../../wording";
import { Facts } from "../facts/facts";
import { remedyOf, requestsOf, withHostNames } from "../facts/left-off";
import { requestsInWords } from "./devices-in-words";

/** So many different reasons are told of one failure. */
const SHOWN = 3;

/** What a failure leaves off, why, and against what the fix is. */
export interface FailureInWords {
  readonly message: string;
  readonly fix?: string;
  /** The fix where something else than devices refuses. */
  readonly remedy?: string;
}

/**
 * `esx-02 down: train-4 and infer-1 stay off: no host has a matching device free (tolerates 0)`; where no host is known, the cluster's
 * name says where it is.
 */
export function worstFailureIn(facts: Facts, judged: ClusterJudgement, off: "stay" | "can stay"): FailureInWords {
  const { failover, name } = judged;
  const told = failover.worst ?? failover.failing;
  const who = whoStaysOff(failover, { vm: facts.nameOf, host: facts.hostName }, off);
  const where = told === undefined || told.hosts.length === 0 ? `${name}: ` : "";
  const groups = alike(facts, told?.refused ?? []);
  const other = groups.find(({ by }) => by.length > 0 && !isAboutDevicesAlone(by));
  const against = other && remedyOf(facts, judged, other.by);
  const fix = fixFor(facts, judged, groups);
  return {
    message: `${where}${who}${whyInWords(facts, groups)}${toleratedInWords(failover)}`,
    ...(fix === undefined ? {} : { fix }),
    ...(against === undefined ? {} : { remedy: against }),
  };
}

/** VMs that stay off for the same reasons in words, with hosts as in prose. */
function alike(facts: Facts, refused: readonly RefusedRestart[]): readonly RefusedRestart[] {
  const named = refused.map(({ vms, by }) => ({ vms, by: withHostNames(facts, by) }));
  return [...groupBy(named, ({ by }) => (by.length === 0 ? "" : reasonsInWords(by))).values()].map((group) => ({
    vms: group.flatMap(({ vms }) => vms),
    by: group[0]!.by,
  }));
}

function whyInWords({ nameOf }: Facts, groups: readonly RefusedRestart[]): string {
  if (groups.length === 0) return "";
  const reasons = groups.slice(0, SHOWN).map(({ vms, by }) => {
    const why = by.length === 0 ? "no other host is left" : reasonsInWords(by);
    return groups.length === 1 ? why : `${why} for ${listing(vms.map(nameOf))}`;
  });
  const more = groups.length - reasons.length;
  return `: ${reasons.join("; ")}${more > 0 ? `; other reasons for ${more} more` : ""}`;
}

/** Against the first reason: what to keep free, where devices are what is missing. */
function fixFor(facts: Facts, judged: ClusterJudgement, [group]: readonly RefusedRestart[]): string | undefined {
  if (group === undefined || group.by.length === 0) return undefined;
  if (!isAboutDevicesAlone(group.by)) return remedyOf(facts, judged, group.by);
  const asking = group.vms.filter((vm) => requestsOf(facts, judged, vm).length > 0);
  const needs = groupBy(asking, (vm) => requestsInWords(requestsOf(facts, judged, vm)));
  if (needs.size === 0 || needs.size > SHOWN) return undefined;
  const words = [...needs].map(([need, [vm = "", ...others]]) =>
    others.length === 0 ? `${need} for ${facts.nameOf(vm)}` : `${need} for each of ${others.length + 1} VMs`,
  );
  return `keep free on other hosts, with its memory, ${listing(words)}, or run fewer VMs`;
}
