import { isDeepStrictEqual } from "node:util";
import { Plan, PlanVm } from "../../../lib/model";
import { Fact, Facts, factsOfVm, Plain } from "./facts";

/** How what we say differs from what Terraform plans. */
export interface Disagreement {
  /** `!` is a wrong value, a VM that is dropped or invented; `?` something that is left unknown although Terraform knows it. */
  readonly mark: "!" | "?";
  /** Of the VM or module, where it has one. */
  readonly address: string;
  /** Where it is about one. */
  readonly attribute?: string;
  readonly says: string;
}

/** Everything that our reader says of a folder beside everything that Terraform plans: nothing more, nothing less. */
export function compare(theirs: Facts, { vms, notes }: Plan): readonly Disagreement[] {
  const unread = notes.filter(({ rule }) => rule === "module-not-read").map(({ resource = "" }) => resource);
  const ofUnknownNumber = vms.filter(({ unknownCount }) => unknownCount !== undefined);
  const byAddress = new Map(vms.map((vm) => [vm.address, vm]));
  const planned = [...theirs].flatMap(([address, facts]): readonly Disagreement[] => {
    const ours = byAddress.get(address);
    if (ours !== undefined && ours.unknownCount === undefined) return compareVm(facts, ours);
    const module = unread.find((each) => isInside(address, each));
    if (module !== undefined) return [{ mark: "?", address, says: `${module} is not read` }];
    const one = ofUnknownNumber.find((vm) => isInstanceOf(address, vm.address));
    if (one !== undefined) return [{ mark: one.unknownCount === "" ? "!" : "?", address, says: `how many there are: ${one.unknownCount}` }];
    return [{ mark: "!", address, says: "is dropped" }];
  });
  const invented = vms.filter(({ address, unknownCount }) => unknownCount === undefined && !theirs.has(address));
  return [...planned, ...invented.map(({ address }) => ({ mark: "!", address, says: "is invented" }) as const)];
}

/** The address of a module's resource, by its call's, which has no key. */
function isInside(address: string, module: string): boolean {
  return address.startsWith(`${module}.`) || address.startsWith(`${module}[`);
}

/** `resource` has no keys, of its modules neither where their number is what is not known. */
function isInstanceOf(address: string, resource: string): boolean {
  return address === resource || address.startsWith(`${resource}[`) || withoutKeys(address) === withoutKeys(resource);
}

function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function compareVm(theirs: ReadonlyMap<string, Fact>, vm: PlanVm): readonly Disagreement[] {
  const ours = factsOfVm(vm);
  return [...theirs].flatMap(([attribute, fact]) => {
    const own = ours.get(attribute)!;
    const mark = (MARK_OF[attribute] ?? markOf)(fact, own, attribute);
    return mark === undefined ? [] : [{ mark, address: vm.address, attribute, says: `Terraform: ${shown(fact)}; we: ${shown(own)}` }];
  });
}

/** What names a thing that Terraform has made an id of only after the apply. */
const REFERENCES = new Set(["host_system_id", "resource_pool_id", "template_uuid", "network_id", "datastore_id"]);

const MARK_OF: Readonly<Record<string, typeof markOf>> = {
  extra_config: markOfConfig,
  network_id: markOfNames,
  datastore_id: markOfNames,
};

function markOf(theirs: Fact, ours: Fact, attribute: string): Disagreement["mark"] | undefined {
  if ("open" in ours && ours.open === "") return "!";
  if ("open" in theirs) return "open" in ours || REFERENCES.has(attribute) ? undefined : "!";
  if ("open" in ours) return isOpenByRight(theirs.value, ours.open) ? undefined : "?";
  return isDeepStrictEqual(theirs.value, ours.value) ? undefined : "!";
}

/** What nothing says, and what a data source told Terraform: files do not have it. */
function isOpenByRight(theirs: Plain, why: string): boolean {
  return (theirs === null && why === "known after apply") || /\bdata\.vsphere_/.test(why);
}

/** Only keys of passthrough matter to a judgement: others whose value is not known are left out. */
function markOfConfig(theirs: Fact, ours: Fact, attribute: string): Disagreement["mark"] | undefined {
  if ("open" in theirs || "open" in ours) return markOf(theirs, ours, attribute);
  const [planned, read] = [theirs.value, ours.value].map((value) => new Map(Object.entries(value as Record<string, string>)));
  if ([...read!].some(([key, value]) => planned!.get(key) !== value)) return "!";
  const missing = [...planned!.keys()].filter((key) => !read!.has(key));
  if (missing.length === 0) return undefined;
  return missing.some((key) => /^pciPassthru/i.test(key)) ? "!" : "?";
}

/** Names are told as far as files tell them. */
function markOfNames(theirs: Fact, ours: Fact, attribute: string): Disagreement["mark"] | undefined {
  if ("open" in theirs || "open" in ours) return markOf(theirs, ours, attribute);
  const [planned, read] = [theirs.value, ours.value].map((value) => new Set(value as readonly string[]));
  if ([...read!].some((name) => !planned!.has(name))) return "!";
  return planned!.size === read!.size ? undefined : "?";
}

function shown(fact: Fact): string {
  return "open" in fact ? `unknown: ${fact.open}` : JSON.stringify(fact.value);
}
