import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const unknownRequests: Rule = {
  id: "unknown-requests",
  severity: "error",
  title: "which devices a VM asks for is not known",
  explanation:
    "The VM is set up for GPUs, or its template can't be found out, and nothing says which devices it asks for. Its cluster's verdicts " +
    "are then unknown.",
  example: 'which devices train-4 asks for is not known: nothing declares which devices the template "ubuntu" carries',
  fix: "clone it from an AcceleratedTemplate, or declare its template with its devices in the inventory",
  check: (facts) =>
    remarksOf(facts, "unknown-requests").map(({ judged, remark }) => ({
      ...facts.placeOf(judged, remark.vm),
      message: `which devices ${facts.nameOf(remark.vm)} asks for is not known: ${remark.why}`,
    })),
};
