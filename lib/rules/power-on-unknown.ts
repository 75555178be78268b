import { listing } from "../model";
import { Rule } from "./rule";

export const powerOnUnknown: Rule = {
  id: "power-on-unknown",
  severity: "error",
  title: "whether every VM starts could not be found out",
  explanation: "Something that decides it is not known, or the search reached its limit. Unknown is never a pass.",
  example: "gpu-prod: whether every VM starts is unknown: the requests of train-4 are not known",
  fix: "make known what is missing",
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
        }));
      }),
};
