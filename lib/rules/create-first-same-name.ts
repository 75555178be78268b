import { PlacedVm } from "./facts/facts";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

const WHY = "vCenter refuses a second VM of that name in its folder, so that this can never be applied";

export const createFirstSameName: Rule = {
  id: "create-first-same-name",
  severity: "error",
  title: "a VM is replaced create-first under the name that it keeps",
  explanation:
    "With create_before_destroy, its own or that of something that depends on it, the new VM is cloned while the old one is there. Two " +
    "VMs of one name can't be in one folder: the clone fails, nothing is destroyed, and every further plan is the same.",
  fix: "remove create_before_destroy from the VM and from what depends on it, or change the name together with what replaces it",
  check: (facts) => {
    const message = (vm: string): string => `${facts.nameOf(vm)} is replaced create-first under the same name: ${WHY}`;
    const planned = facts.vms.filter(keepsItsName).map(({ vm, place }) => ({ ...place, message: message(vm.address) }));
    const fromStacks = remarksOf(facts, "create-first").map(({ judged, remark: { vm } }) => ({
      ...facts.placeOf(judged, vm),
      message: message(vm),
    }));
    return [...planned, ...fromStacks];
  },
};

/** The plan names both: the name that it runs under now is told where that is another one. */
function keepsItsName({ vm }: PlacedVm): boolean {
  return vm.action === "replace-create-first" && vm.runningName === undefined && vm.name.known && vm.move?.toOtherFolder !== true;
}
