import { addressesOf } from "./found-devices";
import { Cluster, ExistingVm, Inventory, sharedIn, Template } from "./inventory";
import { known, Maybe, unknown } from "./maybe";
import { once } from "./once";
import { pathEnds } from "./path-ends";
import { PciAddress } from "./pci";
import { PlanVm, RequestCarriers } from "./plan";
import { quoted } from "./quoted";
import { agreement } from "./site";
import { DeviceRequest, DynamicRequest } from "./request";

/** Where a VM's requests are written. `none`: nowhere, so it has none, or they are not known. */
export type Carrier = "template" | "inventory-template" | "extra-config" | "static" | "none";

export interface ResolvedRequests {
  readonly requests: Maybe<readonly DeviceRequest[]>;
  /** The dynamic requests' carrier; `static` only where there is no other. */
  readonly carrier: Carrier;
  /** The inventory's template that the VM is cloned from. */
  readonly template?: Template;
  /** Name or uuid of a template that neither a stack nor the inventory declares. */
  readonly undeclaredTemplate?: string;
  /** The inventory's template with devices of which the stack makes a `passthru_template`, which the provider refuses. */
  readonly refusedSource?: Template;
}

/**
 * A VM's device requests (contract, section 3): the first carrier that applies, and the static devices beside them, which no VM
 * can have together with dynamic ones. `cluster` is the VM's; its templates come before those of the other clusters.
 */
export function resolveRequests(vm: PlanVm, cluster: Cluster | undefined, inventory: Inventory): ResolvedRequests {
  const { gpuIntent, vgpu } = vm.carriers;
  const addresses = staticAddresses(vm.carriers, cluster);
  if (vgpu !== undefined) {
    return { requests: unknown(`it asks for a vGPU in extra_config (${vgpu}), and vGPU is not judged`), carrier: "extra-config" };
  }
  const dynamic = resolveDynamic(vm.carriers, cluster, inventory);
  if (!dynamic.requests.known) return dynamic;
  if (!addresses.known) return { ...dynamic, carrier: otherwise(dynamic.carrier, "static"), requests: addresses };
  if (addresses.value.length === 0) {
    return gpuIntent && dynamic.carrier === "none" ? { ...dynamic, requests: unknown(intentWithoutCarrier(dynamic)) } : dynamic;
  }
  const statics = addresses.value.map((address) => ({ kind: "static", address }) as const);
  return { ...dynamic, carrier: otherwise(dynamic.carrier, "static"), requests: known([...dynamic.requests.value, ...statics]) };
}

function staticAddresses(
  { static: written = known([]), found = [] }: RequestCarriers,
  cluster: Cluster | undefined,
): Maybe<readonly PciAddress[]> {
  if (!written.known || found.length === 0) return written;
  const addresses = addressesOf(found, cluster);
  return addresses.known ? known([...new Set([...written.value, ...addresses.value])]) : addresses;
}

function otherwise(carrier: Carrier, fallback: Carrier): Carrier {
  return carrier === "none" ? fallback : carrier;
}

interface ResolvedDynamic extends ResolvedRequests {
  readonly requests: Maybe<readonly DynamicRequest[]>;
}

function resolveDynamic(carriers: RequestCarriers, cluster: Cluster | undefined, inventory: Inventory): ResolvedDynamic {
  const found = findTemplate(carriers, cluster, inventory);
  if (carriers.template !== undefined) {
    const source = found.known ? found.value.template : undefined;
    const refused = source !== undefined && carriesDevices(source) ? { refusedSource: source } : {};
    return { requests: carriers.template, carrier: "template", ...refused };
  }
  if (!found.known) return { requests: found, carrier: "none" };
  const { template, undeclared } = found.value;
  if (template !== undefined) return { requests: requestsOf(template), carrier: "inventory-template", template };
  const rest = undeclared === undefined ? {} : { undeclaredTemplate: undeclared };
  const { extraConfig } = carriers;
  if (extraConfig === undefined || (extraConfig.known && extraConfig.value.length === 0)) {
    return { requests: known([]), carrier: "none", ...rest };
  }
  return { requests: extraConfig, carrier: "extra-config", ...rest };
}

function requestsOf(template: Template): Maybe<readonly DynamicRequest[]> {
  const shared = sharedIn(template);
  return shared === undefined
    ? known(template.requests)
    : unknown(`its template "${template.name}" carries ${shared}, which is not judged`);
}

/** Neither field where the VM is not cloned from a template that the inventory could declare. */
interface FoundTemplate {
  readonly template?: Template;
  readonly undeclared?: string;
}

