import { groupBy, quoted } from "../model";
import { isMade } from "./facts/asks";
import { namesOf } from "./facts/fold";
import { Facts, PlacedVm, resourcePlace } from "./facts/facts";
import { Hit, Rule } from "./rule";

export const templateSourceRefused: Rule = {
  id: "template-source-refused",
  severity: "error",
  title: "a passthru_template is copied from a template that carries devices",
  explanation:
    "The passthru provider refuses a source that carries PCI devices: the copy would have both, and nobody asked for the source's. The plan " +
    "or the apply fails there, and makes none of the VMs that are cloned from it. They are judged as if it had its own devices alone.",
  fix: "copy a template without devices, or clone the VMs from this one as it is",
  check: (facts) => {
    const refused = facts.vms.filter((placed) => placed.resolved.refusedSource !== undefined && isMade(placed));
    return [...groupBy(refused, ({ vm }) => vm.carriers.stackTemplate?.address ?? vm.address).values()].map((vms) => hitOf(facts, vms));
  },
};

function hitOf(facts: Facts, vms: readonly PlacedVm[]): Hit {
  const { vm, resolved } = vms[0]!;
  const { stackTemplate = vm } = vm.carriers;
  const source = quoted(resolved.refusedSource!.name);
  return {
    ...resourcePlace(stackTemplate),
    vms: vms.map((placed) => placed.vm.address),
    message:
      `${stackTemplate.address}, from which ${namesOf(facts, vms)} ${vms.length === 1 ? "is" : "are"} cloned, is copied from ${source}, ` +
      "which carries devices itself: the passthru provider refuses such a source",
    fix: `copy a template without devices, or clone from ${source} itself`,
  };
}
