import { existingVmOf, groupBy, PLAN_ACTIONS, PlanVm, runningNameOf } from "../model";
import { isMade } from "./facts/asks";
import { Facts, PlacedVm } from "./facts/facts";
import { namesOf, placeOfAll } from "./facts/fold";
import { Hit, Rule } from "./rule";

export const nameTaken: Rule = {
  id: "name-taken",
  severity: "error",
  title: "a VM is made under a name that another has",
  explanation:
    "A name is there once in a folder: vCenter refuses the second VM (DuplicateName), and the apply fails. A name that leaves count or " +
    "for_each out is the most common reason.",
  fix: "give each VM a name of its own, or a folder",
  check: (facts) => {
    const made = facts.vms.filter((placed) => placed.cluster !== undefined && placed.vm.folderOpen !== true && isMade(placed));
    return [...groupBy(made, keyOf).values()]
      .flatMap((vms) => {
        const { name } = vms[0]!.vm;
        if (vms.length < 2 || !name.known || name.value === "") return [];
        const message = `${namesOf(facts, vms)} are called "${name.value}" in one folder: vCenter refuses all but one`;
        return [{ ...placeOfAll(vms.map(({ place }) => place)), message }];
      })
      .concat(made.flatMap((placed) => takenIn(facts, placed)));
  },
};

/** A plan creates a VM whose name one of the inventory has that the plan leaves in its place. */
function takenIn(facts: Facts, { vm, cluster, place }: PlacedVm): readonly Hit[] {
  if (vm.action !== "create" || cluster === undefined || !vm.name.known) return [];
  const { value: name } = vm.name;
  const found = existingVmOf(vm, [...cluster.vms, ...(cluster.poweredOff ?? [])]);
  if (found === undefined || facts.plan.vms.some((other) => leaves(other, name))) return [];
  const isSure = found !== "several" && found.folder !== undefined && vm.folder !== undefined;
  const message = `${facts.nameOf(vm.address)} is created, and the inventory has a VM called "${name}"${isSure ? " in that folder" : ""} already: vCenter refuses a second one in one folder`;
  return [{ ...place, message, ...(!isSure && { severity: "warning" as const }) }];
}

/** The plan destroys the VM that has the name now, or gives it another. */
function leaves(vm: PlanVm, name: string): boolean {
  const now = runningNameOf(vm);
  return now.known && now.value === name && (PLAN_ACTIONS[vm.action].destroysFirst || (vm.name.known && vm.name.value !== name));
}

function keyOf({ vm: { name, folder = "", address }, cluster }: PlacedVm): string {
  return JSON.stringify([cluster!.name, folder.replace(/^\/+|\/+$/g, ""), name.known ? name.value : address, name.known]);
}
