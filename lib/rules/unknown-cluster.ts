import { Facts, PlacedVm } from "./facts/facts";
import { nearMiss, quoted } from "../model";
import { remarksOf } from "./facts/remarks";
import { Hit, Rule } from "./rule";

export const unknownCluster: Rule = {
  id: "unknown-cluster",
  severity: "error",
  title: "a VM's cluster is not known, or the inventory does not declare it",
  explanation:
    "A VM in a cluster that the inventory does not declare is not judged: a note where it asks for no devices, else an error. " +
    "A VM whose cluster can't be known may be in any, which leaves each of them unknown.",
  example: 'train-4 asks for devices in the cluster "gpu-test", which the inventory does not declare: it is not judged',
  fix: "declare the cluster in an inventory, or let resource_pool_id lead to one that is declared",
  check: (facts) => {
    const fromPlan = facts.vms.flatMap((placed) => hitsOf(facts, placed));
    const found = new Set(fromPlan.map(({ resource }) => resource));
    // The engine makes the same remark for every cluster that the VM may be in.
    const fromEngine = remarksOf(facts, "unknown-cluster").flatMap(({ judged, remark: { vm, why } }) => {
      if (found.has(vm)) return [];
      found.add(vm);
      return [{ ...facts.placeOf(judged, vm), message: unknown(facts, vm, why) }];
    });
    return [...fromPlan, ...fromEngine];
  },
};

function hitsOf(facts: Facts, { vm, clusterPlace, resolved, place }: PlacedVm): readonly Hit[] {
  if (clusterPlace.kind === "unknown") return [{ ...place, message: unknown(facts, vm.address, clusterPlace.why) }];
  if (clusterPlace.kind === "declared") return [];
  const asksForNothing = resolved.requests.known && resolved.requests.value.length === 0;
  const suggestion = nearMiss(
    clusterPlace.name,
    facts.inventory.clusters.map(({ name }) => name),
  );
  const rest = suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const is = asksForNothing ? "is" : resolved.requests.known ? "asks for devices" : "may ask for devices";
  const message = `${facts.nameOf(vm.address)} ${is} in the cluster ${quoted(clusterPlace.name)}, which the inventory does not declare`;
  return [{ ...place, severity: asksForNothing ? "note" : "error", message: `${message}: it is not judged${rest}` }];
}

function unknown(facts: Facts, vm: string, why: string): string {
  return `the cluster of ${facts.nameOf(vm)} is not known: ${why}`;
}
