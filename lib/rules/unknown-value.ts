import { Facts } from "./facts/facts";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const unknownValue: Rule = {
  id: "unknown-value",
  severity: "warning",
  title: "a value that a verdict may need is not known",
  explanation: "The files don't determine a number or a name of the VM. Where a verdict hangs on it, the verdict is unknown.",
  fix: "give the value (--var, --var-file, a default) or a plan that has it, or declare in the inventory what is missing there",
  check: (facts) => {
    const explained = explainedElsewhere(facts);
    return remarksOf(facts, "unknown-value")
      .filter(({ remark: { vm, why } }) => explained.get(vm) !== why)
      .map(({ judged, remark: { vm, why } }) => ({ ...facts.placeOf(judged, vm), message: `${facts.nameOf(vm)}: not known: ${why}` }));
  },
};

/** What unknown-cluster and unknown-requests say of a VM. */
function explainedElsewhere({ vms }: Facts): ReadonlyMap<string, string> {
  return new Map(
    vms.flatMap(({ vm, clusterPlace, resolved }): readonly (readonly [string, string])[] => {
      if (clusterPlace.kind === "unknown") return [[vm.address, clusterPlace.why]];
      return resolved.requests.known ? [] : [[vm.address, resolved.requests.why]];
    }),
  );
}
