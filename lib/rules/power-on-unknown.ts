import { listing } from "../model";
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
          ...whatSettles(judged, ["sub-ids", "power-on"]),
        }));
      }),
};
