import { groupBy, listing, quoted } from "../model";
import { ClusterFacts } from "./facts/facts";
import { askersByLabel, deviceLabels, nearKey } from "./facts/labels";
import { Hit, Rule } from "./rule";

export const labelNearMiss: Rule = {
  id: "label-near-miss",
  severity: "warning",
  refuses: ["no-matching-device"],
  title: "hardware labels differ only by case or white space",
  explanation: "Labels are compared byte for byte. Two that look the same keep a VM from devices that were meant for it.",
  fix: "spell the label the same everywhere",
  check: (facts) =>
    facts.clusters.flatMap((inCluster) => {
      const { labels } = deviceLabels(facts, inCluster);
      return [...amongDevices(labels, inCluster), ...betweenRequestsAndDevices(labels, inCluster)];
    }),
};

function amongDevices(labels: readonly string[], { cluster: { name, source } }: ClusterFacts): readonly Hit[] {
  const groups = [...groupBy(labels, nearKey).values()].filter(({ length }) => length > 1);
  return groups.map((alike) => ({
    cluster: name,
    source,
    message: `devices of ${name} have labels that differ only by case or white space: ${listing(alike.map(quoted))}`,
  }));
}

function betweenRequestsAndDevices(labels: readonly string[], { askers }: ClusterFacts): readonly Hit[] {
  const near = groupBy(labels, nearKey);
  return askersByLabel(askers, (label) => !labels.includes(label) && near.has(nearKey(label))).map(({ label, names, place, ask, vms }) => {
    const have = (near.get(nearKey(label)) ?? []).map(quoted);
    const fix = `ask for the label as the devices have it: ${listing(have, "or")}`;
    return { ...place, vms, fix, message: `${names} ${ask} for the label ${quoted(label)}, the devices have ${listing(have)}` };
  });
}
