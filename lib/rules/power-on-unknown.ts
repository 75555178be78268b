import { ClusterJudgement, listing } from "../model";
import { Facts } from "./facts/facts";
import { missingVmFix } from "./facts/missing-vm";
import { whatSettles } from "./facts/what-settles";
import { Rule } from "./rule";

export const powerOnUnknown: Rule = {
  id: "power-on-unknown",
  severity: "error",
  explains: "unknown",
  title: "whether every VM starts could not be found out",
  explanation: "Something that decides it is not known, or the search reached its limit. Unknown is never a pass.",
  fix: "make known what is missing: declare it in the inventory, or give its value (--var, --var-file) or a plan that has it",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ powerOn }) => powerOn.verdict === "unknown")
      .flatMap((judged) => {
        const { why, canBeLeftOff } = judged.powerOn;
        const proved = canBeLeftOff.length === 0 ? "" : `; proved so far: ${listing(canBeLeftOff.map(facts.nameOf))} can be left off`;
        const reasons = why === undefined || why.length === 0 ? ["the reason was not recorded"] : why;
        return reasons.map((reason) => ({
          ...facts.placeOf(judged),
          message: `${judged.name}: whether every VM starts is unknown: ${reason}${proved}`,
          ...ofMissingVm(facts, judged, reason),
          ...whatSettles(judged, ["sub-ids", "power-on"]),
        }));
      }),
};

/** A reason that is about a VM names it, and says what is not known of it. */
function ofMissingVm(facts: Facts, { remarks }: ClusterJudgement, reason: string): { readonly fix?: string } {
  const vm = remarks.flatMap((remark) => (remark.kind === "unknown-value" && reason.endsWith(`: ${remark.why}`) ? [remark.vm] : []));
  const about = vm.find((address) => reason.startsWith(`${facts.vmAt(address)?.vm.label ?? address}: `));
  const fix = about === undefined ? undefined : missingVmFix(facts, about);
  return fix === undefined ? {} : { fix };
}
