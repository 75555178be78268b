import { listing, PlanNote } from "../../model";
import { isNewer, Placed, VM } from "../placed";
import { Computed, isList, isMap, Value } from "../expression/value";
import { Attributes } from "./attributes";
import { mentioned, notKnown } from "./not-followed";

/** One note for each resource with a type or arguments that nobody knows yet of the provider, unless a judgement is not known by it. */
export function newerNotes(placed: readonly Placed[]): readonly PlanNote[] {
  const notes: PlanNote[] = [];
  const seen = new Set<string>();
  for (const place of placed) {
    const { attributes, resource, address, metadata, action } = place;
    const newerType = isNewer(resource.type);
    if (action === "none" || action === "delete" || !(newerType || resource.type === VM)) continue;
    const names = (newerType ? [resource.type] : notKnown(place)).filter((name) => !seen.has(name));
    const mentions = newerType ? mentioned(Object.keys(resource.block.body), attributes) : { clusters: [], hosts: [] };
    if (names.length === 0 || mentions.clusters.length + mentions.hosts.length > 0) continue;
    for (const name of names) seen.add(name);
    const isAboutVm = !newerType || namesVm(attributes);
    const severity = isAboutVm ? "warning" : "note";
    notes.push({ rule: "newer-than-known", severity, resource: address, source: metadata.source, message: inWords(names, isAboutVm) });
  }
  return notes;
}

function inWords(names: readonly string[], isAboutVm: boolean): string {
  const it = names.length === 1 ? "it" : "they";
  const [does, decides] = names.length === 1 ? ["does", "decides"] : ["do", "decide"];
  const about = isAboutVm ? `, nor whether ${it} ${decides} where the VM starts` : "";
  return `the vSphere provider 2.16.1 has no ${listing(names)}: newer, or misspelled; what ${it} ${does} is not judged${about}`;
}

function namesVm({ instance }: Attributes): boolean {
  const isVm = (value: Value): boolean => {
    if (value instanceof Computed) return value.instance.type.replace(/^data\./, "") === VM;
    if (isList(value)) return value.some(isVm);
    return isMap(value) && [...value.values()].some(isVm);
  };
  return Object.keys(instance.block.body).some((name) => instance.isSet(name) && isVm(instance.attribute(name)));
}
