import { ClusterPicture, counted, formatPciId, InventoryPicture, listing, parsePciId } from "../model";
import { Answer, Names, namesIn, useOf } from "../wording";
import { answerLines } from "./answers";
import { headLines } from "./head";
import { align, wrap } from "./lines";
import { Look } from "./look";
import { pictureLines } from "./picture";

/** What an inventory declares: each cluster with its devices by class and by host, and what else is in it. */
export function inventory(picture: InventoryPicture, look: Look): string {
  const names = namesIn(picture);
  const clusters = picture.clusters.map((cluster) => clusterLines(cluster, names, look));
  const blocks = [wrap(picture.files.join(", "), look.columns, "", ""), ...clusters];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function clusterLines(cluster: ClusterPicture, names: Names, look: Look): readonly string[] {
  const classes = classAnswers(cluster, names);
  return [
    ...headLines(cluster, names, look),
    ...(classes.length > 0 ? [...answerLines(classes, look), ""] : []),
    ...pictureLines(cluster, names, look, "full"),
    ...otherLines(cluster, look.columns),
  ];
}

/** What is free of each class of devices: those of one id and label. */
function classAnswers({ hosts }: ClusterPicture, names: Names): readonly Answer[] {
  const classes = new Map<string, { readonly id: string; readonly label?: string; free: number; capacity: number; none: number }>();
  for (const { devices, state } of hosts) {
    for (const device of devices) {
      const id = shortId(device.id);
      const key = JSON.stringify([id, device.label ?? null]);
      const labelled = device.label === undefined ? {} : { label: device.label };
      const found = classes.get(key) ?? { id, ...labelled, free: 0, capacity: 0, none: 0 };
      classes.set(key, found);
      const use = useOf(device, state);
      if (use === "none") found.none++;
      else found.capacity++;
      if (use === "free") found.free++;
    }
  }
  const sorted = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  const kinds = align(sorted.map(({ id, label }) => [names.device(id), names.device(id) === id ? "" : id, label ?? "no label"]));
  return sorted.map(({ free, capacity, none }, i) => {
    const note = none === 0 ? "" : `${none} × no capacity`;
    return { title: "free", verdict: `${free} of ${capacity}`, text: [kinds[i], note].filter(Boolean).join("  ").trimEnd() };
  });
}

/** Vendor and device alone: sub-ids that only some hosts declare make no class of their own here. */
function shortId(id: string): string {
  const parsed = parsePciId(id);
  return parsed === undefined ? id : formatPciId({ vendor: parsed.vendor, device: parsed.device });
}

function otherLines({ otherVms, templates, planned }: ClusterPicture, columns: number): readonly string[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["run without devices", otherVms],
    ["planned", planned.map(({ name, count, devices }) => `${name} ×${count} (${counted(devices, "device")} each)`)],
    ["templates", templates.map(({ name, devices }) => `${name} (${counted(devices, "device")})`)],
  ];
  return lists.flatMap(([title, names]) => (names.length === 0 ? [] : wrap(listing(names), columns, `  ${title}: `, "    ")));
}
