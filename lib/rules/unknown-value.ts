import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const unknownValue: Rule = {
  id: "unknown-value",
  severity: "warning",
  title: "a value that a verdict may need is not known",
  explanation: "The files don't determine a number or a name of the VM. Where a verdict hangs on it, the verdict is unknown.",
  example: "train-4: not known: ${var.memory}",
  fix: "give the value: --var, --var-file, or a default",
  check: (facts) =>
    remarksOf(facts, "unknown-value").map(({ judged, remark }) => ({
      ...facts.placeOf(judged, remark.vm),
      message: `${facts.nameOf(remark.vm)}: not known: ${remark.why}`,
    })),
};
