import { Cluster, Inventory, Template } from "./inventory";
import { known, Maybe, unknown } from "./maybe";
import { PlanVm, RequestCarriers } from "./plan";
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
}

/**
 * A VM's device requests (contract, section 3): the first carrier that applies, and the static devices beside them, which no VM
 * can have together with dynamic ones. `cluster` is the VM's; its templates come before those of the other clusters.
 */
export function resolveRequests(vm: PlanVm, cluster: Cluster | undefined, inventory: Inventory): ResolvedRequests {
  const { static: addresses = known([]), gpuIntent, vgpu } = vm.carriers;
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

function otherwise(carrier: Carrier, fallback: Carrier): Carrier {
  return carrier === "none" ? fallback : carrier;
}

interface ResolvedDynamic extends ResolvedRequests {
  readonly requests: Maybe<readonly DynamicRequest[]>;
}

function resolveDynamic(carriers: RequestCarriers, cluster: Cluster | undefined, inventory: Inventory): ResolvedDynamic {
  if (carriers.template !== undefined) return { requests: carriers.template, carrier: "template" };
  const found = findTemplate(carriers, cluster, inventory);
  if (!found.known) return { requests: found, carrier: "none" };
  const { template, undeclared } = found.value;
  if (template !== undefined) return { requests: known(template.requests), carrier: "inventory-template", template };
  const rest = undeclared === undefined ? {} : { undeclaredTemplate: undeclared };
  const { extraConfig } = carriers;
  if (extraConfig === undefined || (extraConfig.known && extraConfig.value.length === 0)) {
    return { requests: known([]), carrier: "none", ...rest };
  }
  return { requests: extraConfig, carrier: "extra-config", ...rest };
}

/** Neither field where the VM is not cloned from a template that the inventory could declare. */
interface FoundTemplate {
  readonly template?: Template;
  readonly undeclared?: string;
}

function findTemplate(carriers: RequestCarriers, cluster: Cluster | undefined, inventory: Inventory): Maybe<FoundTemplate> {
  const { templateName, templateUuid } = carriers;
  if (templateName === undefined && templateUuid === undefined) return known({});
  const elsewhere = inventory.clusters.filter((other) => other !== cluster).flatMap(({ templates }) => templates);
  const templates = [...(cluster?.templates ?? []), ...elsewhere];
  const [first, ...others] = templates.filter((template) => isNamed(template, templateName) || hasUuid(template, templateUuid));
  if (first !== undefined) {
    const certain = cluster?.templates.includes(first) === true || others.every((other) => sameRequests(other, first));
    return certain ? known({ template: first }) : unknown(`the template "${first.name}" is declared differently in several clusters`);
  }
  if (templateName?.known) return known({ undeclared: templateName.value });
  // A template without devices and an undeclared one come to the same: only those that carry devices leave a doubt.
  const carrying = templates.filter(({ requests }) => requests.length > 0);
  if (templateUuid?.known) {
    const doubtful = carrying.find(({ uuid }) => uuid === undefined);
    return doubtful === undefined
      ? known({ undeclared: templateUuid.value })
      : unknown(`the template has the uuid ${templateUuid.value}, and the inventory's template "${doubtful.name}" declares no uuid`);
  }
  const why = templateName?.why ?? templateUuid?.why ?? "";
  return carrying.length === 0 ? known({}) : unknown(`the template is not known: ${why}`);
}

/** vSphere data sources take a name or a path from the datacenter, whose last part is the name. */
function isNamed(template: Template, name: Maybe<string> | undefined): boolean {
  return name?.known === true && (name.value === template.name || name.value.endsWith(`/${template.name}`));
}

function hasUuid({ uuid }: Template, wanted: Maybe<string> | undefined): boolean {
  return uuid !== undefined && wanted?.known === true && wanted.value.toLowerCase() === uuid.toLowerCase();
}

function sameRequests(a: Template, b: Template): boolean {
  return JSON.stringify(a.requests) === JSON.stringify(b.requests);
}

function intentWithoutCarrier({ undeclaredTemplate }: ResolvedRequests): string {
  return undeclaredTemplate === undefined
    ? "it is set up for GPUs, but nothing says which devices it asks for"
    : `it is set up for GPUs, but nothing declares which devices the template "${undeclaredTemplate}" carries`;
}
