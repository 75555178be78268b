import { counted } from "../model";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const tooManyFailures: Rule = {
  id: "too-many-failures",
  severity: "warning",
  title: "as many host failures are to be tolerated as there are usable hosts",
  explanation: "With every usable host down nothing can restart, whatever is planned.",
  fix: "tolerate fewer failures than there are usable hosts (host_failures_to_tolerate, --failures)",
  check: (facts) =>
    remarksOf(facts, "too-many-failures").map(({ judged, remark: { hostFailures, usable } }) => ({
      ...facts.placeOf(judged),
      message: `${judged.name}: can't tolerate ${counted(hostFailures, "host failure")} with ${counted(usable, "usable host")}`,
    })),
};
