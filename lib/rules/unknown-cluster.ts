import { Facts, PlacedVm } from "./facts/facts";
import { remarksOf } from "./facts/remarks";
import { nearMiss, quoted } from "../model";
import { Hit, Rule } from "./rule";

export const unknownCluster: Rule = {
  id: "unknown-cluster",
  severity: "error",
  explains: "unknown",
  title: "a VM's cluster is not known, or the inventory does not declare it",
  explanation:
    "A VM in a cluster that the inventory does not declare is not judged: a note where it asks for no devices, else an error. " +
    "A VM whose cluster can't be known may be in any that the stack does not rule out: each of those is unknown, unless its verdict is " +
    "the same with the VM and without it, which is then a warning.",
  fix: "declare the cluster in an inventory, or let resource_pool_id lead to one that is declared",
  check: (facts) => {
    const matters = whereItMatters(facts);
    return facts.vms.flatMap((placed) => hitsOf(facts, placed, matters));
  },
};

/** Whether some verdict hangs on where a VM is, by its address; where the engine does not say, it may. */
function whereItMatters(facts: Facts): (vm: string) => boolean {
  const found = new Map<string, boolean>();
  for (const { remark } of remarksOf(facts, "may-be-elsewhere")) found.set(remark.vm, remark.matters || found.get(remark.vm) === true);
  return (vm) => found.get(vm) ?? true;
}

function hitsOf(facts: Facts, { vm, clusterPlace, resolved, place }: PlacedVm, matters: (vm: string) => boolean): readonly Hit[] {
  const name = facts.nameOf(vm.address);
  if (clusterPlace.kind === "unknown") {
    const message = `the cluster of ${name} is not known: ${clusterPlace.why}`;
    if (matters(vm.address)) return [{ ...place, message }];
    return [{ ...place, severity: "warning", message: `${message}; each that it can be in has the same verdict with it and without it` }];
  }
  if (clusterPlace.kind === "declared") return [];
  const { name: cluster, words, instead } = clusterPlace;
  const asksForNothing = resolved.requests.known && resolved.requests.value.length === 0;
  const known = facts.inventory.clusters.map(({ name }) => name);
  const suggestion = cluster === undefined || instead !== undefined ? undefined : nearMiss(cluster, known);
  const rest = instead !== undefined ? ` (${instead})` : suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const is = asksForNothing ? "is" : resolved.requests.known ? "asks for devices" : "may ask for devices";
  const message = `${name} ${is} in ${words}, which the inventory does not declare`;
  return [{ ...place, severity: asksForNothing ? "note" : "error", message: `${message}: it is not judged${rest}` }];
}
