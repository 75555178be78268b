import { counted, groupBy, nearMiss, quoted } from "../model";
import { namesOf, placeOfAll } from "./facts/fold";
import { Facts, PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";

export const undeclaredTemplate: Rule = {
  id: "undeclared-template",
  severity: "warning",
  title: "a VM's template is declared neither in a stack nor in the inventory",
  explanation:
    "A template that nothing declares is taken to carry no device; an OVF or OVA counts as one, under its file's name. An inventory that was pulled from a live system, and says that it is " +
    "complete, has every template, so there it is an error: the stack's data source won't find it. Of VMs that don't reserve all their " +
    "memory, as devices need, it is a note.",
  fix: "declare the template in the inventory, with its devices or with none",
  check: (facts) => {
    const undeclared = facts.vms.filter(({ resolved }) => resolved.undeclaredTemplate !== undefined);
    const groups = groupBy(undeclared, ({ resolved, place }) => JSON.stringify([place.cluster ?? "", resolved.undeclaredTemplate]));
    return [...groups.values()].flatMap((vms) => hitOf(facts, vms));
  },
};

function hitOf(facts: Facts, vms: readonly PlacedVm[]): readonly Hit[] {
  const [first] = vms;
  const name = first?.resolved.undeclaredTemplate;
  if (first === undefined || name === undefined) return [];
  const suggestion = nearMiss(
    name,
    facts.inventory.clusters.flatMap(({ templates }) => templates.map((template) => template.name)),
  );
  const isOvf = vms.some(({ vm }) => vm.madeFrom?.known === true && vm.madeFrom.value === "ovf");
  // No pull lists what is in a file, nor an item of a library that the stack makes itself.
  const fromTemplates = vms.every(({ vm: { madeFrom } }) => madeFrom === undefined || (madeFrom.known && madeFrom.value === "template"));
  const missing = first.cluster?.origin?.complete === true && fromTemplates;
  const known = vms.every(({ resolved }) => resolved.requests.known);
  const taken = missing
    ? "the inventory lists every template and does not have it"
    : known
      ? "it is taken to carry no device"
      : "whether it carries devices is not known";
  const shared = !missing && known ? vgpusOf(first) : 0;
  const hint =
    shared === 0 ? "" : `, but can carry a vGPU: ${counted(shared, "GPU")} of the cluster ${shared === 1 ? "is" : "are"} in vGPU mode`;
  const meant = suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const how = isOvf ? "deployed from the OVF" : "cloned from";
  const cloned = `${namesOf(facts, vms)} ${vms.length === 1 ? "is" : "are"} ${how} ${quoted(name)}`;
  const message = `${cloned}, which nothing declares: ${taken}${hint}${meant}`;
  const fix = `declare it in the inventory: template ${quoted(name)} { vgpu "PROFILE" {} }, or template ${quoted(name)} {} without any`;
  return [
    {
      ...placeOfAll(vms.map(({ place }) => place)),
      message,
      severity: missing ? "error" : known && shared === 0 && vms.every(reservesLess) ? "note" : "warning",
      ...(shared > 0 && { fix }),
    },
  ];
}

/** Nobody who means it to have a device leaves memory unreserved: it would not start. */
function reservesLess({ vm: { memoryMb, memoryReservationMb } }: PlacedVm): boolean {
  return memoryMb.known && memoryReservationMb.known && memoryReservationMb.value < memoryMb.value;
}

/** The GPUs in vGPU mode of the VM's cluster, which such a template may be meant for. */
function vgpusOf({ cluster }: PlacedVm): number {
  const devices = (cluster?.hosts ?? []).flatMap((host) => host.devices);
  return devices.filter(({ passthrough, reserved }) => passthrough === "vgpu" && reserved === undefined).length;
}
