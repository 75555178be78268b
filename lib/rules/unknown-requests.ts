import { PlacedVm } from "./facts/facts";
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
  check: (facts) => {
    const inWords = (vm: string, why: string): string => `which devices ${facts.nameOf(vm)} asks for is not known: ${why}`;
    const fromPlan = facts.vms.flatMap((placed) => {
      const { vm, place, resolved } = placed;
      if (resolved.requests.known || !matters(placed)) return [];
      const fix = vm.carriers.vgpu === undefined ? {} : { fix: "ask for whole devices, or keep the VM in a stack that is not checked" };
      return [{ ...place, message: inWords(vm.address, resolved.requests.why), ...fix }];
    });
    const found = new Set(fromPlan.map(({ resource }) => resource));
    const fromEngine = remarksOf(facts, "unknown-requests").flatMap(({ judged, remark: { vm, why } }) =>
      found.has(vm) ? [] : [{ ...facts.placeOf(judged, vm), message: inWords(vm, why) }],
    );
    return [...fromPlan, ...fromEngine];
  },
};

/** Of a VM that the plan leaves alone nothing needs to be known; one outside every cluster has a rule of its own. */
function matters({ vm, clusterPlace }: PlacedVm): boolean {
  return vm.action !== "none" && clusterPlace.kind !== "undeclared";
}
