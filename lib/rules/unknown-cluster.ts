import { ClusterPlace, groupBy, nearMiss, quoted, Severity, Undeclared } from "../model";
import { Facts, PlacedVm } from "./facts/facts";
import { namesOf, placeOfAll } from "./facts/fold";
import { remarksOf } from "./facts/remarks";
import { Hit, Rule } from "./rule";

export const unknownCluster: Rule = {
  id: "unknown-cluster",
  severity: "error",
  makesUnknown: true,
  explains: "unknown",
  title: "a VM's cluster is not known, or the inventory does not declare it",
  explanation:
    "A VM in a cluster that the inventory does not declare is not judged: a note where it asks for no devices, else an error. " +
    "A VM whose cluster can't be known may be in any that the stack does not rule out: each of those is unknown, unless its verdict is " +
    "the same with the VM and without it, which is then a warning.",
  fix: "declare the cluster in an inventory, or let resource_pool_id lead to one that is declared",
  check: (facts) => {
    const matters = whereItMatters(facts);
    const lost = facts.vms.flatMap((placed) => lostOf(placed, matters));
    // What keeps the gate shut is said of each VM, and what is the same of the others once.
    const groups = groupBy(lost, ({ placed, severity, why }) =>
      JSON.stringify(severity === "error" ? [placed.vm.address] : [severity, why]),
    );
    return [...groups.values()].flatMap((group) => hitOf(facts, group));
  },
};

interface Lost {
  readonly placed: PlacedVm;
  readonly severity: Severity;
  readonly where: Exclude<ClusterPlace, { kind: "declared" }>;
  readonly why: string;
}

/** Whether some verdict hangs on where a VM is, by its address; where the engine does not say, it may. */
function whereItMatters(facts: Facts): (vm: string) => boolean {
  const found = new Map<string, boolean>();
  for (const { remark } of remarksOf(facts, "may-be-elsewhere")) found.set(remark.vm, remark.matters || found.get(remark.vm) === true);
  return (vm) => found.get(vm) ?? true;
}

function lostOf(placed: PlacedVm, matters: (vm: string) => boolean): readonly Lost[] {
  const { clusterPlace: where, vm } = placed;
  if (where.kind === "declared") return [];
  if (where.kind === "undeclared") {
    const why = `${where.words} ${where.instead ?? ""}`;
    return [{ placed, severity: asksForNothing(placed) ? "note" : "error", where, why }];
  }
  const isOpen = matters(vm.address) || (where.hasUndeclared && !asksForNothing(placed));
  return [{ placed, severity: isOpen ? "error" : "warning", where, why: where.why }];
}

function hitOf(facts: Facts, lost: readonly Lost[]): readonly Hit[] {
  const [first] = lost;
  if (first === undefined) return [];
  const vms = lost.map(({ placed }) => placed);
  const message = first.where.kind === "undeclared" ? undeclaredWords(facts, vms, first.where) : unknownWords(facts, vms, first);
  const place = placeOfAll(vms.map(({ place }) => place));
  return [{ ...place, severity: first.severity, message, ...(isExpression(first) && { fix: FIX_OF_EXPRESSION }) }];
}

const FIX_OF_EXPRESSION =
  "give the value (--var, --var-file, a default) or a plan that has it, or let resource_pool_id lead to a cluster that the inventory declares";

/** The files don't determine it, as the expression that stands there says; else the inventory does not. */
function isExpression({ where, why }: Lost): boolean {
  return where.kind === "unknown" && why.startsWith("${");
}

function unknownWords(facts: Facts, vms: readonly PlacedVm[], { severity, why }: Lost): string {
  const message = `the cluster of ${namesOf(facts, vms)} is not known: ${why}`;
  if (severity === "error") return message;
  const [they, them] = vms.length === 1 ? ["it", "it"] : ["they", "them"];
  return `${message}; each that ${they} can be in has the same verdict with ${them} and without ${them}`;
}

function undeclaredWords(facts: Facts, vms: readonly PlacedVm[], { name: cluster, words, instead }: Undeclared): string {
  const known = facts.inventory.clusters.map(({ name }) => name);
  const suggestion = cluster === undefined || instead !== undefined ? undefined : nearMiss(cluster, known);
  const rest = instead !== undefined ? ` (${instead})` : suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  const [be, judged] = vms.length === 1 ? ["is", "it is"] : ["are", "they are"];
  const [asks] = vms.filter((placed) => !asksForNothing(placed));
  const verb = asks === undefined ? be : asks.resolved.requests.known ? "asks for devices" : "may ask for devices";
  return `${namesOf(facts, vms)} ${verb} in ${words}, which the inventory does not declare: ${judged} not judged${rest}`;
}

function asksForNothing({ resolved }: PlacedVm): boolean {
  return resolved.requests.known && resolved.requests.value.length === 0;
}
