import { PlanNote } from "../../model";
import { isNewer, Placed, VM } from "../placed";
import { Computed, isList, isMap, Value } from "../expression/value";
import { Attributes } from "./attributes";
import { mentioned, notKnown } from "./not-followed";

/** One note for each type or argument that is newer than what is known of the provider, unless a judgement is not known by it. */
export function newerNotes(placed: readonly Placed[]): readonly PlanNote[] {
  const notes = new Map<string, PlanNote>();
  for (const place of placed) {
    const { attributes, resource, address, metadata, action } = place;
    const newerType = isNewer(resource.type);
    if (action === "none" || action === "delete" || !(newerType || resource.type === VM)) continue;
    const what = newerType ? [`the type ${resource.type}`] : notKnown(place).map((path) => `the argument ${path}`);
    const mentions = newerType ? mentioned(Object.keys(resource.block.body), attributes) : { clusters: [], hosts: [] };
    if (mentions.clusters.length + mentions.hosts.length > 0) continue;
    const isAboutVm = !newerType || namesVm(attributes);
    for (const each of what) {
      if (notes.has(each)) continue;
      const about = isAboutVm ? ", and may decide where the VM starts" : "";
      const message = `${each} is newer than what is known of the provider: what it does is not judged${about}`;
      const severity = isAboutVm ? "warning" : "note";
      notes.set(each, { rule: "newer-than-known", severity, resource: address, source: metadata.source, message });
    }
  }
  return [...notes.values()];
}

function namesVm({ instance }: Attributes): boolean {
  const isVm = (value: Value): boolean => {
    if (value instanceof Computed) return value.instance.type.replace(/^data\./, "") === VM;
    if (isList(value)) return value.some(isVm);
    return isMap(value) && [...value.values()].some(isVm);
  };
  return Object.keys(instance.block.body).some((name) => instance.isSet(name) && isVm(instance.attribute(name)));
}
