import { distinct, groupBy, listing } from "../model";
import { Facts } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { missingVmFix } from "./facts/missing-vm";
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
    const open = remarksOf(facts, "unknown-value").filter(({ remark: { vm, why } }) => explained.get(vm) !== why);
    // Many VMs lack one value: one finding says so.
    return [...groupBy(open, ({ judged, remark: { why } }) => JSON.stringify([judged.name, why])).values()].map((alike) => {
      const vms = distinct(alike.map(({ remark: { vm } }) => vm));
      const fix = missingVmFix(facts, vms[0]!);
      const others = vms.length === 1 ? "" : "\nand the others likewise";
      return {
        ...placeOfAll(alike.map(({ judged, remark: { vm } }) => facts.placeOf(judged, vm))),
        message: `${listing(vms.map(facts.nameOf))}: not known: ${alike[0]!.remark.why}`,
        ...(fix !== undefined && { fix: fix + others }),
      };
    });
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
