import { DEVICE_CHANGE_ACTIONS, distinct, groupBy, hostOf, listing } from "../../model";
import { Asker, ClusterFacts, Facts, Place } from "./facts";
import { placeOfAll } from "./fold";

/** Labels that are the same to a careless eye have the same key: it ignores case and white space. */
export function nearKey(label: string): string {
  return label.replace(/\s+/gu, "").toLowerCase();
}

export interface DeviceLabels {
  /** Labels that devices of the cluster have, or get by this plan; sorted. */
  readonly labels: readonly string[];
  /** False where the plan gives labels, or labels devices of hosts, that are not known. */
  readonly complete: boolean;
}

export function deviceLabels({ plan }: Facts, { cluster }: ClusterFacts): DeviceLabels {
  const labels = cluster.hosts.flatMap(({ devices }) => devices.flatMap(({ label }) => (label === undefined ? [] : [label])));
  let complete = true;
  for (const { action, host, hardwareLabel } of plan.deviceChanges) {
    if (
      DEVICE_CHANGE_ACTIONS[action].givesBack ||
      hardwareLabel === undefined ||
      (hardwareLabel.known && hardwareLabel.value === undefined)
    )
      continue;
    const place = host.known ? hostOf(host.value, cluster) : host;
    if (place.known && place.value === undefined) continue;
    if (hardwareLabel.known && hardwareLabel.value !== undefined) labels.push(hardwareLabel.value);
    else complete = false;
  }
  return { labels: distinct(labels), complete };
}

export interface LabelAskers {
  readonly label: string;
  /** Who asks for it, with `asks` or `ask`. */
  readonly names: string;
  readonly ask: string;
  readonly place: Place;
  readonly vms: readonly string[];
}

/** The labels that are asked for and meet the condition, each with those who ask for it. */
export function askersByLabel(askers: readonly Asker[], condition: (label: string) => boolean): readonly LabelAskers[] {
  const asked = askers.flatMap((asker) =>
    distinct(asker.requests.flatMap(({ label }) => label ?? []))
      .filter(condition)
      .map((label) => ({ label, asker })),
  );
  return [...groupBy(asked, ({ label }) => label)].map(([label, entries]) => ({
    label,
    names: listing(entries.map(({ asker }) => asker.name)),
    ask: entries.length === 1 ? "asks" : "ask",
    place: placeOfAll(entries.map(({ asker }) => asker.place)),
    vms: entries.flatMap(({ asker }) => asker.vms),
  }));
}
