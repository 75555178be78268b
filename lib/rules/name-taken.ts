import { groupBy } from "../model";
import { isMade } from "./facts/asks";
import { PlacedVm } from "./facts/facts";
import { namesOf, placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const nameTaken: Rule = {
  id: "name-taken",
  severity: "error",
  title: "several VMs are made under one name",
  explanation:
    "A name is there once in a folder: vCenter refuses the second VM (DuplicateName), and the apply fails. A name that leaves count or " +
    "for_each out is the most common reason.",
  fix: "give each VM a name of its own, or a folder",
  check: (facts) => {
    const made = facts.vms.filter((placed) => placed.cluster !== undefined && placed.vm.folderOpen !== true && isMade(placed));
    return [...groupBy(made, keyOf).values()].flatMap((vms) => {
      const { name } = vms[0]!.vm;
      if (vms.length < 2 || !name.known || name.value === "") return [];
      const message = `${namesOf(facts, vms)} are called "${name.value}" in one folder: vCenter refuses all but one`;
      return [{ ...placeOfAll(vms.map(({ place }) => place)), message }];
    });
  },
};

function keyOf({ vm: { name, folder = "", address }, cluster }: PlacedVm): string {
  return JSON.stringify([cluster!.name, folder.replace(/^\/+|\/+$/g, ""), name.known ? name.value : address, name.known]);
}
