import { Facts, PlacedVm } from "./facts/facts";
import { remarksOf } from "./facts/remarks";
import { ClusterPlace, nearMiss, quoted, Undeclared } from "../model";
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

function hitsOf(facts: Facts, placed: PlacedVm, matters: (vm: string) => boolean): readonly Hit[] {
  const { clusterPlace } = placed;
  if (clusterPlace.kind === "unknown") return [unknownHit(facts, placed, clusterPlace, matters)];
  return clusterPlace.kind === "undeclared" ? [undeclaredHit(facts, placed, clusterPlace)] : [];
}

type Unknown = Extract<ClusterPlace, { kind: "unknown" }>;

function unknownHit(facts: Facts, placed: PlacedVm, { why, hasUndeclared }: Unknown, matters: (vm: string) => boolean): Hit {
  const { vm, place } = placed;
  const message = `the cluster of ${facts.nameOf(vm.address)} is not known: ${why}`;
  if (matters(vm.address) || (hasUndeclared && !asksForNothing(placed))) return { ...place, message };
  return { ...place, severity: "warning", message: `${message}; each that it can be in has the same verdict with it and without it` };
}

function undeclaredHit(facts: Facts, placed: PlacedVm, { name: cluster, words, instead }: Undeclared): Hit {
  const { vm, resolved, place } = placed;
  const known = facts.inventory.clusters.map(({ name }) => name);
  const suggestion = cluster === undefined || instead !== undefined ? undefined : nearMiss(cluster, known);
  const rest = instead !== undefined ? ` (${instead})` : suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const is = asksForNothing(placed) ? "is" : resolved.requests.known ? "asks for devices" : "may ask for devices";
  const message = `${facts.nameOf(vm.address)} ${is} in ${words}, which the inventory does not declare: it is not judged${rest}`;
  return { ...place, severity: asksForNothing(placed) ? "note" : "error", message };
}

function asksForNothing({ resolved }: PlacedVm): boolean {
  return resolved.requests.known && resolved.requests.value.length === 0;
}
