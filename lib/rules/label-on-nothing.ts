import { listing, quoted } from "../model";
import { askersByLabel, deviceLabels, nearKey } from "./facts/labels";
import { Rule } from "./rule";

export const labelOnNothing: Rule = {
  id: "label-on-nothing",
  severity: "warning",
  refuses: ["no-matching-device"],
  title: "a VM asks for a hardware label that no device of its cluster has",
  explanation: "Only a device with exactly that label can be given to the VM, and neither the inventory nor the plan gives it to one.",
  fix: "label the devices (hardware_label of a passthru_host_device), or ask for a label that devices have",
  check: (facts) =>
    facts.clusters.flatMap((inCluster) => {
      const { labels, complete } = deviceLabels(facts, inCluster);
      if (!complete) return [];
      const known = new Set(labels.map(nearKey)); // a near miss has a rule of its own
      const have = labels.length === 0 ? "none has a label" : `they have ${listing(labels.map(quoted))}`;
      return askersByLabel(inCluster.askers, (label) => !known.has(nearKey(label))).map(({ label, names, place, ask, vms }) => ({
        ...place,
        vms,
        message: `${names} ${ask} for the label ${quoted(label)}, which no device of ${inCluster.cluster.name} has; ${have}`,
      }));
    }),
};
