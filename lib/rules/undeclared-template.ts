import { Cluster, groupBy, nearMiss, quoted } from "../model";
import { namesOf, placeOfAll } from "./facts/fold";
import { Facts, PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";

export const undeclaredTemplate: Rule = {
  id: "undeclared-template",
  severity: "warning",
  title: "a VM's template is declared neither in a stack nor in the inventory",
  explanation:
    "A template that nothing declares is taken to carry no device; an OVF or OVA counts as one, under its file's name. An inventory that was pulled from a live system has every template " +
    "with devices, so there it is an error.",
  fix: "declare the template in the inventory, with its devices or with none",
  check: (facts) => {
    const undeclared = facts.vms.filter(({ resolved }) => resolved.undeclaredTemplate !== undefined);
    const groups = groupBy(undeclared, ({ resolved, place }) => JSON.stringify([place.cluster ?? "", resolved.undeclaredTemplate]));
    return [...groups.values()].flatMap((vms) => hitOf(facts, vms));
  },
};

const VGPU =
  "; every GPU of the cluster is in vGPU mode, and a template may carry a vGPU: declare that as a vgpu block of the template, with its profile";

/** Some GPUs are in vGPU mode, and none of their makers' is left to be had as a whole. */
function isInVgpuUse({ hosts }: Cluster): boolean {
  const devices = hosts.flatMap((host) => host.devices);
  const shared = devices.filter(({ passthrough }) => passthrough === "vgpu");
  const makers = new Set(shared.map(({ id }) => id.vendor));
  return shared.length > 0 && devices.every(({ id, passthrough }) => passthrough === "vgpu" || !makers.has(id.vendor));
}

function hitOf(facts: Facts, vms: readonly PlacedVm[]): readonly Hit[] {
  const [first] = vms;
  const name = first?.resolved.undeclaredTemplate;
  if (first === undefined || name === undefined) return [];
  const suggestion = nearMiss(
    name,
    facts.inventory.clusters.flatMap(({ templates }) => templates.map((template) => template.name)),
  );
  const isOvf = vms.some(({ vm }) => vm.madeFrom?.known === true && vm.madeFrom.value === "ovf");
  // What is in a file no pull can list.
  const pulled = first.cluster?.origin !== undefined && !isOvf;
  const known = vms.every(({ resolved }) => resolved.requests.known);
  const taken = pulled
    ? "the inventory was pulled and does not have it"
    : known
      ? "it is taken to carry no device"
      : "whether it carries devices is not known";
  const shared = !pulled && known && first.cluster !== undefined && isInVgpuUse(first.cluster) ? VGPU : "";
  const meant = suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const how = isOvf ? "deployed from the OVF" : "cloned from";
  const cloned = `${namesOf(facts, vms)} ${vms.length === 1 ? "is" : "are"} ${how} ${quoted(name)}`;
  const message = `${cloned}, which nothing declares: ${taken}${meant}${shared}`;
  return [{ ...placeOfAll(vms.map(({ place }) => place)), message, severity: pulled ? "error" : "warning" }];
}
