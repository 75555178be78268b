import { Cluster, groupBy, listing, pickRequests, quoted } from "../model";
import { knownRequests } from "./facts/asks";
import { ClusterFacts, Facts } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { PlacedChange } from "./facts/placed-changes";
import { Rule } from "./rule";

export const unusedLabel: Rule = {
  id: "unused-label",
  severity: "note",
  title: "the plan sets a hardware label that nothing asks for",
  explanation:
    "No VM of the stacks, no running or planned VM and no template asks for the label. It fences nothing in, and does not keep requests " +
    "without a label away from the device.",
  fix: "let VMs ask for the label, or correct or remove it",
  check: (facts) =>
    facts.clusters.flatMap((inCluster) => {
      const set = facts.changes.filter(({ cluster, change }) => cluster === inCluster.cluster && givenLabel(change) !== undefined);
      if (set.length === 0 || !everyRequestIsKnown(facts, inCluster)) return [];
      const asked = labelsAskedFor(facts, inCluster);
      const unused = set.filter(({ change }) => !asked.has(givenLabel(change) ?? ""));
      return [...groupBy(unused, ({ change }) => givenLabel(change) ?? "")].map(([label, changes]) => {
        const setters = `${listing(changes.map(({ change }) => change.address))} ${changes.length === 1 ? "sets" : "set"}`;
        const message = `no VM and no template asks for the label ${quoted(label)}, which ${setters}`;
        return { ...placeOfAll(changes.map(({ place }) => place)), message };
      });
    }),
};

function givenLabel({ hardwareLabel }: PlacedChange["change"]): string | undefined {
  return hardwareLabel?.known ? hardwareLabel.value : undefined;
}

/** Of the VMs that are, or may be, in the cluster. */
function everyRequestIsKnown({ vms }: Facts, { cluster }: ClusterFacts): boolean {
  return vms.every(
    ({ clusterPlace, cluster: own, resolved }) => resolved.requests.known || (clusterPlace.kind !== "unknown" && own !== cluster),
  );
}

function labelsAskedFor({ inventory, vms }: Facts, { cluster, askers }: ClusterFacts): ReadonlySet<string> {
  // Templates are cloned into any cluster, and a VM whose cluster is not known may be in this one.
  const templates = inventory.clusters.flatMap((each) => each.templates.flatMap(({ requests }) => requests));
  const elsewhere = pickRequests(vms.filter(({ clusterPlace }) => clusterPlace.kind === "unknown").flatMap(knownRequests), {
    dynamic: true,
    static: false,
  });
  const requests = [...askers.flatMap((asker) => asker.requests), ...templates, ...elsewhere];
  return new Set([...requests.flatMap(({ label }) => label ?? []), ...labelsOfRunning(cluster)]);
}

/** What running VMs ask for at their next power-on: where that is not declared, the labels of what they hold. */
function labelsOfRunning({ hosts, vms }: Cluster): readonly string[] {
  return vms.flatMap(({ host, devices, requests }) => {
    if (requests !== undefined) return requests.flatMap(({ label }) => label ?? []);
    if (devices.length === 0) return [];
    const held = hosts.find(({ name }) => name === host)?.devices.filter(({ address }) => devices.includes(address)) ?? [];
    return held.flatMap(({ label }) => label ?? []);
  });
}