function findTemplate(carriers: RequestCarriers, cluster: Cluster | undefined, inventory: Inventory): Maybe<FoundTemplate> {
  const { templateName, templateUuid, templateSite = {}, ovf } = carriers;
  if (templateName === undefined && templateUuid === undefined && ovf === undefined) return known({});
  const table = templateTable(inventory);
  // An appliance hardly ever carries devices, and where its file comes from is seldom in the stack: it is as if undeclared.
  if (ovf?.known === false && templateName === undefined && templateUuid === undefined) return known({ undeclared: "ovf_deploy" });
  const name = templateName ?? (templateUuid === undefined ? ovf : undefined);
  const found = [...named(name, table), ...withUuid(templateUuid, table)];
  // A template may be of another datacenter than the cluster that it is declared with.
  const there = found.length < 2 ? [] : found.filter((declared) => agreement(templateSite, declared.cluster, []).agrees);
  const [first, ...others] = (there.length > 0 ? there : found).sort((a, b) => rank(a, cluster) - rank(b, cluster));
  if (first !== undefined) {
    const { template } = first;
    const certain = first.cluster === cluster || others.every((other) => sameRequests(other.template, template));
    return certain ? known({ template }) : unknown(`the template "${template.name}" is declared differently in several clusters`);
  }
  const copied = [...(name?.known ? [name.value, ...pathEnds(name.value)] : []), ...(templateUuid?.known ? [templateUuid.value] : [])];
  const source = copied.find((each) => vmsWithDevices(inventory).has(each) || vmsWithDevices(inventory).has(each.toLowerCase()));
  if (source !== undefined) {
    return unknown(`it is cloned from the VM ${quoted(source)}, which has devices, and nothing declares which of them a copy asks for`);
  }
  if (name?.known) return known({ undeclared: name.value });
  // A template without devices and an undeclared one come to the same: only those that carry devices leave a doubt.
  if (templateUuid?.known) {
    const doubtful = cluster?.templates.find(isDoubtful) ?? table.doubtful;
    return doubtful === undefined
      ? known({ undeclared: templateUuid.value })
      : unknown(`the template has the uuid ${templateUuid.value}, and the inventory's template "${doubtful.name}" declares no uuid`);
  }
  const why = name?.why ?? templateUuid?.why ?? "";
  return table.someCarry ? unknown(`the template is not known: ${why}`) : known({});
}

/** The inventory's VMs that have devices, by name and uuid: a copy of one asks for some, too. */
const vmsWithDevices = once(({ clusters }: Inventory): ReadonlySet<string> => {
  const asks = (vm: ExistingVm): boolean => (vm.requests?.length ?? 0) > 0 || sharedIn(vm) !== undefined;
  const vms = clusters.flatMap(({ vms: running, poweredOff = [] }) => [
    ...running.filter((vm) => vm.devices.length > 0 || asks(vm)),
    ...poweredOff.filter(asks),
  ]);
  return new Set(vms.flatMap(({ name, uuid }) => [name, ...(uuid === undefined ? [] : [uuid.toLowerCase()])]));
});

interface TemplateTable {
  readonly byName: ReadonlyMap<string, readonly Declared[]>;
  readonly byUuid: ReadonlyMap<string, readonly Declared[]>;
  readonly someCarry: boolean;
  readonly doubtful: Template | undefined;
}

interface Declared {
  readonly template: Template;
  readonly cluster: Cluster;
  /** Where it stands among all of the inventory. */
  readonly at: number;
}

const templateTable = once(({ clusters }: Inventory): TemplateTable => {
  const all = clusters
    .flatMap((cluster) => cluster.templates.map((template) => ({ template, cluster })))
    .map((each, at) => ({ ...each, at }));
  const byName = new Map<string, Declared[]>();
  const byUuid = new Map<string, Declared[]>();
  const add = (table: Map<string, Declared[]>, key: string, declared: Declared): void => {
    const same = table.get(key);
    if (same) same.push(declared);
    else table.set(key, [declared]);
  };
  for (const declared of all) {
    add(byName, declared.template.name, declared);
    if (declared.template.uuid !== undefined) add(byUuid, declared.template.uuid.toLowerCase(), declared);
  }
  const someCarry = all.some(({ template }) => carriesDevices(template));
  return { byName, byUuid, someCarry, doubtful: all.find(({ template }) => isDoubtful(template))?.template };
});

/** It carries devices, and may be the template of any uuid. */
function isDoubtful(template: Template): boolean {
  return carriesDevices(template) && template.uuid === undefined;
}

function carriesDevices(template: Template): boolean {
  return template.requests.length > 0 || sharedIn(template) !== undefined;
}

/** The VM's own cluster comes first. */
function rank({ cluster, at }: Declared, own: Cluster | undefined): number {
  return cluster === own ? at - Number.MAX_SAFE_INTEGER : at;
}

/**
 * vSphere data sources take a name or a path from the datacenter, whose last part is the name. An OVF or OVA is declared by its file
 * name, with the extension or without.
 */
function named(name: Maybe<string> | undefined, { byName }: TemplateTable): readonly Declared[] {
  if (!name?.known) return [];
  const names = [name.value, ...pathEnds(name.value), ...(OVF.test(name.value) ? [name.value.replace(OVF, "")] : [])];
  return names.flatMap((end) => byName.get(end) ?? []);
}

const OVF = /\.ov[fa]$/i;

function withUuid(wanted: Maybe<string> | undefined, { byUuid }: TemplateTable): readonly Declared[] {
  return (wanted?.known ? byUuid.get(wanted.value.toLowerCase()) : undefined) ?? [];
}

function sameRequests(a: Template, b: Template): boolean {
  const carried = ({ requests, vgpus, deviceGroups }: Template) => JSON.stringify([requests, vgpus, deviceGroups]);
  return carried(a) === carried(b);
}

function intentWithoutCarrier({ undeclaredTemplate }: ResolvedRequests): string {
  return undeclaredTemplate === undefined
    ? "it is set up for GPUs, but nothing says which devices it asks for"
    : `it is set up for GPUs, but nothing declares which devices the template "${undeclaredTemplate}" carries`;
}
